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

/// What nobody has decided about is taken back with a reason; what counts is not, nor by a stranger.
#[test]
fn what_waits_is_taken_back_and_what_counts_is_not() {
    let (app, unit, missing) = stage(&[("NENGCE_SECOND_PAIR_OF_EYES", "true")]);
    let (clerk, manager) = (Person::sign_in(&app, "clerk"), Person::sign_in(&app, "manager"));
    let path = format!("/api/v1/units/{}/values", unit.code);
    let waiting = clerk.post(&path, &values(&missing, 211.0)).ok();
    assert_eq!(waiting["state"], "to_confirm", "{waiting}");
    let withdraw = format!("/api/v1/submissions/{}/withdraw", waiting["submission_id"]);
    let why = json!({"reason": "抄错了表"});
    assert_eq!(clerk.post(&withdraw, &json!({"reason": " "})).status, 400, "it needs a reason");
    Person::sign_in(&app, "stranger").post(&withdraw, &why).problem(404, "not_found");
    let taken = clerk.post(&withdraw, &why).ok();
    assert_eq!(taken["state"], "withdrawn");
    let confirm = format!("/api/v1/submissions/{}/confirm", waiting["submission_id"]);
    manager.post(&confirm, &json!({"accept": true, "text": ""})).problem(409, "conflict");
    let query = format!(
        "/api/v1/units/{}/readings?data_code={ELECTRICITY}&from={missing}&to={missing}",
        unit.code
    );
    assert_eq!(clerk.get(&query).ok()["rows"], json!([]), "it never counted");

    let counts = manager.post(&path, &values(&missing, 212.0)).ok();
    assert_eq!(counts["state"], "done", "{counts}");
    let withdraw = format!("/api/v1/submissions/{}/withdraw", counts["submission_id"]);
    let refused = manager.post(&withdraw, &why);
    assert_eq!(refused.status, 409, "{}", refused.text());
    assert!(refused.text().contains("officer"), "it says whom to ask: {}", refused.text());
}

/// A draft is its account's own, bounded in bytes and in number, and gone once it is deleted.
#[test]
fn drafts_are_kept_for_their_account_alone() {
    let settings = [("NENGCE_DRAFT_BYTES", "40"), ("NENGCE_MAX_DRAFTS_PER_ACCOUNT", "2")];
    let (app, ..) = stage(&settings);
    let (clerk, manager) = (Person::sign_in(&app, "clerk"), Person::sign_in(&app, "manager"));
    let path = |name: &str| format!("/api/v1/drafts/{name}");
    let body = |text: &str| json!({"body": text, "changed_at": null});
    assert_eq!(clerk.get(&path("finding-1")).ok()["body"], Value::Null);
    clerk.send("PUT", &path("finding-1"), Some(&body("半句话"))).ok();
    let kept = clerk.get(&path("finding-1")).ok();
    assert_eq!(kept["body"], "半句话");
    assert!(kept["changed_at"].is_string());
    assert_eq!(manager.get(&path("finding-1")).ok()["body"], Value::Null, "it is another's");
    let long = "长".repeat(14);
    clerk.send("PUT", &path("finding-1"), Some(&body(&long))).problem(413, "body_too_large");
    clerk.send("PUT", &path("a.b"), Some(&body("x"))).problem(400, "parameter_invalid");
    for name in ["finding-2", "finding-3"] {
        clerk.send("PUT", &path(name), Some(&body(name))).ok();
    }
    let left = ["finding-1", "finding-2", "finding-3"];
    let left = left.map(|it| clerk.get(&path(it)).ok()["body"].is_string());
    assert_eq!(left.iter().filter(|it| **it).count(), 2, "the oldest goes");
    assert_eq!(clerk.send("DELETE", &path("finding-3"), None).status, 204);
    assert_eq!(clerk.get(&path("finding-3")).ok()["body"], Value::Null);
}

#[test]
fn a_file_of_values_is_looked_at_and_stores_nothing_until_it_is_submitted() {
    let (app, unit, missing) = stage(&[]);
    let clerk = Person::sign_in(&app, "clerk");
    let path = |rest: &str| format!("/api/v1/units/{}{rest}", unit.code);
    let read = |file: &str| {
        clerk.send_bytes("POST", &path("/values/read"), file.as_bytes().to_vec(), "text/csv")
    };
    let today = days_ago(0);
    let wrong = format!(
        "采集项,时段,数值,单位\n电力,{missing},贵,\n石油,{missing},1,\n{ELECTRICITY},{today},5,\n{ELECTRICITY},{missing},5,吨\n{ELECTRICITY},13月,5,\n"
    );
    let found = read(&wrong).ok();
    let cells: Vec<(u64, &str)> = found["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .map(|it| (it["row"].as_u64().unwrap_or(0), it["field"].as_str().unwrap_or("")))
        .collect();
    assert_eq!(
        cells,
        [(2, "数值"), (3, "采集项"), (4, "时段"), (5, "单位"), (6, "时段")],
        "{found}"
    );
    let twice = format!("采集项,日期,值\n电力,{missing},1\n{ELECTRICITY},{missing},2\n");
    assert_eq!(read(&twice).ok()["errors"][0]["row"], 3);
    // 2,110,000 kWh are 211 of the item's unit; ten times the usual value is noticed.
    let file = format!("采集项,时段,数值,单位\n电力,{missing},\"2,110,000\",kWh\n");
    let found = read(&file).ok();
    assert_eq!((&found["rows"], &found["errors"]), (&json!(1), &json!([])));
    assert_eq!(
        found["values"][0],
        json!({"data_code": ELECTRICITY, "period": missing, "value": 211.0})
    );
    let tenfold = read(&file.replace("2,110,000", "21,100,000")).ok();
    assert_eq!(tenfold["notes"][0]["check"], "power_of_ten", "{tenfold}");
    let query = path(&format!("/readings?data_code={ELECTRICITY}&from={missing}&to={missing}"));
    assert_eq!(clerk.get(&query).ok()["rows"], json!([]), "nothing was stored by looking");
    let body = json!({"values": found["values"], "reason": "按抄表记录补报"});
    assert_eq!(clerk.post(&path("/values"), &body).ok()["receipt"]["stored"], 1);
    read("没有,表头\n1,2\n").problem(422, "import_column_missing");
    let stranger = Person::sign_in(&app, "stranger");
    let body = file.into_bytes();
    stranger.send_bytes("POST", &path("/values/read"), body, "text/csv").problem(404, "not_found");
}
