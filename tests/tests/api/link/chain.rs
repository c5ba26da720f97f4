//! City, province and nation: equal figures at every level, corrections, a platform that is away, addresses that move.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, NATURAL_GAS, day, month, quarters};
use nengce_tests::support::proxy::Proxy;
use nengce_tests::support::wait::wait_until;
use serde_json::json;

use super::{
    below, changed, configured, step, token, upper, values, wait_until_equal, wait_until_up,
};

#[test]
fn three_platforms_have_equal_figures_and_corrections_follow() {
    let nation = TestApp::new();
    let of_nation = token(&nation, &["12"]);
    let province = below(&[("nation", &nation.url(), &of_nation, "")], &[]);
    let of_province = token(&province, &["1201"]);
    let city = below(&[("province", &province.url(), &of_province, "")], &[]);
    let enterprises = [Enterprise::new("上联一厂"), Enterprise::new("上联二厂").region("120110")];
    for (at, it) in enterprises.iter().enumerate() {
        let terminal = configured(&city, &it.clone().collects(ELECTRICITY, 1));
        let mut entries = quarters(ELECTRICITY, "2025-03-01", |quarter| f64::from(quarter) + 0.25);
        entries.push(day(ELECTRICITY, "2025-03-01", 4584.0 + at as f64));
        entries.push(day(NATURAL_GAS, "2025-03-02", 1.5));
        entries.push(month(NATURAL_GAS, "2025-02", 31.0));
        terminal.upload(&entries).received();
        let meter = json!({"code": "E-1", "name": "进线电能表", "level": 1, "state": 1, "nextCheckDate": "2999-01-01"});
        let message =
            json!({"deviceId": terminal.device_id, "enterpriseCode": it.code, "data": [meter]});
        terminal.upload_metering(&message).received();
    }
    for it in &enterprises {
        assert_eq!(values(&city, &it.code).len(), 99);
        wait_until_equal(&city, &province, &it.code);
        wait_until_equal(&city, &nation, &it.code);
        let unit = nation.get(&format!("/api/v1/units/{}", it.code)).ok();
        assert_eq!(unit["unit"]["name"], json!(it.name), "{unit}");
        assert_eq!(unit["devices"][0]["region"], json!(it.region), "{unit}");
        let meters = nation.get(&format!("/api/v1/units/{}/meters", it.code)).ok();
        assert_eq!(meters["rows"][0]["meter_code"], "E-1", "{meters}");
    }
    // A correction and a later value follow; what came before is not doubled.
    let terminal = city.registered(&enterprises[0]);
    let corrected = [day(ELECTRICITY, "2025-03-01", 9999.0), day(NATURAL_GAS, "2025-03-03", 2.5)];
    terminal.upload(&corrected).received();
    assert_eq!(values(&city, &enterprises[0].code).len(), 100);
    wait_until_equal(&city, &province, &enterprises[0].code);
    wait_until_equal(&city, &nation, &enterprises[0].code);
    wait_until_up(&city, "province");
    let shown = upper(&city, "province");
    assert_eq!(
        (&shown["state"], &shown["units"], &shown["units_registered"]),
        (&json!("working"), &json!(2), &json!(2)),
        "{shown}"
    );
    assert_eq!(
        (&shown["lag_seconds"], &shown["refused_entries"]),
        (&json!(null), &json!(0)),
        "{shown}"
    );
    assert_eq!(shown["days"][0]["day"], "2025-03-03", "{shown}");
    let belows = province.admin_get("/api/v1/link").ok();
    assert_eq!(
        (&belows["belows"][0]["name"], &belows["belows"][0]["units"]),
        (&json!("below"), &json!(2)),
        "{belows}"
    );
    // A change that was confirmed below needs no second confirmation above.
    let renamed = Enterprise { name: "上联更名厂".to_owned(), ..enterprises[1].clone() };
    changed(&city, &renamed);
    wait_until("the name is known above", || {
        let unit = province.get(&format!("/api/v1/units/{}", renamed.code)).ok();
        unit["unit"]["name"] == renamed.name.as_str()
    });
}

#[test]
fn what_changed_of_a_unit_goes_up_without_a_new_value() {
    let nation = TestApp::new();
    let of_nation = token(&nation, &["12"]);
    let city = below(&[("nation", &nation.url(), &of_nation, "")], &[]);
    let enterprise = Enterprise::new("改配厂");
    let terminal = configured(&city, &enterprise);
    let meters = |of: &[(&str, &str)]| {
        let meter = |(code, name): &(&str, &str)| json!({"code": code, "name": name, "level": 1, "state": 1, "nextCheckDate": "2999-01-01"});
        let data: Vec<_> = of.iter().map(meter).collect();
        let device = &terminal.device_id;
        let message = json!({"deviceId": device, "enterpriseCode": enterprise.code, "data": data});
        terminal.upload_metering(&message).received();
    };
    meters(&[("E-1", "进线电能表")]);
    terminal.upload(&[day(ELECTRICITY, "2025-03-01", 1.0)]).received();
    wait_until_equal(&city, &nation, &enterprise.code);
    wait_until_up(&city, "nation");
    meters(&[("E-1", "换过的电能表"), ("G-1", "燃气表")]);
    wait_until("the meters are above as they are here", || {
        let rows =
            nation.get(&format!("/api/v1/units/{}/meters", enterprise.code)).ok()["rows"].clone();
        let names = rows.as_array().expect("rows").iter().map(|it| it["name"].clone());
        names.collect::<Vec<_>>() == ["换过的电能表", "燃气表"]
    });
    let renamed = Enterprise {
        name: "改名厂".to_owned(),
        industry: "C2211".to_owned(),
        ..enterprise.clone()
    };
    changed(&city, &renamed);
    wait_until("the name and the industry are known above", || {
        let unit = nation.get(&format!("/api/v1/units/{}", enterprise.code)).ok()["unit"].clone();
        unit["name"] == renamed.name.as_str()
            && unit["industry"]["code"] == renamed.industry.as_str()
    });
    assert_eq!(values(&nation, &enterprise.code).len(), 1);
}

#[test]
fn what_waited_while_the_platform_above_was_away_is_made_up() {
    let nation = TestApp::new();
    let of_nation = token(&nation, &["12"]);
    let proxy = Proxy::new();
    let city = below(&[("nation", &proxy.url(), &of_nation, "")], &[]);
    let enterprise = Enterprise::new("断网厂");
    let terminal = configured(&city, &enterprise);
    terminal.upload(&[day(ELECTRICITY, "2025-03-01", 1.0)]).received();
    wait_until("the city says that nobody answers", || {
        let shown = upper(&city, "nation");
        shown["state"] == "waiting"
            && shown["code"] == "centre_unreachable"
            && shown["due_item_days"] == 1
    });
    let shown = upper(&city, "nation");
    assert!(shown["lag_seconds"].is_u64() && shown["due_since"].is_string(), "{shown}");
    let metrics = city.admin_get("/metrics").text();
    assert!(metrics.contains("nengce_link_due_item_days{upper=\"nation\"} 1"), "{metrics}");
    proxy.lead_to(&nation.url());
    wait_until_equal(&city, &nation, &enterprise.code);
    // The registration gave the platform's own address, which the proxy does not cut.
    wait_until_up(&city, "nation");
    assert_eq!(upper(&city, "nation")["state"], "working");
}

#[test]
fn two_platforms_above_are_independent_and_a_pause_holds_one() {
    let (first, second) = (TestApp::new(), TestApp::new());
    let tokens = [token(&first, &["1201"]), token(&second, &["1201"])];
    let uppers =
        [("first", &*first.url(), &*tokens[0], ""), ("second", &*second.url(), &*tokens[1], "")];
    let city = below(&uppers, &[]);
    let paused = step(&city, "second", "pause");
    assert_eq!(paused["uppers"][1]["state"], "paused", "{paused}");
    let enterprise = Enterprise::new("双链厂");
    let terminal = configured(&city, &enterprise);
    terminal.upload(&[day(ELECTRICITY, "2025-03-01", 1.0)]).received();
    wait_until_equal(&city, &first, &enterprise.code);
    assert!(values(&second, &enterprise.code).is_empty());
    assert_eq!(upper(&city, "second")["state"], "paused");
    step(&city, "second", "resume");
    wait_until_equal(&city, &second, &enterprise.code);
    let audit = city.admin_get("/api/v1/audit?limit=50").ok().to_string();
    assert!(audit.contains("link/second"), "{audit}");
}
