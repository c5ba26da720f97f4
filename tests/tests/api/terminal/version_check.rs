//! `POST /versionCheck`: what a terminal downloads again when it changed.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use serde_json::json;

#[test]
fn gives_both_versions() {
    let app = TestApp::shared();
    let terminal = app.registered(&Enterprise::new("版本甲"));
    // A real client writes `deviceid`.
    let answer = app.post("/versionCheck", &json!({"deviceid": terminal.device_id})).received();
    for name in ["regVersion", "dicVersion"] {
        assert!(
            !answer[name].to_string().trim_matches('"').is_empty() && !answer[name].is_null(),
            "{name}: {answer}"
        );
    }
    assert_eq!(
        answer["dicVersion"].to_string().trim_matches('"'),
        app.get("/api/v1/meta").ok()["dic_version"].as_str().expect("a version")
    );
}

#[test]
fn refuses_a_device_that_never_registered() {
    let body =
        TestApp::shared().post("/versionCheck", &json!({"deviceId": "0".repeat(32)})).refused();
    assert_eq!(body["errors"][0]["code"], "entry_device_unknown", "{body}");
}
