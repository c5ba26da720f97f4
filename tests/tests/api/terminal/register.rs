//! `POST /register`: identity, addresses, upload time.

use std::collections::BTreeSet;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::{Enterprise, credit_code};
use serde_json::json;

#[test]
fn gives_a_device_and_absolute_addresses() {
    let app = TestApp::shared();
    let answer = app.registered(&Enterprise::new("注册甲")).registration;
    let device = answer["deviceId"].as_str().expect("a deviceId");
    assert_eq!(device.len(), 32, "{device}");
    assert!(device.chars().all(|c| c.is_ascii_hexdigit()), "{device}");
    for (name, path) in [
        ("loadConfigURL", ""),
        ("loadDicVersionURL", "/versionCheck"),
        ("centerInfoURL", "/uploadConfigData"),
        ("centerDataURL", "/uploadEnergyData"),
        ("centerMeteringDataURL", "/uploadMeteringData"),
        ("centerInfoDownloadURL", "/downloadConfigData"),
        ("centerDataDownloadURL", ""),
        ("downloadBaseDataURL", "/downloadBaseData"),
    ] {
        let url = answer[name].as_str().unwrap_or_else(|| panic!("{name}: {answer}"));
        assert!(url.starts_with(&app.url()) && url.ends_with(path), "{name}: {url}");
    }
    let time: Vec<u32> = answer["uploadTime"]
        .as_str()
        .expect("a time")
        .split(':')
        .map(|p| p.parse().expect("digits"))
        .collect();
    assert!(matches!(time[..], [0..24, 0..60, 0..60]), "{time:?}");
}

#[test]
fn again_gives_its_terminal_the_same_device() {
    let app = TestApp::shared();
    let enterprise = Enterprise::new("注册乙");
    let first = app.registered(&enterprise);
    assert_eq!(app.approve(&first.device_id).status, 200);
    let second = app.registered(&enterprise);
    assert_eq!(first.registration, second.registration);
    let devices = app.get(&format!("/api/v1/devices?q={}", enterprise.code)).ok();
    let own: Vec<_> = devices["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .filter(|d| d["enterprise_code"] == enterprise.code)
        .collect();
    assert_eq!(own.len(), 1, "{devices}");
    assert_eq!(own[0]["state"], "approved", "registering again takes no approval back");
}

#[test]
fn spreads_upload_times_over_a_window() {
    let app = TestApp::new();
    let times: BTreeSet<String> = (1..=40)
        .map(|n| {
            app.registered(&Enterprise::numbered(n, "")).registration["uploadTime"].to_string()
        })
        .collect();
    assert!(times.len() >= 35, "40 units, {} times: {times:?}", times.len());
    // The window is under half a day by default; spread evenly, both its halves are used.
    let (early, late) = (times.first().expect("one"), times.last().expect("one"));
    assert_ne!(early[..3], late[..3], "the times lie in one hour: {times:?}");
}

#[test]
fn reads_keys_in_any_letter_case() {
    let app = TestApp::shared();
    let enterprise = Enterprise::new("注册丙");
    let answer = app
        .post("/register", &json!({"ENTERPRISECODE": enterprise.code, "Region": enterprise.region}))
        .received();
    let again = app
        .post(
            "/register",
            &json!({"enterpriseCode": enterprise.code, "REGION": enterprise.region, "DEVICEID": answer["deviceId"]}),
        )
        .received();
    assert_eq!(answer["deviceId"], again["deviceId"]);
}

#[track_caller]
fn check_refused(code: &str, region: &str, reason: &str) {
    let app = TestApp::shared();
    let body = app.post("/register", &json!({"enterpriseCode": code, "region": region})).refused();
    let errors = body["errors"].as_array().cloned().unwrap_or_default();
    assert!(errors.iter().any(|e| e["code"] == reason), "{reason}: {body}");
    assert!(body.get("deviceId").is_none(), "{body}");
}

#[test]
fn refuses_a_credit_code_with_a_wrong_check_digit() {
    let right = credit_code("91120116MA07Q0001");
    let last = if right.ends_with('0') { '1' } else { '0' };
    check_refused(&format!("{}{last}", &right[..17]), "120116", "entry_credit_code_invalid");
    check_refused("12345", "120116", "entry_credit_code_invalid");
    check_refused("9112011200000001I1", "120116", "entry_credit_code_invalid");
}

#[test]
fn refuses_a_region_that_is_no_region_code() {
    check_refused(&credit_code("91120116MA07Q0002"), "天津", "entry_region_invalid");
}
