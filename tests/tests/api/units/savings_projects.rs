//! Savings projects: what was computed is kept and signed, a second person redoes it, and changed data show.

use nengce_shared::access::role::Role;
use nengce_shared::api::savings::{SavingsProject, SavingsProjectList, SavingsView};
use nengce_shared::submission::Side;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, RAW_COAL, month};
use nengce_tests::support::person::{Person, create};
use nengce_tests::support::terminal::Terminal;
use serde_json::{Value, json};

use super::savings::named;

const QUESTION: &str = "works_from=2024-06&baseline_months=17&until=2024-12";

/// A server that nobody reads without signing in.
fn app(more: &[(&str, &str)]) -> TestApp {
    let closed = [("NENGCE_PUBLIC_READS", ""), ("NENGCE_SECOND_FACTOR_ROLES", "")];
    TestApp::with_environment(&[&closed[..], more].concat())
}

fn people(app: &TestApp, unit: &str) {
    for (name, role) in [
        ("manager", Role::EnterpriseManager),
        ("clerk", Role::EnterpriseClerk),
        ("officer", Role::CaseOfficer),
    ] {
        create(app, name, &[role], &[], &[unit]);
    }
}

fn body() -> Value {
    json!({"name": "余热发电", "meters": ["D-103"], "note": "1#窑余热锅炉"})
}

/// The plant of the savings, with one meter.
fn plant<'a>(app: &'a TestApp, name: &str) -> Terminal<'a> {
    let plant = super::savings::plant(app, name);
    let meter = json!({
        "code": "D-103", "name": "余热发电上网电能表", "level": 1, "state": 1, "energyType": "3300", "accuracyClass": "0.5S",
        "lastCheckDate": "2024-03-01", "nextCheckDate": "2999-01-01", "dataCodes": [RAW_COAL],
    });
    let code = &plant.enterprise.code;
    let message = json!({"deviceId": plant.device_id, "enterpriseCode": code, "data": [meter]});
    plant.upload_metering(&message).received();
    plant
}

fn signing(of: &SavingsProject) -> Value {
    json!({"input_hash": of.project.input_hash, "text": ""})
}

#[test]
fn a_project_is_signed_by_its_unit_and_redone_by_a_second_person() {
    let app = app(&[]);
    let plant = plant(&app, "项目水泥");
    people(&app, &plant.enterprise.code);
    let [manager, clerk, officer] =
        ["manager", "clerk", "officer"].map(|it| Person::sign_in(&app, it));
    let path = format!("/api/v1/units/{}/savings-projects", plant.enterprise.code);
    let shown: SavingsView =
        clerk.get(&format!("/api/v1/units/{}/savings?{QUESTION}", plant.enterprise.code)).read();
    let made: SavingsProject = clerk.post(&format!("{path}?{QUESTION}"), &body()).read();
    // What is kept is what the page shows, with everything named that was left open.
    assert_eq!(made.result, shown);
    assert_eq!((made.project.state.as_str(), made.project.made_by.as_str()), ("computed", "clerk"));
    assert!(
        made.project.question.contains("drivers=")
            && made.project.question.contains("basis=equivalent"),
        "{}",
        made.project.question
    );
    assert_eq!(made.project.input_hash.len(), 64);
    let one = format!("{path}/{}", made.project.project_id);

    officer.post(&format!("{one}/redo"), &json!({"text": ""})).problem(409, "conflict");
    officer.post(&format!("{one}/sign"), &signing(&made)).problem(403, "forbidden");
    let other = json!({"input_hash": "0".repeat(64), "text": ""});
    manager.post(&format!("{one}/sign"), &other).problem(400, "parameter_invalid");
    let signed: SavingsProject = manager.post(&format!("{one}/sign"), &signing(&made)).read();
    assert_eq!(signed.project.signed_by.as_deref(), Some("manager"));
    manager.post(&format!("{one}/sign"), &signing(&made)).problem(409, "conflict");
    // Whoever signed it is no second person.
    manager.post(&format!("{one}/redo"), &json!({"text": ""})).problem(409, "conflict");
    let redone: SavingsProject =
        officer.post(&format!("{one}/redo"), &json!({"text": "核对"})).read();
    assert_eq!(
        (redone.project.redone_same, redone.project.redone_by.as_deref()),
        (Some(true), Some("officer"))
    );
    assert!(redone.changed_months.is_empty());

    // A month of the report changes: the signed figures stay, the new ones stand beside them.
    plant.upload(&[month(RAW_COAL, &named(20), 2_000.0)]).received();
    let redone: SavingsProject = clerk.post(&format!("{one}/redo"), &json!({"text": ""})).read();
    assert_eq!(redone.project.redone_same, Some(false));
    assert_eq!(redone.changed_months, [named(20)]);
    let saved = |it: &SavingsView| it.outcome.as_ref().expect("figures").saved;
    assert_eq!(redone.result, made.result, "what was signed stays");
    let now = redone.redone.as_ref().expect("a repetition");
    assert!((saved(now) - saved(&made.result)).abs() > 1.0);
    assert!(
        now.data_version > made.result.data_version && now.input_hash != made.project.input_hash
    );

    let gone = manager.post(&format!("{one}/withdraw"), &json!({"text": ""}));
    gone.problem(400, "parameter_invalid");
    let gone: SavingsProject =
        manager.post(&format!("{one}/withdraw"), &json!({"text": "数据更正"})).read();
    let told: Vec<(&str, Side)> = gone.steps.iter().map(|it| (it.step.as_str(), it.side)).collect();
    assert_eq!(
        told,
        [
            ("computed", Side::Unit),
            ("signed", Side::Unit),
            ("redone", Side::Authority),
            ("redone", Side::Unit),
            ("withdrawn", Side::Unit)
        ]
    );
    officer.post(&format!("{one}/redo"), &json!({"text": ""})).problem(409, "conflict");
    let list: SavingsProjectList = officer.get(&path).read();
    assert_eq!((list.rows.len(), list.kept, list.rows[0].state.as_str()), (1, 0, "withdrawn"));
    let events =
        app.admin_get("/api/v1/audit?action=savings_project&outcome=done&order=oldest").ok();
    let actions: Vec<&str> = events["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .filter_map(|it| it["event"]["action"].as_str())
        .collect();
    let of = |it: &str| format!("savings_project.{it}");
    assert_eq!(actions, ["create", "sign", "redo", "redo", "withdraw"].map(of));
}

#[test]
fn meters_and_items_of_a_project_are_those_of_its_unit() {
    let app = app(&[]);
    let plant = plant(&app, "计量点水泥");
    people(&app, &plant.enterprise.code);
    let manager = Person::sign_in(&app, "manager");
    let path = format!("/api/v1/units/{}/savings-projects", plant.enterprise.code);
    let unknown = json!({"name": "甲", "meters": ["D-103", "D-104"], "note": ""});
    let refused = manager.post(&format!("{path}?{QUESTION}"), &unknown);
    assert_eq!(refused.status, 400, "{}", refused.text());
    let problem = &refused.json()["errors"][0];
    assert_eq!(problem["field"], "meters[1]", "{problem}");
    assert!(problem.to_string().contains("D-104"), "{problem}");
    let other = format!("{path}?{QUESTION}&items={ELECTRICITY}");
    let refused = manager.post(&other, &body());
    assert_eq!(refused.json()["errors"][0]["field"], "items", "{}", refused.text());

    let made: SavingsProject =
        manager.post(&format!("{path}?{QUESTION}&items={RAW_COAL}"), &body()).read();
    assert_eq!(made.project.meters, ["D-103"]);
    assert!(made.project.question.ends_with(&format!("&items={RAW_COAL}")), "{made:?}");
    let used: Vec<&str> =
        made.result.items.iter().filter(|it| it.used).map(|it| it.name.code.as_str()).collect();
    assert_eq!(used, [RAW_COAL]);
    // Coal is all that this plant uses: the item and the whole unit have the same saving.
    let whole: SavingsProject = manager.post(&format!("{path}?{QUESTION}"), &body()).read();
    let saved = |it: &SavingsProject| it.project.outcome.saved;
    assert!((saved(&made) - saved(&whole)).abs() < 1e-6, "{} {}", saved(&made), saved(&whole));
    assert_ne!(made.project.input_hash, whole.project.input_hash);
    let one = format!("{path}/{}", made.project.project_id);
    manager.post(&format!("{one}/sign"), &signing(&made)).ok();
    let clerk = Person::sign_in(&app, "clerk");
    let redone: SavingsProject = clerk.post(&format!("{one}/redo"), &json!({"text": ""})).read();
    assert_eq!(redone.project.redone_same, Some(true));
}

#[test]
fn data_that_changed_before_the_signature_are_not_signed() {
    let app = app(&[]);
    let plant = plant(&app, "先变后签");
    people(&app, &plant.enterprise.code);
    let manager = Person::sign_in(&app, "manager");
    let path = format!("/api/v1/units/{}/savings-projects", plant.enterprise.code);
    let made: SavingsProject = manager.post(&format!("{path}?{QUESTION}"), &body()).read();
    plant.upload(&[month(RAW_COAL, &named(3), 1_900.0)]).received();
    let sign = format!("{path}/{}/sign", made.project.project_id);
    manager.post(&sign, &signing(&made)).problem(409, "conflict");
}

#[test]
fn projects_belong_to_their_unit_and_are_bounded() {
    let app = app(&[
        ("NENGCE_MAX_SAVINGS_PROJECTS_PER_UNIT", "1"),
        ("NENGCE_MAX_SAVINGS_STEPS_PER_PROJECT", "3"),
    ]);
    let plant = plant(&app, "有界项目");
    let other = app.terminal(&Enterprise::new("别家水泥")).enterprise.code.clone();
    people(&app, &plant.enterprise.code);
    create(&app, "stranger", &[Role::EnterpriseManager], &[], &[&other]);
    let (manager, clerk) = (Person::sign_in(&app, "manager"), Person::sign_in(&app, "clerk"));
    let path = format!("/api/v1/units/{}/savings-projects", plant.enterprise.code);
    let make = format!("{path}?{QUESTION}");
    manager.post(&format!("{path}?works_from=2023-10"), &body()).problem(409, "conflict");
    let unnamed = json!({"name": " ", "meters": [], "note": ""});
    manager.post(&make, &unnamed).problem(400, "parameter_invalid");
    let made: SavingsProject = manager.post(&make, &body()).read();
    manager.post(&make, &body()).problem(409, "conflict");
    let one = format!("{path}/{}", made.project.project_id);
    manager.post(&format!("{one}/sign"), &signing(&made)).ok();
    clerk.post(&format!("{one}/redo"), &json!({"text": ""})).ok();
    clerk.post(&format!("{one}/redo"), &json!({"text": ""})).problem(409, "conflict");

    let stranger = Person::sign_in(&app, "stranger");
    stranger.get(&path).problem(404, "not_found");
    let elsewhere = format!("/api/v1/units/{other}/savings-projects/{}", made.project.project_id);
    stranger.get(&elsewhere).problem(404, "not_found");
    assert_eq!(app.get(&path).status, 401);
}
