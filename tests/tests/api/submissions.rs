//! Values typed by hand and reports of outages: stored through the commit path, held against the unit's history, each with a
//! receipt that only its unit and the authority see.

use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, days, days_ago};
use nengce_tests::support::person::{Person, create};
use serde_json::{Value, json};

const CLOSED: &[(&str, &str)] = &[("NENGCE_SECOND_FACTOR_ROLES", ""), ("NENGCE_PUBLIC_READS", "")];

/// A unit with electricity up to ten days ago, of which the twentieth day back is missing.
fn stage(settings: &[(&str, &str)]) -> (TestApp, Enterprise, String) {
    let app = TestApp::with_environment(&[CLOSED, settings].concat());
    let unit = Enterprise::new("填报一厂").collects(ELECTRICITY, 1);
    let other = app.terminal(&Enterprise::new("别家")).enterprise.code.clone();
    let missing = days_ago(20);
    let mut values =
        days(ELECTRICITY, &days_ago(60), &days_ago(10), |day| 200.0 + f64::from(day.day()));
    values.retain(|it| !it["statDate"].as_str().is_some_and(|it| it.starts_with(&missing)));
    app.terminal(&unit).upload(&values).received();
    create(&app, "manager", &[Role::EnterpriseManager], &[], &[&unit.code]);
    create(&app, "clerk", &[Role::EnterpriseClerk], &[], &[&unit.code]);
    create(&app, "stranger", &[Role::EnterpriseManager], &[], &[&other]);
    create(&app, "officer", &[Role::CaseOfficer], &[], &[&unit.code]);
    (app, unit, missing)
}

fn values(period: &str, value: f64) -> Value {
    json!({"values": [{"data_code": ELECTRICITY, "period": period, "value": value}], "reason": "电表停电，按抄表"})
}

#[test]
fn a_gap_is_filled_by_hand_with_a_receipt() {
    let (app, unit, missing) = stage(&[]);
    let clerk = Person::sign_in(&app, "clerk");
    let path = |rest: &str| format!("/api/v1/units/{}{rest}", unit.code);
    let form = clerk.get(&path(&format!("/manual-form?data_code={ELECTRICITY}"))).ok();
    // Yesterday and the nine days before it came not, and one day before.
    assert_eq!(form["items"][0]["missing_days"], 10);
    let day = form["history"]["days"]
        .as_array()
        .expect("days")
        .iter()
        .find(|it| it["day"] == json!(missing));
    assert_eq!(day.expect("the day")["value"], Value::Null);
    let receipt = clerk.post(&path("/values"), &values(&missing, 211.0)).ok();
    let it = &receipt["receipt"];
    assert_eq!(
        (&it["stored"], &it["worst"], &it["send_again"]),
        (&json!(1), &json!("none"), &json!(false)),
        "{receipt}"
    );
    assert_eq!((&receipt["state"], &it["contact"]), (&json!("done"), &json!("officer")));
    let query = path(&format!("/readings?data_code={ELECTRICITY}&from={missing}&to={missing}"));
    let reading = clerk.get(&query).ok()["rows"][0].clone();
    assert_eq!(
        (&reading["value"], &reading["input_type"], &reading["sent_by"]),
        (&json!(211.0), &json!(5), &json!("manual:…"))
    );
    // A power of ten too high is told, kept, and asked for again.
    let wrong = clerk.post(&path("/values"), &values(&days_ago(9), 2_110_000.0)).ok();
    assert_eq!(wrong["receipt"]["notes"][0]["check"], "power_of_ten");
    assert_eq!(
        (&wrong["receipt"]["worst"], &wrong["receipt"]["send_again"]),
        (&json!("high"), &json!(true))
    );
    let list = clerk.get("/api/v1/submissions").ok();
    assert_eq!(list["page"]["total"], 2);
    let number = &list["rows"][1]["submission_id"];
    assert_eq!(clerk.get(&format!("/api/v1/submissions/{number}")).ok(), receipt);
    let csv = clerk.get("/api/v1/submissions?format=csv").text();
    assert_eq!(csv.lines().count(), 3, "{csv}");
    // Another enterprise sees and does nothing here.
    let stranger = Person::sign_in(&app, "stranger");
    stranger.post(&path("/values"), &values(&missing, 1.0)).problem(404, "not_found");
    stranger.get(&path("/manual-form")).problem(404, "not_found");
    stranger.get(&format!("/api/v1/submissions/{number}")).problem(404, "not_found");
    assert_eq!(stranger.get("/api/v1/submissions").ok()["page"]["total"], 0);
    Person::sign_in(&app, "officer")
        .post(&path("/values"), &values(&missing, 1.0))
        .problem(403, "forbidden");
}

#[test]
fn what_cannot_be_stored_is_refused_with_its_place() {
    let (app, unit, missing) = stage(&[("NENGCE_MAX_TYPED_VALUES", "2")]);
    let clerk = Person::sign_in(&app, "clerk");
    let path = format!("/api/v1/units/{}/values", unit.code);
    let one = |code: &str, period: &str, value: f64| json!({"data_code": code, "period": period, "value": value});
    let send = |values: Vec<Value>| clerk.post(&path, &json!({"values": values, "reason": "抄表"}));
    for (values, field) in [
        (vec![], "values"),
        (vec![one(ELECTRICITY, &missing, 1.0); 3], "values"),
        (vec![one(ELECTRICITY, &missing, 1.0); 2], "values[1].period"),
        (vec![one(ELECTRICITY, &days_ago(0), 1.0)], "values[0].period"),
        (vec![one(ELECTRICITY, "2025-13-01", 1.0)], "values[0].period"),
        (vec![one(ELECTRICITY, "2025", 1.0)], "values[0].period"),
        (vec![one("12", &missing, 1.0)], "values[0].data_code"),
        (vec![one(ELECTRICITY, &missing, 1e300)], "values[0].value"),
    ] {
        let answer = send(values);
        assert!((400..500).contains(&answer.status), "{field}: {}", answer.text());
        assert!(answer.text().contains(&format!("\"{field}\"")), "{field}: {}", answer.text());
    }
    clerk
        .post(&path, &json!({"values": [one(ELECTRICITY, &missing, 1.0)], "reason": " "}))
        .problem(400, "parameter_invalid");
    assert_eq!(clerk.get("/api/v1/submissions").ok()["page"]["total"], 0);
}

#[test]
fn old_values_wait_as_the_replacement_policy_says_and_a_clerks_for_the_manager() {
    let (app, unit, missing) =
        stage(&[("NENGCE_SECOND_PAIR_OF_EYES", "true"), ("NENGCE_REPLACEMENT_WINDOW_DAYS", "15")]);
    let (clerk, manager) = (Person::sign_in(&app, "clerk"), Person::sign_in(&app, "manager"));
    let path = format!("/api/v1/units/{}/values", unit.code);
    let waits = clerk.post(&path, &values(&missing, 211.0)).ok();
    assert_eq!((&waits["state"], &waits["receipt"]["stored"]), (&json!("to_confirm"), &json!(0)));
    let confirm = format!("/api/v1/submissions/{}/confirm", waits["submission_id"]);
    let back = manager.post(&confirm, &json!({"accept": false, "text": "重抄"})).ok();
    assert_eq!((&back["state"], &back["decided_by"]), (&json!("sent_back"), &json!("manager")));
    let old = manager.post(&path, &values(&days_ago(30), 222.0)).ok();
    assert_eq!(
        (&old["state"], &old["receipt"]["awaiting_approval"]),
        (&json!("done"), &json!(1)),
        "{old}"
    );
    assert_eq!(old["receipt"]["notes"][0]["check"], "replaces");
}

#[test]
fn a_reported_outage_excuses_missing_uploads_for_three_working_days() {
    let (app, unit, _) = stage(&[]);
    app.wait_until_assessed();
    let clerk = Person::sign_in(&app, "clerk");
    let path = format!("/api/v1/units/{}/outages", unit.code);
    let (from, to) = (days_ago(9), days_ago(1));
    let report = |from: &str, to: &str| json!({"from": from, "to": to, "reason": "通讯模块损坏"});
    clerk.post(&path, &report(&to, &from)).problem(400, "parameter_invalid");
    clerk.post(&path, &report("2999-01-01", "2999-01-02")).problem(400, "parameter_invalid");
    let it = clerk.post(&path, &report(&from, &to)).ok();
    assert_eq!((&it["kind"], &it["receipt"]["from"]), (&json!("outage"), &json!(from)));
    let excused = it["receipt"]["excused_until"].clone();
    // The page of the unit says so to everybody who sees it, as long as the outage lasts.
    let card = clerk.get(&format!("/api/v1/units/{}", unit.code)).ok();
    assert_eq!(card["outage"], Value::Null, "it is over: {card}");
    clerk.post(&path, &report(&days_ago(1), &days_ago(0))).ok();
    let card = clerk.get(&format!("/api/v1/units/{}", unit.code)).ok();
    assert_eq!(card["outage"]["from"], json!(days_ago(1)));
    let findings = format!("/api/v1/quality/findings?unit={}", unit.code);
    let rows = app.admin_get(&findings).ok()["rows"].clone();
    let silent: Vec<_> = rows
        .as_array()
        .expect("rows")
        .iter()
        .filter(|it| it["rule"] == "silent" && it["to"].as_str() >= Some(from.as_str()))
        .collect();
    assert!(!silent.is_empty(), "{rows}");
    assert!(silent.iter().all(|it| it["excused_until"] == excused), "{silent:?}");
    Person::sign_in(&app, "stranger").post(&path, &report(&from, &to)).problem(404, "not_found");
    // Withdrawn, it excuses nothing, and the receipt stays.
    let last = clerk.get("/api/v1/submissions").ok()["rows"][0]["submission_id"].clone();
    let withdraw = format!("/api/v1/submissions/{last}/withdraw");
    clerk.post(&withdraw, &json!({"reason": "误报"})).ok();
    clerk.post(&withdraw, &json!({"reason": "误报"})).problem(409, "submission_decided");
    let card = clerk.get(&format!("/api/v1/units/{}", unit.code)).ok();
    assert_eq!(card["outage"], Value::Null, "the one that lasts was withdrawn: {card}");
    let seen = Person::sign_in(&app, "officer").get("/api/v1/submissions").ok();
    assert_eq!(seen["rows"][0]["reason"], "通讯模块损坏");
}
