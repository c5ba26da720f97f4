//! Inspection programmes: made from the ranking of the moment, drawn by a seed that anybody can redo, kept as they were.

mod office;

use nengce_shared::access::role::Role;
use nengce_shared::api::programme::{Programme, ProgrammeComparison, ProgrammeList};
use nengce_shared::api::targets::InspectionTargets;
use nengce_shared::inspection::HowChosen;
use nengce_tests::support::answer::Answer;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::city::City;
use nengce_tests::support::message::{ELECTRICITY, day, days_ago};
use nengce_tests::support::person::{Person, create};
use nengce_tests::support::wait::wait_until;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

fn stage() -> City {
    let city = City::on(TestApp::with_environment(&[
        ("NENGCE_PUBLIC_READS", ""),
        ("NENGCE_SECOND_FACTOR_ROLES", ""),
    ]));
    city.app.wait_until_assessed();
    create(&city.app, "inspector", &[Role::Inspector], &[], &[]);
    city
}

fn request(capacity: u32, percent: f64) -> Value {
    json!({"name": "四季度监察", "cycle": "2026-Q4", "capacity": capacity, "random_percent": percent,
        "fairness": "none", "seed": "种子-1", "inspectors": ["王某", "李某", "赵某"]})
}

fn make(person: &Person<'_>, query: &str, body: &Value) -> Answer {
    person.post(&format!("/api/v1/programmes?{query}"), body)
}

fn hash(seed: &str, code: &str) -> String {
    Sha256::digest(format!("{seed}:{code}")).iter().map(|it| format!("{it:02x}")).collect()
}

#[test]
fn a_programme_takes_the_first_of_the_ranking_and_draws_the_others_by_its_seed() {
    let city = stage();
    let inspector = Person::sign_in(&city.app, "inspector");
    let targets: InspectionTargets = inspector.get("/api/v1/inspection-targets").read();
    let looked: Programme = make(&inspector, "dry_run=true", &request(4, 50.0)).read();
    assert_eq!(looked.summary.programme_id, 0);
    let list: ProgrammeList = inspector.get("/api/v1/programmes").read();
    assert!(list.rows.is_empty(), "a look keeps nothing");
    let made: Programme = make(&inspector, "", &request(4, 50.0)).read();
    assert_eq!((made.summary.by_score, made.summary.by_draw), (2, 2));
    let code = |it: &nengce_shared::api::programme::ProgrammeVisit| it.unit.enterprise_code.clone();
    let by_score: Vec<String> =
        made.visits.iter().filter(|it| it.how == HowChosen::Score).map(code).collect();
    let first: Vec<String> =
        targets.rows.iter().take(2).map(|it| it.unit.enterprise_code.clone()).collect();
    assert_eq!(by_score, first);
    // The draw is redone by hand: the smallest hashes of all other units.
    let mut others: Vec<String> = made
        .ranking
        .iter()
        .map(|it| it.enterprise_code.clone())
        .filter(|it| !by_score.contains(it))
        .collect();
    assert_eq!(others.len() + 2, city.units.len(), "units without a reason can be drawn");
    others.sort_by_key(|it| hash("种子-1", it));
    let drawn: Vec<String> =
        made.visits.iter().filter(|it| it.how == HowChosen::Draw).map(code).collect();
    assert_eq!(drawn, others[..2]);
    assert!(made.visits.iter().all(|it| it.inspectors.len() == 2 && !it.sentence_zh.is_empty()));
    assert_eq!(made.visits, looked.visits, "what was looked at is what is kept");

    // Later data change the ranking, and not the programme.
    let unit = city.unit("蓟北水泥").clone();
    city.app.terminal(&unit).upload(&[day(ELECTRICITY, &days_ago(1), 1.0)]).received();
    city.app.wait_until_assessed();
    let path = format!("/api/v1/programmes/{}", made.summary.programme_id);
    let kept: Programme = inspector.get(&path).read();
    assert_eq!((&kept.visits, &kept.ranking), (&made.visits, &made.ranking));
    let compared: ProgrammeComparison = inspector.get(&format!("{path}/compare")).read();
    assert_eq!(compared.after.programme_id, 0);
    assert_eq!(compared.stayed + compared.left, 4);
    let weighted: Programme = make(&inspector, "criteria=silent:0", &request(4, 0.0)).read();
    assert!(weighted.question.starts_with("criteria=silent"), "{}", weighted.question);
    let with = format!("{path}/compare?with={}", weighted.summary.programme_id);
    let compared: ProgrammeComparison = inspector.get(&with).read();
    let silent = compared.rows.iter().flat_map(|it| &it.changes);
    assert!(
        silent.clone().any(|it| it.reason.as_str() == "silent" && it.after == 0.0),
        "{compared:?}"
    );

    // Files of it, and its withdrawal, which leaves it in the list.
    let csv = inspector.get(&format!("{path}?format=csv&lang=zh")).text();
    assert!(csv.contains("随机抽取") && csv.lines().count() >= 5, "{csv}");
    let xlsx = inspector.get(&format!("{path}?format=xlsx"));
    assert!(xlsx.body.starts_with(b"PK"));
    let docx = inspector.get(&format!("{path}?format=docx"));
    assert!(
        docx.body.starts_with(b"PK") && docx.header("content-type").contains("wordprocessingml")
    );
    inspector
        .post(&format!("{path}/withdraw"), &json!({"reason": ""}))
        .problem(400, "parameter_invalid");
    inspector.post(&format!("{path}/withdraw"), &json!({"reason": "改期"})).ok();
    inspector
        .post(&format!("{path}/withdraw"), &json!({"reason": "改期"}))
        .problem(409, "conflict");
    let list: ProgrammeList = inspector.get("/api/v1/programmes").read();
    let states: Vec<&str> = list.rows.iter().map(|it| it.state.as_str()).collect();
    assert_eq!(states, ["in_force", "withdrawn"]);
}

#[test]
fn nobody_else_reads_a_programme_and_wrong_ones_are_refused() {
    let city = stage();
    let inspector = Person::sign_in(&city.app, "inspector");
    for (field, value) in [
        ("capacity", json!(0)),
        ("capacity", json!(1000)),
        ("random_percent", json!(101)),
        ("name", json!(" ")),
        ("inspectors", json!(["王某"])),
        ("inspectors", json!(["王某", "王某"])),
    ] {
        let mut body = request(4, 10.0);
        body[field] = value;
        make(&inspector, "", &body).problem(400, "parameter_invalid");
    }
    make(&inspector, "criteria=nothing:1", &request(4, 0.0)).problem(400, "parameter_invalid");
    let id = make(&inspector, "", &request(2, 0.0)).ok()["summary"]["programme_id"].clone();
    inspector.get("/api/v1/programmes/99").problem(404, "not_found");
    create(&city.app, "policy", &[Role::Policymaker], &[], &[]);
    create(&city.app, "manager", &[Role::EnterpriseManager], &[], &[&city.units[0].code]);
    for name in ["policy", "manager"] {
        let person = Person::sign_in(&city.app, name);
        person.get("/api/v1/programmes").problem(403, "forbidden");
        person.get(&format!("/api/v1/programmes/{id}")).problem(403, "forbidden");
        make(&person, "", &request(2, 0.0)).problem(403, "forbidden");
    }
    city.app.get("/api/v1/programmes").problem(401, "unauthorised");
}

#[test]
fn the_ranking_of_the_month_is_kept_once_by_the_server() {
    let city = City::on(TestApp::with_environment(&[
        ("NENGCE_PUBLIC_READS", ""),
        ("NENGCE_SECOND_FACTOR_ROLES", ""),
        ("NENGCE_MONTHLY_RANKING_CHECK_SECONDS", "1"),
        ("NENGCE_MONTHLY_RANKING_VISITS", "2"),
    ]));
    create(&city.app, "inspector", &[Role::Inspector], &[], &[]);
    let inspector = Person::sign_in(&city.app, "inspector");
    let list = || inspector.get("/api/v1/programmes").read::<ProgrammeList>();
    wait_until("the ranking is kept", || !list().rows.is_empty());
    std::thread::sleep(std::time::Duration::from_millis(2_500));
    let kept = list();
    assert_eq!(kept.rows.len(), 1, "once a month");
    assert_eq!((kept.rows[0].name.as_str(), kept.rows[0].capacity), ("月度排序", 2));
}
