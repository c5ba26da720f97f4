//! A platform above that speaks the profile of Shandong: the entries go up encrypted by SM4 with the key of each registration.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, NATURAL_GAS, day, month, quarters};
use nengce_tests::support::proxy::Proxy;
use nengce_tests::support::wait::{wait_for, wait_until};
use serde_json::{Value, json};

use super::{
    below, changed, configured, step, token, unit_of, upper, wait_until_equal, wait_until_up,
};

/// The values of a unit with what `values` leaves out: whether each is valid, and how it was taken.
fn flags(app: &TestApp, unit: &str) -> Vec<String> {
    let list = app.get(&format!("/api/v1/units/{unit}/readings?limit=1000"));
    if list.status != 200 {
        return Vec::new();
    }
    let rows = list.ok()["rows"].as_array().cloned().expect("rows");
    let row = |it: &Value| {
        format!("{} {} {} {}", it["data_code"], it["stat_date"], it["valid"], it["input_type"])
    };
    let mut found: Vec<String> = rows.iter().map(row).collect();
    found.sort();
    found
}

/// A province with the profile of Shandong behind a proxy.
fn province(proxy: &Proxy) -> TestApp {
    let province = TestApp::with_environment(&[
        ("NENGCE_PROFILES", "national,shandong"),
        ("NENGCE_PUBLIC_ADDRESS", &proxy.url()),
    ]);
    proxy.lead_to(&province.url());
    province
}

#[test]
fn values_are_equal_above_in_the_profile_of_shandong() {
    let proxy = Proxy::new();
    let province = province(&proxy);
    let of_province = token(&province, &["37"]);
    let url = format!("{}/enterprise", proxy.url());
    let profile = "profile = \"shandong\"\nmax_values_per_message = 40";
    let city = below(&[("province", &url, &of_province, profile)], &[]);
    let enterprise = Enterprise::new("山东厂").region("370672");
    let terminal = configured(&city, &enterprise.clone().collects(ELECTRICITY, 1));
    let mut entries = quarters(ELECTRICITY, "2025-03-01", |quarter| f64::from(quarter) + 0.25);
    entries.push(day(ELECTRICITY, "2025-03-01", 4584.125));
    entries.push(month(NATURAL_GAS, "2025-02", 31.0));
    let mut invalid = day(NATURAL_GAS, "2025-03-02", 0.0);
    invalid["valid"] = json!(0);
    invalid["inputType"] = json!(5);
    entries.push(invalid);
    terminal.upload(&entries).received();
    let meter = json!({"code": "E-1", "name": "进线电能表", "level": 1, "state": 1, "nextCheckDate": "2999-01-01"});
    let message =
        json!({"deviceId": terminal.device_id, "enterpriseCode": enterprise.code, "data": [meter]});
    terminal.upload_metering(&message).received();
    wait_until_equal(&city, &province, &enterprise.code);
    wait_until_up(&city, "province");
    assert_eq!(flags(&province, &enterprise.code), flags(&city, &enterprise.code));
    assert!(flags(&city, &enterprise.code).iter().any(|it| it.contains("false 5")));
    // A correction, a meter and a name follow.
    terminal.upload(&[day(ELECTRICITY, "2025-03-01", 9999.5)]).received();
    wait_until_equal(&city, &province, &enterprise.code);
    changed(&city, &Enterprise { name: "山东更名厂".to_owned(), ..enterprise.clone() });
    wait_until("the name and the meter are above", || {
        let unit = province.get(&format!("/api/v1/units/{}", enterprise.code)).ok();
        let meters = province.get(&format!("/api/v1/units/{}/meters", enterprise.code)).ok();
        unit["unit"]["name"] == "山东更名厂" && meters["rows"][0]["meter_code"] == "E-1"
    });
    let shown = upper(&city, "province");
    assert_eq!(
        (&shown["state"], &shown["profile"], &shown["refused_entries"]),
        (&json!("working"), &json!("shandong"), &json!(0)),
        "{shown}"
    );
}

#[test]
fn a_lost_answer_gives_the_same_key_again() {
    let proxy = Proxy::new();
    let province = province(&proxy);
    let of_province = token(&province, &["37"]);
    proxy.swallow_answers_to(Some("/enterprise/register"));
    let url = format!("{}/enterprise", proxy.url());
    let rules = "profile = \"shandong\"\ntimeout_seconds = 300";
    let mut city = below(&[("province", &url, &of_province, rules)], &[]);
    let enterprise = Enterprise::new("续钥厂").region("370672");
    configured(&city, &enterprise).upload(&[day(ELECTRICITY, "2025-03-01", 1.5)]).received();
    wait_until("the answer of the province was swallowed", || proxy.swallowed() > 0);
    city.server.kill();
    proxy.swallow_answers_to(None);
    city.server.launch();
    wait_until_equal(&city, &province, &enterprise.code);
    let devices = province.admin_get("/api/v1/devices").ok();
    assert_eq!(devices["rows"].as_array().map(Vec::len), Some(1), "{devices}");
    let unit = wait_for("the unit", || unit_of(&city, "province", &enterprise.code));
    assert_eq!(unit["code"], "", "{unit}");
    step(&city, "province", "retry");
    wait_until_up(&city, "province");
}
