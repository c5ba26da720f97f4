//! Shandong: encrypted fields, the key of the registration, `valid` 0 = valid.

use nengce_messages::profile::shandong::encrypt;
use nengce_messages::profile::sm4::Key;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, NATURAL_GAS, days};
use serde_json::{Value, json};

use super::conversation::Conversation;
use crate::claims::post_from;

/// A server with all profiles; a proxy on this machine names the address of a terminal.
pub(crate) fn app() -> TestApp {
    TestApp::with_environment(&[
        ("NENGCE_PROFILES", "national,shandong,yunnan"),
        ("NENGCE_TRUSTED_PROXIES", "127.0.0.1"),
    ])
}

pub(crate) fn post(
    app: &TestApp,
    path: &str,
    bearer: Option<&str>,
    body: &Value,
) -> nengce_tests::support::answer::Answer {
    let token = bearer.map(|it| format!("Bearer {it}"));
    let mut headers = vec![("content-type", "application/json")];
    headers.extend(token.as_deref().map(|it| ("authorization", it)));
    app.post_bytes(path, body.to_string().into_bytes(), &headers)
}

pub(crate) fn readings(app: &TestApp, enterprise: &str, data_code: &str) -> Vec<Value> {
    let path =
        format!("/api/v1/units/{enterprise}/readings?data_code={data_code}&stat_type=1&limit=1000");
    app.get(&path).ok()["rows"].as_array().cloned().expect("rows")
}

fn replayed(app: &TestApp, enterprise: &Enterprise) -> Conversation {
    let mut it = Conversation::new(&app.url(), &enterprise.code);
    it.replay(
        "shandong",
        // The recorded terminal registers twice and is known by its address.
        |path, _, body| post_from(app, "203.0.113.7", path, body),
        |device| drop(app.approve(device).ok()),
    );
    it
}

#[test]
fn the_recorded_conversation_is_answered_and_stored() {
    let app = app();
    let enterprise = Enterprise::new("山东");
    let talk = replayed(&app, &enterprise);
    let electricity = readings(&app, &enterprise.code, ELECTRICITY);
    assert_eq!(electricity.len(), 1, "{electricity:?}");
    assert_eq!(
        (&electricity[0]["value"], &electricity[0]["valid"]),
        (&json!(123.45), &json!(true))
    );
    let gas = readings(&app, &enterprise.code, NATURAL_GAS);
    assert_eq!((&gas[0]["value"], &gas[0]["valid"]), (&json!(332.3), &json!(false)));

    // In the national profile the same device id is refused, since it would be no proof.
    let open =
        json!({"deviceId": talk.known["deviceId"], "enterpriseCode": enterprise.code, "data": []});
    app.post("/uploadEnergyData", &open).refused();
    let registration = json!({"enterpriseCode": enterprise.code, "region": "370672"});
    app.post("/register", &registration).refused();
}

#[test]
fn the_key_outlives_a_restart_and_another_key_is_refused_entry_by_entry() {
    let mut app = app();
    let enterprise = Enterprise::new("山东");
    let talk = replayed(&app, &enterprise);
    app.server.stop();
    app.server.launch();
    let message = |key: &Key| {
        let entries: Vec<_> = days(ELECTRICITY, "2025-04-01", "2025-04-03", |_| 7.5)
            .iter()
            .map(|it| encrypt(it.as_object().expect("an entry"), key))
            .collect();
        json!({"deviceId": talk.known["deviceId"], "enterpriseCode": enterprise.code, "data": entries})
    };
    let wrong = app.post("/enterprise/uploadEnergyData", &message(&Key::new([9; 16])));
    let body = wrong.refused_entry(2, "dataCode", "entry_decryption_failed");
    assert!(body["responseMessage"].as_str().expect("a sentence").contains("解密失败"), "{body}");
    assert_eq!(readings(&app, &enterprise.code, ELECTRICITY).len(), 1, "nothing of it is stored");
    let key = Key::from_hex(&talk.known["secretKey"]).expect("a key");
    app.post("/enterprise/uploadEnergyData", &message(&key)).received();
    assert_eq!(readings(&app, &enterprise.code, ELECTRICITY).len(), 4);
    // With its own key it still speaks for no other enterprise.
    let other = Enterprise::new("别家");
    replayed(&app, &other);
    let mut foreign = message(&key);
    foreign["enterpriseCode"] = json!(other.code);
    let refused = app.post("/enterprise/uploadEnergyData", &foreign).refused();
    assert_eq!(refused["errors"][0]["code"], "entry_device_mismatch", "{refused}");
    assert_eq!(readings(&app, &other.code, ELECTRICITY).len(), 1, "what it sent itself");
}

#[test]
fn the_same_data_come_to_the_same_figures_as_in_the_national_profile() {
    let app = app();
    let entries = [
        days(ELECTRICITY, "2025-01-01", "2025-02-28", |day| f64::from(day.day()) * 10.25),
        days(NATURAL_GAS, "2025-01-01", "2025-02-28", |day| f64::from(day.day()) * 1.5),
    ]
    .concat();
    let national = Enterprise::new("同一数据");
    app.terminal(&national).upload(&entries).received();
    let encrypted = Enterprise::new("同一数据");
    let registration = json!({"enterpriseCode": encrypted.code, "region": encrypted.region});
    let given = app.post("/enterprise/register", &registration).received();
    let device = given["deviceId"].as_str().expect("a device");
    app.approve(device).ok();
    app.post("/enterprise/uploadConfigData", &encrypted.config_message(device)).received();
    let key = Key::from_hex(given["secretKey"].as_str().expect("a key")).expect("32 digits");
    let entries: Vec<_> =
        entries.iter().map(|it| encrypt(it.as_object().expect("an entry"), &key)).collect();
    let message = json!({"deviceId": device, "enterpriseCode": encrypted.code, "data": entries});
    app.post("/enterprise/uploadEnergyData", &message).received();
    let figures = |it: &Enterprise| {
        let path =
            format!("/api/v1/units/{}/energy?from=2025-01-01&to=2025-02-28&grain=month", it.code);
        let text = app.get(&path).ok().to_string();
        text.replace(&it.code, "")
    };
    let expected = figures(&national);
    assert!(expected.contains("2025-02"), "{expected}");
    assert_eq!(figures(&encrypted), expected);
}

#[test]
fn a_rotated_key_opens_what_names_the_old_id_until_the_new_one_is_used() {
    let mut app = app();
    let enterprise = Enterprise::new("山东轮换");
    let mut registration = json!({"enterpriseCode": enterprise.code, "region": enterprise.region});
    let old = app.post("/enterprise/register", &registration).received();
    app.approve(old["deviceId"].as_str().expect("a device")).ok();
    registration["secretKey"] = old["secretKey"].clone();
    registration["newSecret"] = json!("true");
    let new = app.post("/enterprise/register", &registration).received();
    assert!(new["deviceId"] != old["deviceId"] && new["secretKey"] != old["secretKey"], "{new}");
    assert_eq!(new["uploadTime"], old["uploadTime"]);
    app.server.stop();
    app.server.launch();
    let lost = app.post("/enterprise/register", &registration).received();
    assert_eq!(lost["secretKey"], new["secretKey"], "with the old key, as its answer was lost");
    let send = |id: &Value, key: &Value| {
        let key = Key::from_hex(key["secretKey"].as_str().expect("a key")).expect("32 digits");
        let entries: Vec<_> = days(ELECTRICITY, "2025-04-01", "2025-04-03", |_| 7.5)
            .iter()
            .map(|it| encrypt(it.as_object().expect("an entry"), &key))
            .collect();
        let message =
            json!({"deviceId": id["deviceId"], "enterpriseCode": enterprise.code, "data": entries});
        app.post("/enterprise/uploadEnergyData", &message)
    };
    send(&old, &old).received();
    send(&old, &new).refused_entry(2, "dataCode", "entry_decryption_failed");
    send(&new, &new).received();
    assert_eq!(readings(&app, &enterprise.code, ELECTRICITY).len(), 3, "each counts once");
    send(&old, &old).refused();
    let known = app.post("/enterprise/register", &registration).refused();
    assert_eq!(known["errors"][0]["code"], "terminal_in_place", "the old key proves no more");
}
