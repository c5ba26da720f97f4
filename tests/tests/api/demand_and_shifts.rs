//! The measured demand beside the charged one, and the shifts of a unit.

use nengce_shared::access::role::Role;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::figures::check_near;
use nengce_tests::support::message::{ELECTRICITY, quarters};
use nengce_tests::support::person::{Person, create};
use serde_json::{Value, json};

use super::costs::{FILE, Stage, send};

#[test]
fn the_measured_demand_stands_beside_the_charged_one() {
    let stage = Stage::new();
    let manager = Person::sign_in(&stage.app, "manager");
    send(&manager, &stage.path("tariffs/import?dry_run=false"), FILE).ok();
    let quarter = Enterprise::new("需量样本").collects(ELECTRICITY, 0);
    let terminal = stage.app.terminal(&quarter);
    // 250 kWh in a quarter of an hour are 1,000 kW, and 300 at noon 1,200; of the second hour a quarter is missing.
    let mut values = quarters(ELECTRICITY, "2025-03-01", |it| if it == 48 { 0.03 } else { 0.025 });
    values.remove(5);
    terminal.upload(&values).received();
    create(&stage.app, "quarter", &[Role::EnterpriseManager], &[], &[&quarter.code]);
    let person = Person::sign_in(&stage.app, "quarter");
    let costs = person.get(&format!("/api/v1/units/{}/costs?year=2025", quarter.code)).ok();
    let march =
        costs["demand"].as_array().expect("months").iter().find(|it| it["month"] == "2025-03");
    let march = march.expect("March");
    check_near(march["measured_kw"].as_f64().expect("a figure"), 1200.0, "measured_kw");
    assert_eq!((&march["at"], &march["minutes"]), (&json!("2025-03-01 12:00"), &json!(15)));
    assert_eq!((&march["points"], &march["expected_points"]), (&json!(95), &json!(31 * 96)));
    assert_eq!(march["charged_kw"], Value::Null);
    // A unit with hours alone: 10,000 kWh in an hour are a mean of 10,000 kW, ten times what it pays for.
    let costs = manager.get(&stage.path("costs?year=2025")).ok();
    let months = costs["demand"].as_array().expect("months");
    let march = months.iter().find(|it| it["month"] == "2025-03").expect("March");
    check_near(march["measured_kw"].as_f64().expect("a figure"), 10_000.0, "measured_kw");
    assert_eq!((&march["minutes"], &march["charged_kw"]), (&json!(60), &json!(1000.0)));
    check_near(march["charged_yuan"].as_f64().expect("a figure"), 31_000.0, "charged_yuan");
    check_near(march["measured_yuan"].as_f64().expect("a figure"), 310_000.0, "measured_yuan");
    let april = months.iter().find(|it| it["month"] == "2025-04").expect("April");
    assert_eq!((&april["measured_kw"], &april["measured_yuan"]), (&Value::Null, &Value::Null));
}

#[test]
fn shifts_are_kept_in_order_and_wrong_ones_are_refused() {
    let stage = Stage::new();
    let manager = Person::sign_in(&stage.app, "manager");
    let path = stage.path("shifts");
    let put = |shifts: Value| manager.send("PUT", &path, Some(&json!({ "shifts": shifts })));
    let shift = |name: &str, hour: u8| json!({"name": name, "from_hour": hour});
    assert_eq!(manager.get(&path).ok()["shifts"], json!([]));
    put(json!([shift("夜班", 20), shift(" 白班 ", 8)])).ok();
    let kept = manager.get(&path).ok();
    assert_eq!(kept["shifts"], json!([shift("白班", 8), shift("夜班", 20)]));
    assert_eq!(kept["saved_by"], "manager");
    let wrong = [
        json!([shift("甲", 8), shift("乙", 8)]),
        json!([shift("甲", 24)]),
        json!([shift(" ", 8)]),
        json!((0..9).map(|it| shift("班", it)).collect::<Vec<_>>()),
    ];
    for it in wrong {
        put(it).problem(400, "parameter_invalid");
    }
    assert_eq!(manager.get(&path).ok()["shifts"], kept["shifts"], "nothing of it was stored");
    Person::sign_in(&stage.app, "stranger").get(&path).problem(404, "not_found");
    let policy = Person::sign_in(&stage.app, "policy");
    policy.send("PUT", &path, Some(&json!({"shifts": []}))).problem(403, "forbidden");
}
