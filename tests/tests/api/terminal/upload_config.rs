//! `POST /uploadConfigData`: the unit as it describes itself.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::ELECTRICITY;
use serde_json::json;

#[test]
fn names_the_unit_and_is_shown_as_sent() {
    let app = TestApp::shared();
    let enterprise = Enterprise::new("津门特钢")
        .region("120110")
        .industry("C3110")
        .level(6)
        .collects(ELECTRICITY, 1);
    let terminal = app.terminal(&enterprise);
    let detail = terminal.get("").ok();
    assert_eq!(detail["unit"]["name"], "津门特钢", "{detail}");
    assert_eq!(detail["unit"]["region"]["code"], "120110", "{detail}");
    assert_eq!(detail["devices"][0]["region"], "120110", "as in the list of devices: {detail}");
    assert_eq!(
        detail["unit"]["industry"]["code"].as_str().map(|c| &c[..3]),
        Some("C31"),
        "{detail}"
    );
    assert_eq!(detail["unit"]["class"], "hundred", "level 6 is 3 million tce and more: {detail}");
    let profile = detail["profile"].as_array().expect("a profile");
    assert!(
        profile.iter().any(|f| f["field"] == "phone" && f["value"] == "022-00000000"),
        "{detail}"
    );
}

#[test]
fn levels_give_the_classes() {
    let app = TestApp::shared();
    for (level, class) in
        [(6, "hundred"), (5, "thousand"), (4, "ten_thousand"), (3, "ten_thousand")]
    {
        let terminal = app.terminal(&Enterprise::new("分类").level(level));
        assert_eq!(terminal.get("").ok()["unit"]["class"], class, "energyConsumeLevel {level}");
    }
}

#[test]
fn a_later_configuration_replaces_the_earlier() {
    let app = TestApp::shared();
    let mut terminal = app.registered(&Enterprise::new("旧名"));
    terminal.upload_config().received();
    terminal.enterprise.name = "新名".to_owned();
    terminal.upload_config().received();
    app.approve(&terminal.device_id).ok();
    assert_eq!(terminal.get("").ok()["unit"]["name"], "新名");
}

#[test]
fn a_configuration_without_its_parts_is_refused_in_words() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("缺项"));
    let mut message = terminal.enterprise.config_message(&terminal.device_id);
    message["enterprise"].as_object_mut().expect("an object").remove("industryCode");
    let answer = app.post("/uploadConfigData", &message).refused();
    assert!(answer.to_string().contains("industryCode"), "which field: {answer}");
    let message =
        json!({"deviceId": terminal.device_id, "enterpriseCode": terminal.enterprise.code});
    app.post("/uploadConfigData", &message).refused();
}
