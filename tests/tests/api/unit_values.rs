//! The values that terminals and files state about a unit are checked on arrival; names that resemble others are
//! flagged.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::ELECTRICITY;
use serde_json::json;

use super::unit_changes::{changes, decide, settled};

#[test]
fn values_are_checked_field_by_field() {
    let app = TestApp::shared();
    let terminal = app.registered(&Enterprise::new("检查"));
    let long = "长".repeat(201);
    for (field, bad, code) in [
        ("regionCode", json!("999999"), "entry_region_invalid"),
        ("regionCode", json!("120199"), "entry_region_invalid"),
        ("industryCode", json!("Z9999"), "entry_industry_invalid"),
        ("industryCode", json!("C9910"), "entry_industry_invalid"),
        ("energyConsumeLevel", json!(7), "entry_field_unreadable"),
        ("latitude", json!(95), "entry_coordinate_invalid"),
        ("longitude", json!("abc"), "entry_coordinate_invalid"),
        ("jgzh", json!("perhaps"), "entry_field_unreadable"),
        ("name", json!(long), "entry_text_too_long"),
        ("name", json!("津\u{202e}门"), "entry_text_unseen"),
        ("name", json!("津\u{200b}门"), "entry_text_unseen"),
        ("name", json!("津\u{0}门"), "entry_text_unseen"),
        ("typeCode", json!("1\u{2066}59"), "entry_text_unseen"),
    ] {
        let mut message = terminal.enterprise.config_message(&terminal.device_id);
        message["enterprise"][field] = bad.clone();
        let answer = app.post("/uploadConfigData", &message);
        answer.refused_entry(0, field, code);
        assert!(!answer.text().contains(['\u{202e}', '\u{200b}', '\u{2066}']), "{}", answer.text());
    }
    let mut message = terminal.enterprise.config_message(&terminal.device_id);
    message["enterprise"]["address"] = json!("和平\u{202e}区");
    message["collectItemConfig"] =
        json!([{"dataCode": ELECTRICITY, "statType": 1, "name": "电\u{200f}表"}]);
    let answer = app.post("/uploadConfigData", &message).refused();
    let errors = answer["errors"].as_array().expect("errors");
    assert_eq!(errors.len(), 2, "{answer}");
    let meters = json!({"deviceId": terminal.device_id, "enterpriseCode": terminal.enterprise.code,
        "data": [{"code": "M1", "name": "表\u{202d}"}, {"code": "M2", "name": "好表"}]});
    terminal.upload_metering(&meters).refused_entry(0, "name", "entry_text_unseen");
    app.approve(&terminal.device_id).ok();
    let detail = terminal.get("").ok();
    assert_eq!(detail["unit"]["name"], "检查", "what was good is taken: {detail}");
    assert!(!detail.to_string().contains('\u{202e}'), "{detail}");

    for region in ["999999", "120199", "1201", "和平区"] {
        let body = json!({"enterpriseCode": Enterprise::new("").code, "region": region});
        let answer = app.post("/register", &body).refused();
        assert!(answer.to_string().contains("entry_region_invalid"), "{answer}");
    }
    let rows = format!(
        "enterprise_code,name,region_code,industry_code\n{},好,120116,C3110\n{},坏\u{202e},120116,C3110\n{},坏,999999,C3110\n{},坏,120116,C9999\n",
        Enterprise::new("").code,
        Enterprise::new("").code,
        Enterprise::new("").code,
        Enterprise::new("").code,
    );
    let report = app.import("units", "units.csv", &rows);
    assert_eq!((&report["stored"], &report["rejected"]), (&json!(1), &json!(3)), "{report}");
}

#[test]
fn names_that_others_can_be_taken_for_are_flagged_and_never_refused() {
    let app = TestApp::shared();
    let first = settled(&app, "ABC津港热电");
    let (code, name) = (&first.enterprise.code, "ABC津港热电");
    for (other, kind) in [("ＡＢＣ 津港热电", "equal"), ("АВС津港热电", "confusable")]
    {
        let waiting = app.registered(&Enterprise::new(other));
        waiting.upload_config().received();
        let path = format!("/api/v1/devices?q={}", waiting.enterprise.code);
        let row = app.admin_get(&path).ok()["rows"][0].clone();
        let conflicts = row["name_conflicts"].as_array().expect("conflicts");
        let found = conflicts.iter().find(|it| it["enterprise_code"] == code.as_str());
        let found = found.unwrap_or_else(|| panic!("{row}"));
        assert_eq!((&found["kind"], &found["name"]), (&json!(kind), &json!(name)));

        let mut settled = settled(&app, "另一家热电");
        settled.enterprise.name = other.to_owned();
        settled.upload_config().received();
        let change = changes(&app, "pending", &settled.enterprise.code).remove(0);
        let flags = change["fields"][0]["flags"].to_string();
        assert!(flags.contains(&format!("{kind}_name")), "{change}");
        assert!(change["name_conflicts"].to_string().contains(code.as_str()), "{change}");
        decide(&app, &change, "refuse", "{\"reason\": null}");
    }
    let listed = Enterprise::new("");
    let report = app.import(
        "units",
        "units.csv",
        &format!("enterprise_code,name,region_code\n{},abc津港热电,120116\n", listed.code),
    );
    assert_eq!(report["stored"], 1, "{report}");
    assert!(report["name_conflicts"].to_string().contains(code.as_str()), "{report}");
    let open = app.get(&format!("/api/v1/devices?q={code}")).ok();
    assert_eq!(open["rows"][0]["name_conflicts"], json!([]), "{open}");
}
