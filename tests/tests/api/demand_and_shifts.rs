//! The measured demand beside the charged one, the shifts of a unit, and the month against its plan.

use nengce_shared::access::role::Role;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::figures::check_near;
use nengce_tests::support::message::{ELECTRICITY, RAW_COAL, days, days_ago, quarters};
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

#[test]
fn the_first_page_holds_the_month_against_its_plan() {
    let stage = Stage::new();
    let unit = Enterprise::new("本月计划一厂");
    let yesterday: jiff::civil::Date = days_ago(1).parse().expect("a day");
    // 100 tons of raw coal a day up to yesterday: 71.43 tce each.
    let first = yesterday.first_of_month().to_string();
    let coal = days(RAW_COAL, &first, &yesterday.to_string(), |_| 100.0);
    stage.app.terminal(&unit).upload(&coal).received();
    create(&stage.app, "planner", &[Role::EnterpriseManager], &[], &[&unit.code]);
    let planner = Person::sign_in(&stage.app, "planner");
    let figure = || {
        let home = planner.get("/api/v1/home").ok();
        let parts = home["parts"].as_array().expect("parts").clone();
        let own = parts.iter().find(|it| it["name"] == "own_units").expect("the own unit").clone();
        let figures = own["figures"].as_array().expect("figures").clone();
        figures.into_iter().find(|it| it["name"] == "month_plan").expect("the figure")
    };
    assert_eq!(figure()["value"], Value::Null, "no plan, and not zero");
    let passed = f64::from(yesterday.day()) / f64::from(yesterday.days_in_month());
    let path = format!("/api/v1/units/{}/plan", unit.code);
    for (planned, is_late) in [(2_100.0, true), (2_300.0, false)] {
        let months = vec![planned * f64::from(yesterday.days_in_month()) / 30.0; 12];
        let body = json!({"year": yesterday.year(), "basis": "equivalent", "budget": null, "months": months, "products": []});
        planner.send("PUT", &path, Some(&body)).ok();
        let used = 71.43 * 30.0 / planned * passed * 100.0;
        let found = figure();
        check_near(
            found["value"].as_f64().expect("a share"),
            (used * 10.0).round() / 10.0,
            "percent",
        );
        assert_eq!(found["is_late"], is_late, "{found}");
    }
}
