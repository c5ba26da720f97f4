//! Yunnan: working key, application, access key, one record per call.

use nengce_messages::profile::yunnan::encrypt_password;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::ELECTRICITY;
use serde_json::{Value, json};

use super::conversation::Conversation;
use super::shandong::{app, post, readings};

fn replayed(app: &TestApp, enterprise: &Enterprise) -> Conversation {
    let mut it = Conversation::new(&app.url(), &enterprise.code);
    it.replay(
        "yunnan",
        |path, bearer, body| post(app, path, bearer, body),
        |device| drop(app.approve(device).ok()),
    );
    it
}

fn record(enterprise: &str, day: &str, value: &str) -> Value {
    json!({
        "enterpriseCode": enterprise, "regVersion": "1", "dicVersion": "1", "dataCode": ELECTRICITY, "convertRation": "1",
        "valid": "1", "scope": "1", "inputType": "1", "statType": "1", "uploadDate": "2025-03-02 01:00:00",
        "dataValue": value, "statDate": format!("{day} 00:00:00"),
    })
}

#[test]
fn the_recorded_conversation_is_answered_and_stored() {
    let app = app();
    let enterprise = Enterprise::new("云南");
    replayed(&app, &enterprise);
    let rows = readings(&app, &enterprise.code, ELECTRICITY);
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!((&rows[0]["value"], &rows[0]["valid"]), (&json!(123.45), &json!(true)));
    let unit = app.get(&format!("/api/v1/units/{}", enterprise.code)).ok().to_string();
    assert!(unit.contains("示例水泥（云南）"), "{unit}");
    assert!(!unit.contains("password"), "{unit}");
}

#[test]
fn an_access_key_speaks_for_its_enterprise_alone_and_for_its_time_alone() {
    let offset = tempfile();
    let app = TestApp::with_environment(&[
        ("NENGCE_PROFILES", "national,shandong,yunnan"),
        ("NENGCE_ACCESS_KEY_MINUTES", "30"),
        ("NENGCE_CLOCK_OFFSET_FILE", offset.path().to_str().expect("a path")),
    ]);
    let (one, other) = (Enterprise::new("云南甲"), Enterprise::new("云南乙"));
    let mut talk = replayed(&app, &one);
    replayed(&app, &other);
    let send = |token: &str, enterprise: &str| {
        let body = record(enterprise, "2025-03-05", "3");
        post(&app, "/YNEnergy/dataEnterpriseEnergy", Some(token), &body).ok()["responseCode"]
            .clone()
    };
    let token = talk.known["token"].clone();
    assert_eq!(send(&token, &other.code), 401, "a token of another enterprise");
    assert_eq!(send(&token, &one.code), 200);
    std::fs::write(offset.path(), "1860").expect("the clock is moved");
    assert_eq!(send(&token, &one.code), 401, "31 minutes later");
    let body =
        talk.fill(&json!({"enterpriseCode": "{enterprise}", "password": "{password:123456}"}));
    let given = post(&app, "/YNEnergy/requestAK", None, &body).ok();
    let token = given["data"]["token"].as_str().expect("a token").to_owned();
    assert_eq!(send(&token, &one.code), 200, "with a new one");
    talk.known.insert("token".to_owned(), token);
    let again = post(&app, "/YNEnergy/requestAK", None, &body).ok();
    assert_eq!(again["responseCode"], 200);
    assert_eq!(send(&talk.known["token"], &one.code), 401, "the newest replaces the one before");
}

/// A file that says how far the server's clock is ahead.
fn tempfile() -> tempfile::NamedTempFile {
    tempfile::NamedTempFile::new().expect("a temporary file")
}

#[test]
fn an_application_cannot_be_taken_over() {
    let app = app();
    let national = Enterprise::new("已接入");
    app.terminal(&national);
    let mut talk = Conversation::new(&app.url(), &national.code);
    let named = json!({"enterpriseCode": national.code});
    let key = post(&app, "/YNEnergy/enterpriseInfo/rwk", None, &named).ok();
    assert_eq!(key["responseCode"], 403, "{key}");
    assert!(key["data"].get("secretKey").is_none(), "{key}");
    talk.known.insert("secretKey".to_owned(), "0123456789abcdef".to_owned());
    let body = talk.fill(&json!({
        "enterpriseCode": "{enterprise}", "password": "{password:1}", "regionCode": "530102", "cmpName": "x", "industryCode": "C3011",
    }));
    let answer = post(&app, "/YNEnergy/enterpriseInfo/apply", None, &body).ok();
    assert_eq!(answer["responseCode"], 403, "{answer}");

    let applied = Enterprise::new("已申请");
    let talk = replayed(&app, &applied);
    let body = talk.fill(&json!({
        "enterpriseCode": "{enterprise}", "password": "{password:other}", "regionCode": "530102", "cmpName": "x", "industryCode": "C3011",
    }));
    let answer = post(&app, "/YNEnergy/enterpriseInfo/apply", None, &body).ok();
    assert_eq!(answer["responseCode"], 403, "{answer}");
}

#[test]
fn a_new_working_key_leaves_the_old_one_its_access_keys_until_a_new_one_is_used() {
    let app = app();
    let enterprise = Enterprise::new("云南轮换");
    let call = |path: &str, body: &Value| {
        post(&app, &format!("/YNEnergy{path}"), None, body).ok()["data"].clone()
    };
    let named = json!({"enterpriseCode": enterprise.code});
    let key_of = |told: &Value| told["secretKey"].as_str().expect("a key").to_owned();
    let with_password = |key: &str, password: &str| {
        let sealed = encrypt_password(key, &enterprise.code, password).expect("a password");
        json!({
            "enterpriseCode": enterprise.code, "password": sealed, "regionCode": "530102", "cmpName": "云南轮换", "industryCode": "C3011",
        })
    };
    let token = |key: &str, password: &str| {
        call("/requestAK", &with_password(key, password))["token"].clone()
    };
    let send = |token: &Value, day: &str| {
        let body = record(&enterprise.code, day, "3");
        let token = token.as_str().expect("a token");
        post(&app, "/YNEnergy/dataEnterpriseEnergy", Some(token), &body).ok()["responseCode"]
            .clone()
    };
    let old_key = key_of(&call("/enterpriseInfo/rwk", &named));
    let index =
        call("/enterpriseInfo/apply", &with_password(&old_key, "1234"))["dataIndex"].clone();
    app.approve(index.as_str().expect("an index")).ok();
    let before = token(&old_key, "1234");
    assert_eq!(send(&before, "2025-03-05"), 200);

    let mut asks = named.clone();
    asks["secretKey"] = json!(old_key);
    asks["newSecret"] = json!(true);
    let new_key = key_of(&call("/enterpriseInfo/rwk", &asks));
    assert_ne!(new_key, old_key);
    assert_eq!(key_of(&call("/enterpriseInfo/rwk", &asks)), new_key, "its answer was lost");
    // The access key from before, and one that is asked for under the old working key.
    assert_eq!(send(&before, "2025-03-05"), 200);
    let again = token(&old_key, "1234");
    assert_eq!(send(&again, "2025-03-06"), 200);
    // Old and new may have different passwords; the application makes the new one.
    let told = call("/enterpriseInfo/apply", &with_password(&new_key, "5678"));
    assert!(told["dataIndex"].is_string() && told["dataIndex"] != index, "{told}");
    assert_eq!(send(&again, "2025-03-06"), 401, "the application was the first new message");
    assert_eq!(token(&old_key, "1234"), Value::Null);
    assert_eq!(send(&token(&new_key, "5678"), "2025-03-06"), 200);
    assert_eq!(readings(&app, &enterprise.code, ELECTRICITY).len(), 2, "each counts once");
}
