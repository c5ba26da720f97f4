//! `POST /downloadBaseData` and `/downloadConfigData`: the dictionaries and the configuration for terminals.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, NATURAL_GAS};
use serde_json::json;

#[test]
fn the_configuration_comes_back_as_it_was_sent() {
    let app = TestApp::shared();
    let enterprise = Enterprise::new("下载甲").collects(ELECTRICITY, 0).collects(NATURAL_GAS, 1);
    let terminal = app.terminal(&enterprise);
    let request = json!({"deviceId": terminal.device_id, "enterpriseCode": enterprise.code});
    let answer = app.post("/downloadConfigData", &request).received();
    let sent = enterprise.config_message(&terminal.device_id);
    for part in ["collectItemConfig", "enterprise", "group", "process", "processUnit"] {
        let found = answer.get(part).or_else(|| answer["data"].get(part));
        assert_eq!(found, Some(&sent[part]), "{part}: {answer}");
    }
}

#[test]
fn the_configuration_of_another_is_not_given() {
    let app = TestApp::shared();
    let (one, other) = (app.terminal(&Enterprise::new("甲")), app.terminal(&Enterprise::new("乙")));
    app.post(
        "/downloadConfigData",
        &json!({"deviceId": one.device_id, "enterpriseCode": other.enterprise.code}),
    )
    .refused();
}

#[test]
fn the_dictionaries_come_whole_and_one_by_one() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("下载乙"));
    let request =
        json!({"deviceId": terminal.device_id, "enterpriseCode": terminal.enterprise.code});
    let whole = app.post("/downloadBaseData", &request).received();
    let text = whole.to_string();
    for part in ["3300", "电力", "120116", "滨海新区", "C31", "1229"] {
        assert!(
            text.contains(part),
            "the dictionaries name {part}: {}",
            &text[..text.len().min(600)]
        );
    }
    assert!(
        whole["dicVersion"].is_string() || whole["dicVersion"].is_number(),
        "{}",
        &text[..text.len().min(300)]
    );
}
