//! The client against a small centre on this machine that fails in every way a network and a server can.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use nengce_client::{Application, Centre, CentreSettings, ClientError, Registration};
use nengce_messages::profile::{self, Profile};
use nengce_messages::write::Value;
use nengce_shared::data_code::DataCode;
use nengce_shared::lang::Lang;
use nengce_shared::stat_type::StatType;
use serde_json::json;

const REGISTERED: &str = r#"{"responseCode":"0","responseMessage":"RECEIVE SUCCESS","deviceId":"df839a6c",
    "uploadTime":"01:45:00","secretKey":"0123456789abcdeffedcba9876543210"}"#;
const TAKEN: &str = r#"{"responseCode":"0","responseMessage":"RECEIVE SUCCESS"}"#;

/// What the centre does with one connection.
#[derive(Clone)]
enum Does {
    Answers(u16, &'static str),
    BreaksOff,
    AnswersHalf,
    Sleeps,
    SaysMuch,
}

/// A centre that does one thing after another; the heads and bodies that it was sent are kept.
struct Small {
    url: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Small {
    fn new(script: Vec<Does>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let heard = Arc::new(Mutex::new(Vec::new()));
        let keeps = heard.clone();
        thread::spawn(move || {
            for (does, stream) in script.into_iter().zip(listener.incoming()) {
                let mut stream = stream.expect("a connection");
                let text = request(&mut stream);
                keeps.lock().expect("the list").push(text);
                act(&does, &mut stream);
            }
        });
        Self { url, heard }
    }

    fn centre(&self, profile: &str) -> Centre {
        centre(&self.url, profile::by_name(profile).expect("a profile"))
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("the list").clone()
    }
}

/// Reads a request with its body.
fn request(stream: &mut TcpStream) -> String {
    let (mut text, mut buffer) = (String::new(), [0; 4096]);
    loop {
        let read = stream.read(&mut buffer).expect("a request");
        text.push_str(&String::from_utf8_lossy(&buffer[..read]));
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|it| {
            let (name, value) = it.split_once(": ")?;
            name.eq_ignore_ascii_case("content-length").then(|| value.parse::<usize>().ok())?
        });
        if body.len() >= length.unwrap_or_default() || read == 0 {
            return text;
        }
    }
}

fn act(does: &Does, stream: &mut TcpStream) {
    let written = match does {
        Does::Answers(status, body) => {
            let length = body.len();
            write!(
                stream,
                "HTTP/1.1 {status} X\r\nRetry-After: 9\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
            )
        }
        Does::BreaksOff => stream.shutdown(Shutdown::Both),
        Does::AnswersHalf => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{{\"resp")
        }
        Does::Sleeps => {
            thread::sleep(Duration::from_secs(5));
            Ok(())
        }
        Does::SaysMuch => {
            let much = "x".repeat(100_000);
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{much}")
        }
    };
    // The client may have gone away by then.
    drop(written);
}

fn centre(url: &str, profile: &'static Profile) -> Centre {
    Centre::new(CentreSettings {
        name: "city".to_owned(),
        url: url.to_owned(),
        profile,
        enterprise_code: "911201120000000191".to_owned(),
        region: "120116".to_owned(),
        authorities: None,
        certificate: None,
        registration_code: Some("4711".to_owned()),
        application: Some(Application {
            password: "secret".to_owned(),
            enterprise: json!({"code": "911201120000000191", "name": "Works", "industryCode": "C3011"}),
        }),
        platform_token: None,
        timeout: Duration::from_secs(1),
        max_answer_bytes: 10_000,
    })
    .expect("a client")
}

fn values(count: i64) -> Vec<Value> {
    let one = |day: i64| Value {
        data_code: DataCode::parse_strict("00-00-0000-023300-11").expect("a code"),
        stat_type: StatType::Day,
        at: (20_000 + day) * 86_400,
        value: 41.5,
        valid: true,
        input_type: Some(4),
    };
    (0..count).map(one).collect()
}

async fn registered(small: &Small, profile: &str) -> (Centre, Registration) {
    let centre = small.centre(profile);
    let mut given = centre.register(None).await.expect("a registration");
    while !centre.has_finished(&given) {
        given = centre.register(Some(&given)).await.expect("the next step");
    }
    (centre, given)
}

/// Registers, sends one value, and gives the code of the failure.
async fn failure(does: Does) -> &'static str {
    let small = Small::new(vec![Does::Answers(200, REGISTERED), does]);
    let (centre, given) = registered(&small, "national").await;
    let error = centre.upload_values(&given, 0, &values(1)).await.expect_err("no success answer");
    assert!(error.text(Lang::Zh) != error.text(Lang::En), "{error}");
    error.code()
}

#[tokio::test]
async fn each_failure_has_its_code() {
    assert_eq!(failure(Does::BreaksOff).await, "centre_unreachable");
    assert_eq!(failure(Does::Sleeps).await, "centre_slow");
    assert_eq!(failure(Does::AnswersHalf).await, "centre_answer_incomplete");
    assert_eq!(failure(Does::SaysMuch).await, "centre_answer_incomplete");
    assert_eq!(failure(Does::Answers(503, "")).await, "centre_busy");
    assert_eq!(failure(Does::Answers(429, TAKEN)).await, "centre_busy");
    assert_eq!(failure(Does::Answers(200, "<html></html>")).await, "centre_not_understood");
    let unknown =
        r#"{"responseCode":"1","errors":[{"field":"deviceId","code":"entry_device_unknown"}]}"#;
    assert_eq!(failure(Does::Answers(200, unknown)).await, "centre_registers_again");
    assert_eq!(failure(Does::Answers(200, r#"{"responseCode":"1"}"#)).await, "centre_refused");
}

#[tokio::test]
async fn a_centre_that_is_not_there_or_not_protected_is_told() {
    let national = profile::by_name("national").expect("a profile");
    let closed = centre("http://127.0.0.1:9", national).register(None).await;
    assert_eq!(closed.expect_err("closed").code(), "centre_unreachable");
    let open = centre("http://192.0.2.1", national).register(None).await;
    assert_eq!(open.expect_err("not protected").code(), "centre_address");
}

#[tokio::test]
async fn a_registration_proves_itself_and_keeps_what_the_centre_gave() {
    let small = Small::new(vec![Does::Answers(200, REGISTERED); 2]);
    let (centre, given) = registered(&small, "national").await;
    assert_eq!(
        (given.device_id.as_str(), given.upload_time.as_deref()),
        ("df839a6c", Some("01:45:00"))
    );
    centre.register(Some(&given)).await.expect("again");
    let heard = small.heard();
    assert!(heard[0].contains("\"registrationCode\":\"4711\""), "{}", heard[0]);
    assert!(heard[1].contains("\"deviceId\":\"df839a6c\""), "{}", heard[1]);
}

#[tokio::test]
async fn refused_entries_come_back_with_their_place() {
    let refused = r#"{"responseCode":"1","responseMessage":"m","errors":[
        {"index":1,"field":"statDate","code":"entry_stat_date_future","reason":"r"}]}"#;
    let small = Small::new(vec![Does::Answers(200, REGISTERED), Does::Answers(200, refused)]);
    let (centre, given) = registered(&small, "anhui").await;
    let answer = centre.upload_values(&given, 0, &values(3)).await.expect("taken");
    assert_eq!((answer.rejected.len(), answer.rejected[0].index), (1, 1));
}

#[tokio::test]
async fn shandong_is_sent_nothing_in_the_clear() {
    let small = Small::new(vec![Does::Answers(200, REGISTERED), Does::Answers(200, TAKEN)]);
    let (centre, given) = registered(&small, "shandong").await;
    centre.upload_values(&given, 0, &values(1)).await.expect("taken");
    assert!(!small.heard()[1].contains("41.5"), "{}", small.heard()[1]);
}

#[tokio::test]
async fn yunnan_applies_asks_for_a_key_and_sends_one_record_a_call() {
    let small = Small::new(vec![
        Does::Answers(
            200,
            r#"{"responseCode":200,"data":{"secretKey":"0123456789abcdef0123456789abcdef"}}"#,
        ),
        Does::Answers(200, r#"{"responseCode":200,"data":{"dataIndex":"i7"}}"#),
        Does::Answers(
            200,
            r#"{"responseCode":200,"data":{"token":"t9","enterpriseUploadTime":"02:00:00"}}"#,
        ),
        Does::Answers(200, r#"{"responseCode":200}"#),
        Does::Answers(200, r#"{"responseCode":400,"responseMessage":"no"}"#),
        Does::Answers(200, r#"{"responseCode":401,"responseMessage":"ended"}"#),
        Does::Answers(200, r#"{"responseCode":200,"data":{"token":"t10"}}"#),
        Does::Answers(200, r#"{"responseCode":403,"responseMessage":"no such key"}"#),
        Does::Answers(
            200,
            r#"{"responseCode":200,"data":{"secretKey":"fedcba9876543210fedcba9876543210"}}"#,
        ),
        Does::Answers(200, r#"{"responseCode":403,"responseMessage":"no such key"}"#),
        Does::Answers(200, r#"{"responseCode":403,"responseMessage":"in place"}"#),
    ]);
    let (centre, given) = registered(&small, "yunnan").await;
    let answer = centre.upload_values(&given, 0, &values(2)).await.expect("taken");
    assert_eq!((answer.rejected.len(), answer.rejected[0].index), (1, 1));
    assert!(small.heard()[3].contains("Bearer t9"), "{}", small.heard()[3]);
    let ended = centre.upload_values(&given, 0, &values(1)).await.expect_err("the key ended");
    assert!(matches!(ended, ClientError::RegisterAgain(_)), "{ended}");
    let application = &small.heard()[1];
    assert!(application.contains("\"cmpName\":\"Works\""), "{application}");
    assert!(!application.contains("\"secret\""), "{application}");
    // A key that ended is asked for anew; nobody applies twice.
    let again = centre.register(Some(&given)).await.expect("a new key");
    assert_eq!((again.access_key.as_deref(), again.device_id.as_str()), (Some("t10"), "i7"));
    assert!(small.heard()[6].starts_with("POST /requestAK"), "{}", small.heard()[6]);
    // A working key that the centre no longer takes is asked for anew, by what proves the unit.
    let other = centre.register(Some(&again)).await.expect("a new working key");
    assert!(!centre.has_finished(&other) && other.secret_key != given.secret_key);
    assert!(small.heard()[8].contains("\"dataIndex\":\"i7\""), "{}", small.heard()[8]);
    let refused = centre.register(Some(&again)).await.expect_err("nothing else is given");
    assert_eq!(refused.code(), "centre_refused");
}
