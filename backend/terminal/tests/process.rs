//! The terminal as its own process with simulated meters and two centres: one is down, one refuses an entry; the process
//! is killed and the clock set back, and nothing is lost or sent twice as another value.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

type Kept = Arc<Mutex<BTreeMap<String, f64>>>;

/// A centre of the national protocol that refuses the first entry it ever sees.
fn centre(listener: TcpListener) -> Kept {
    let mut refused = None;
    centre_that(listener, move |body, kept| take(body, kept, &mut refused))
}

/// A centre that does so with the messages of data.
fn centre_that(
    listener: TcpListener,
    mut data: impl FnMut(&Value, &Kept) -> Value + Send + 'static,
) -> Kept {
    let kept = Kept::default();
    let shared = Arc::clone(&kept);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (path, body) = request(&stream);
            let answer = match path.as_str() {
                "/register" => {
                    json!({"responseCode": "0", "responseMessage": "RECEIVE SUCCESS", "deviceId": "d".repeat(32), "uploadTime": "00:00:00"})
                }
                "/uploadEnergyData" => data(&body, &shared),
                _ => {
                    json!({"responseCode": "0", "responseMessage": "RECEIVE SUCCESS", "regVersion": "1", "dicVersion": "1"})
                }
            };
            answered(stream, &answer.to_string());
        }
    });
    kept
}

fn take(body: &Value, kept: &Kept, refused: &mut Option<String>) -> Value {
    let mut errors = Vec::new();
    for (index, it) in body["data"].as_array().expect("data").iter().enumerate() {
        let key = format!("{} {} {}", it["dataCode"], it["statType"], it["statDate"]);
        if refused.get_or_insert_with(|| key.clone()) == &key {
            errors.push(json!({"index": index, "field": "dataValue", "code": "too_large", "reason": "above the maximum"}));
        } else {
            kept.lock().expect("kept").insert(key, it["dataValue"].as_f64().expect("a number"));
        }
    }
    let code = if errors.is_empty() { "0" } else { "1" };
    json!({"responseCode": code, "responseMessage": "RECEIVE", "errors": errors})
}

fn request(stream: &TcpStream) -> (String, Value) {
    let mut reader = BufReader::new(stream);
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first).expect("a request");
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a header");
        if let Some(it) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = it.trim().parse().expect("a length");
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    (path, serde_json::from_slice(&body).unwrap_or_default())
}

fn answered(mut stream: TcpStream, body: &str) {
    let text = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(text.as_bytes()).expect("answered");
}

struct Terminal {
    child: Child,
    address: String,
    cookie: String,
}

impl Terminal {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_nengce-terminal"))
            .args(["run", "--config"])
            .arg(folder.join("terminal.toml"))
            .env("NENGCE_CLOCK_OFFSET_FILE", folder.join("offset"))
            .stdout(Stdio::piped())
            .spawn()
            .expect("the terminal");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("output"))
            .read_line(&mut line)
            .expect("its address");
        let address = line.trim().strip_prefix("http://").expect("an address").to_owned();
        Self { child, address, cookie: String::new() }
    }

    fn ask(&mut self, method: &str, path: &str, host: &str, body: &str) -> (u16, Value) {
        let mut stream = TcpStream::connect(&self.address).expect("the page");
        let text = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncookie: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.cookie,
            body.len()
        );
        stream.write_all(text.as_bytes()).expect("asked");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("head and body");
        if let Some(it) = head.lines().find_map(|it| it.strip_prefix("set-cookie: ")) {
            self.cookie = it.split(';').next().unwrap_or_default().to_owned();
        }
        let status = head[9..12].parse().expect("a status");
        (status, serde_json::from_str(body).unwrap_or_default())
    }

    fn get(&mut self, path: &str) -> (u16, Value) {
        self.ask("GET", path, "localhost", "")
    }

    fn post(&mut self, path: &str, body: &Value) -> (u16, Value) {
        self.ask("POST", path, "localhost", &body.to_string())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // SIGKILL: what is not on disk is gone.
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }
}

fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn prepare(folder: &Path, up: u16, down: u16) {
    let retries = "retry_first_seconds = 1\nretry_most_seconds = 1\njitter_seconds = 0\nupload_time = \"00:00:00\"";
    let centre = |name: &str, port: u16| {
        format!("[[centre]]\nname = \"{name}\"\nurl = \"http://127.0.0.1:{port}\"\n{retries}\n")
    };
    let text = format!(
        "[plant]\nname = \"Works\"\nenterprise_code = \"911201120000000191\"\nregion = \"120116\"\n[page]\nlisten = \"127.0.0.1:0\"\n{}{}",
        centre("up", up),
        centre("down", down)
    );
    std::fs::write(folder.join("terminal.toml"), text).expect("written");
}

const TABLE: &str = "id,name,source,address,kind,unit,factor,dataCode,scope\nS,Steam,,,manual,GJ,1,00-00-0000-023200-11,1\n";

/// The plant's wall clock without an offset.
fn wall() -> jiff::Zoned {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8)))
}

/// Seconds until noon: a clock that goes by them stays within its day when it is set back for some hours.
fn to_noon() -> i64 {
    let now = wall();
    43_200 - now.time().duration_since(jiff::civil::Time::midnight()).as_secs()
}

fn day(ago: i64) -> String {
    let today = wall().date();
    today.checked_sub(jiff::Span::new().days(ago)).expect("a day").to_string()
}

#[test]
fn two_centres_a_kill_and_a_clock_that_steps_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let up = listener.local_addr().expect("a port").port();
    let kept = centre(listener);
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port");
    let down = closed.local_addr().expect("a port").port();
    drop(closed);
    prepare(folder.path(), up, down);
    let (offset, noon) = (folder.path().join("offset"), to_noon());
    std::fs::write(&offset, noon.to_string()).expect("it is noon");
    let mut terminal = Terminal::start(folder.path());
    assert_eq!(terminal.get("/api/state").0, 401, "nobody without a password");
    assert_eq!(terminal.ask("GET", "/", "elsewhere.example", "").0, 421, "not by another name");
    let password = json!({"password": "long enough"});
    assert_eq!(terminal.post("/api/password", &password).0, 200);
    let table = terminal.ask("POST", "/api/table", "localhost", TABLE);
    assert_eq!(table.0, 200, "{}", table.1);
    for ago in 1..=4 {
        let entry = json!({"point": "S", "date": day(ago), "value": 100.5 + ago as f64, "reason": "meter out of order"});
        let (status, answer) = terminal.post("/api/manual", &entry);
        assert_eq!(status, 200, "{answer}");
        assert_eq!(terminal.post("/api/manual", &entry).0, 409, "only what is missing");
    }
    let days =
        |kept: &Kept| kept.lock().expect("kept").keys().filter(|it| it.contains(" 1 ")).count();
    until("three days are accepted", || days(&kept) == 3);
    until("the refused entry is shown", || {
        let state = terminal.get("/api/state").1;
        let it = &state["rejected"]["up"][0];
        it["code"] == "too_large" && it["reason"] == "above the maximum"
    });
    let waiting = |terminal: &mut Terminal| {
        let state = terminal.get("/api/state").1;
        let of = |at: usize| state["centres"][at]["waiting"].as_u64().expect("a count");
        (of(0), of(1))
    };
    until("the centre that is up has all", || waiting(&mut terminal).0 == 0);
    assert!(waiting(&mut terminal).1 >= 4, "the other is still owed all");
    drop(terminal);
    std::fs::write(&offset, (noon - 7_200).to_string()).expect("the clock steps back");
    let mut terminal = Terminal::start(folder.path());
    assert_eq!(terminal.post("/api/session", &json!({"password": "wrong word"})).0, 401);
    assert_eq!(terminal.post("/api/session", &password).0, 200);
    assert!(waiting(&mut terminal).1 >= 4, "nothing was lost");
    let late = centre(TcpListener::bind(("127.0.0.1", down)).expect("the same port"));
    until("the centre that was down is made up", || waiting(&mut terminal).1 == 0);
    assert_eq!(days(&late), 3, "all but the one it refused");
}

#[test]
fn a_value_for_which_a_centre_refuses_the_whole_message_does_not_hold_up_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("a port").port();
    let is_wrong = |it: &Value| it["dataValue"].as_f64().is_some_and(|it| it > 900.0);
    // It names no entry, and first refuses everything for a while.
    let mut everything = 3;
    let kept = centre_that(listener, move |body, kept| {
        let whole = json!({"responseCode": "1", "responseMessage": "the message is wrong"});
        everything -= i32::from(everything > 0);
        if everything > 0 || body["data"].as_array().expect("data").iter().any(is_wrong) {
            return whole;
        }
        take(body, kept, &mut Some(String::new()))
    });
    prepare(folder.path(), port, 1);
    let mut terminal = Terminal::start(folder.path());
    assert_eq!(terminal.post("/api/password", &json!({"password": "long enough"})).0, 200);
    assert_eq!(terminal.ask("POST", "/api/table", "localhost", TABLE).0, 200);
    for ago in 1..=20 {
        let value = if ago == 7 { 999.0 } else { ago as f64 };
        let entry =
            json!({"point": "S", "date": day(ago), "value": value, "reason": "out of order"});
        assert_eq!(terminal.post("/api/manual", &entry).0, 200);
    }
    let days = || kept.lock().expect("kept").keys().filter(|it| it.contains(" 1 ")).count();
    until("all others are accepted", || days() == 19);
    until("the value that is refused alone is shown", || {
        let state = terminal.get("/api/state").1;
        let all = state["rejected"]["up"].as_array().expect("a list").clone();
        let day = all.iter().find(|it| it["value"] == 999.0 && it["period"]["stat"] == 1);
        state["centres"][0]["waiting"] == 0
            && day.is_some_and(|it| it["reason"] == "the message is wrong" && it["state"] == "open")
    });
}
