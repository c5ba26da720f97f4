//! The credit platform as a small receiver that fails in every way: closed, slow, broken off, wrong statuses, an accepted row
//! whose answer is lost. Each content arrives, its effects are counted once, and the rows of an entry come in their order.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use nengce_shared::api::credit::{CreditEntry, CreditPushList};
use nengce_shared::credit::PushState;
use nengce_tests::support::cases::{Sides, code_of, stage};
use serde_json::{Value, json};

/// What the receiver does with a request.
#[derive(Clone, Copy, PartialEq)]
enum Behaviour {
    /// Closes the connection before it reads.
    Close,
    /// Answers nothing for longer than anybody waits.
    Silent,
    /// Sends a part of an answer and closes.
    BreakOff,
    /// Sends more than is taken.
    Endless,
    /// Answers a status and keeps nothing.
    Status(u16),
    /// Keeps the row and closes without an answer.
    LoseAnswer,
    /// Keeps the row and says so.
    Take,
}

/// Rows that were kept, by key in the order of their coming; and all keys that ever came.
#[derive(Default)]
struct Kept {
    rows: Vec<(String, Value)>,
    came: Vec<String>,
    token: String,
}

fn receive(mut stream: TcpStream, behaviour: Behaviour, kept: &Mutex<Kept>) {
    if behaviour == Behaviour::Close {
        return;
    }
    stream.set_read_timeout(Some(Duration::from_secs(5))).expect("a timeout");
    let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
    let (head, body) = loop {
        let count = stream.read(&mut buffer).unwrap_or(0);
        if count == 0 {
            return;
        }
        bytes.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = |it: &str| {
            it.to_ascii_lowercase()
                .strip_prefix("content-length:")
                .map(|it| it.trim().parse::<usize>())
        };
        let wanted = head.lines().find_map(length).and_then(Result::ok).unwrap_or(0);
        if body.len() >= wanted {
            break (head.to_owned(), body.to_owned());
        }
    };
    let header = |name: &str| {
        let found = head
            .lines()
            .find_map(|it| it.split_once(':').filter(|it| it.0.eq_ignore_ascii_case(name)));
        found.map(|it| it.1.trim().to_owned()).unwrap_or_default()
    };
    let key = header("idempotency-key");
    let is_new = {
        let mut kept = kept.lock().expect("nobody panicked");
        kept.came.push(key.clone());
        kept.token = header("authorization");
        let is_new = kept.rows.iter().all(|it| it.0 != key);
        if matches!(behaviour, Behaviour::Take | Behaviour::LoseAnswer) && is_new {
            kept.rows.push((key, serde_json::from_str(&body).expect("JSON")));
        }
        is_new
    };
    match behaviour {
        Behaviour::Silent => std::thread::sleep(Duration::from_secs(4)),
        Behaviour::BreakOff => {
            drop(stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf"))
        }
        Behaviour::Endless => {
            let head = b"HTTP/1.1 500 No\r\ncontent-length: 100000000\r\n\r\n";
            drop(stream.write_all(head));
            while stream.write_all(&[b'x'; 65_536]).is_ok() {}
        }
        Behaviour::Status(status) => {
            drop(stream.write_all(
                format!("HTTP/1.1 {status} No\r\ncontent-length: 2\r\n\r\nno").as_bytes(),
            ));
        }
        // What is there already is said to be.
        Behaviour::Take => {
            let status = if is_new { "201 Created" } else { "409 Conflict" };
            drop(
                stream.write_all(
                    format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n").as_bytes(),
                ),
            );
        }
        _ => {}
    }
}

fn serve(listener: TcpListener, kept: Arc<Mutex<Kept>>, behaviour: Arc<Mutex<Behaviour>>) {
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let behaviour = *behaviour.lock().expect("nobody panicked");
            let kept = Arc::clone(&kept);
            std::thread::spawn(move || receive(stream, behaviour, &kept));
        }
    });
}

#[test]
fn every_content_reaches_a_platform_that_fails_in_every_way_and_counts_once() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/credit", listener.local_addr().expect("an address"));
    let city = stage(&[
        ("NENGCE_CREDIT_PUSH_ADDRESS", &address),
        ("NENGCE_CREDIT_PUSH_TOKEN", "token-of-the-platform"),
        ("NENGCE_CREDIT_PUSH_SECONDS", "3600"),
        ("NENGCE_CREDIT_PUSH_TIMEOUT_SECONDS", "2"),
    ]);
    let (kept, behaviour) =
        (Arc::new(Mutex::new(Kept::default())), Arc::new(Mutex::new(Behaviour::Close)));
    serve(listener, Arc::clone(&kept), Arc::clone(&behaviour));
    let sides = Sides::of(&city.app);
    let case = sides.decided(&code_of(&city, "蓟北水泥"));
    let body = json!({"case_id": case, "act": "C04", "legal_rep": "刘某", "text": "整改未落实"});
    let id = sides.inspector.post("/api/v1/credit-list", &body).read::<CreditEntry>().entry_id;
    let step = |person: &nengce_tests::support::person::Person<'_>, place: &str, step: &str| {
        let body = json!({"step": step, "text": "属实"});
        person.post(&format!("/api/v1/credit-list/{id}/{place}"), &body).ok();
    };
    step(&sides.reviewer, "review", "reviewed");
    step(&sides.head, "approve", "approved");
    step(&sides.inspector, "steps", "noticed");
    step(&sides.manager, "object", "objected");
    step(&sides.head, "approve", "objection_rejected");
    step(&sides.inspector, "steps", "listed");
    step(&sides.head, "approve", "cured");
    let again =
        || sides.inspector.post("/api/v1/credit-list/pushes", &json!({})).read::<CreditPushList>();
    let statuses = [500, 503, 429, 408].map(Behaviour::Status);
    for now in [
        Behaviour::Close,
        Behaviour::Silent,
        Behaviour::BreakOff,
        Behaviour::Endless,
        Behaviour::LoseAnswer,
    ]
    .into_iter()
    .chain(statuses)
    {
        *behaviour.lock().expect("nobody panicked") = now;
        let list = again();
        assert!(list.rows.iter().all(|it| it.state == PushState::Waiting), "{:?}", list.rows);
    }
    *behaviour.lock().expect("nobody panicked") = Behaviour::Status(422);
    assert_eq!(
        again().rows.iter().filter(|it| it.state == PushState::Refused).count(),
        1,
        "the first of the entry"
    );
    *behaviour.lock().expect("nobody panicked") = Behaviour::Take;
    let done = again();
    assert!(
        done.rows.iter().all(|it| it.state == PushState::Sent && it.sent_at.is_some()),
        "{:?}",
        done.rows
    );
    let attempts = done.rows.last().map(|it| it.attempts);
    assert_eq!(attempts, Some(11), "each behaviour once for the first row");
    let came = kept.lock().expect("nobody panicked").came.len();
    again();
    let kept = kept.lock().expect("nobody panicked");
    assert_eq!(kept.came.len(), came, "what the platform has is not sent again");
    assert_eq!(kept.token, "Bearer token-of-the-platform");
    let rows: Vec<(bool, &str)> = kept
        .rows
        .iter()
        .map(|it| {
            (
                it.1["cured_on"].as_str().is_some_and(|it| !it.is_empty()),
                it.1["act_code"].as_str().unwrap_or_default(),
            )
        })
        .collect();
    assert_eq!(rows, [(false, "C04"), (true, "C04")], "listed, then cured, each once");
}
