//! What the unit sees: nothing of a clue, and from the first notice on its steps, papers, frozen evidence with what changed
//! since; it adds proof.

use nengce_shared::api::case::{CaseDetail, CaseList};
use nengce_shared::api::case_papers::EvidenceDetail;
use nengce_shared::api::home::Home;
use nengce_shared::api::targets::{InspectionTargets, Reason};
use nengce_shared::case::{CaseStep, EvidenceKind};
use nengce_tests::support::cases::{Sides, code_of, stage};
use nengce_tests::support::message::{RAW_COAL, day};
use nengce_tests::support::person::Person;
use serde_json::json;

#[test]
fn the_unit_learns_of_a_case_by_the_notice_and_sees_nothing_of_the_clue() {
    let city = stage(&[]);
    let unit = code_of(&city, "蓟北水泥");
    let sides = Sides::of(&city.app);
    let case = sides.open(&unit, "V04", &json!({"text": "匿名举报人张某"}));
    sides.steps(
        case,
        &[("opening_asked", "2026-04-08", json!({})), ("opened", "2026-04-09", json!({}))],
    );
    let path = format!("/api/v1/cases/{case}");
    sides.manager.get(&path).problem(404, "not_found");
    sides
        .manager
        .post(&format!("{path}/answers"), &json!({"step": "message", "text": "？"}))
        .problem(404, "not_found");
    let none: CaseList = sides.manager.get("/api/v1/cases").read();
    assert_eq!(none.total, 0);
    sides.steps(case, &[("inspection_notice", "2026-04-09", json!({"due": "2026-04-20"}))]);
    let seen = sides.manager.get(&path);
    let text = seen.text();
    assert!(!text.contains("张某") && !text.contains("津函"), "{text}");
    let seen: CaseDetail = seen.read();
    let steps: Vec<CaseStep> = seen.steps.iter().map(|it| it.step).collect();
    assert_eq!(steps, [CaseStep::InspectionNotice]);
    let kinds: Vec<&str> = seen.documents.iter().map(|it| it.kind.as_str()).collect();
    assert_eq!(kinds, ["inspection_notice"], "the form of opening is the authority's own");
    sides.manager.get(&format!("{path}/documents/1")).problem(404, "not_found");
    sides.manager.get(&format!("{path}/documents/2")).ok();
}

#[test]
fn frozen_evidence_stays_and_a_later_correction_stands_beside_it() {
    let city = stage(&[]);
    let unit = code_of(&city, "蓟北水泥");
    let sides = Sides::of(&city.app);
    let case = sides.not_met(&unit);
    let detail: CaseDetail = sides.manager.get(&format!("/api/v1/cases/{case}")).read();
    let readings =
        detail.evidence.iter().find(|it| it.kind == EvidenceKind::Readings).expect("readings");
    assert_eq!(detail.evidence.len(), 4);
    let path = format!("/api/v1/cases/{case}/evidence/{}", readings.number);
    let before: EvidenceDetail = sides.manager.get(&path).read();
    let daily = before.table.rows.iter().filter(|it| it[1] == "day").count();
    assert_eq!(daily, 3 * 31, "three items, 31 days");
    assert!(before.changes.is_empty());
    let place = city.units.iter().position(|it| it.code == unit).expect("a unit");
    let terminal = city.app.terminal(&city.units[place]);
    terminal.upload(&[day(RAW_COAL, "2025-12-05", 5_000.0)]).received();
    let after: EvidenceDetail = sides.manager.get(&path).read();
    assert_eq!(after.table, before.table);
    assert_eq!(after.about.sm3, before.about.sm3);
    let old_enough = after.changes.is_empty();
    // Values of closed months wait for an operator; the change shows once they are approved.
    if old_enough {
        let waiting = city.app.admin("GET", "/api/v1/replacements", Vec::new()).ok();
        let id = waiting["rows"][0]["replacement_id"].as_u64().expect("it waits");
        let body = json!({"reason": "核对"}).to_string().into_bytes();
        city.app
            .admin_post(&format!("/api/v1/replacements/{id}/approve"), body, "application/json")
            .ok();
    }
    let after: EvidenceDetail = sides.manager.get(&path).read();
    assert_eq!(after.changes.len(), 1, "{:?}", after.changes);
    let change = &after.changes[0];
    let value = |it: &Option<Vec<String>>| it.as_ref().map(|it| it[3].clone());
    assert_eq!(
        (value(&change.before).as_deref(), value(&change.after).as_deref()),
        (Some("5500"), Some("5000"))
    );
}

#[test]
fn both_sides_write_and_add_files_that_stay() {
    let city = stage(&[]);
    let unit = code_of(&city, "蓟北水泥");
    let sides = Sides::of(&city.app);
    let case = sides.not_met(&unit);
    let path = format!("/api/v1/cases/{case}");
    let file = "整改完成，见附件".as_bytes().to_vec();
    let added = sides.manager.send_bytes(
        "POST",
        &format!("{path}/unit-files?name=整改.txt"),
        file.clone(),
        "application/octet-stream",
    );
    let added: CaseDetail = added.read();
    let step = added.steps.last().expect("a step");
    assert_eq!(step.step, CaseStep::File);
    let id = step.file.as_ref().expect("a file").file_id;
    assert_eq!(sides.inspector.get(&format!("{path}/files/{id}")).body, file);
    Person::sign_in(&city.app, "other")
        .get(&format!("{path}/files/{id}"))
        .problem(404, "not_found");
    let fake = sides.inspector.send_bytes(
        "POST",
        &format!("{path}/files?name=照片.jpg"),
        b"MZ\x90\0".to_vec(),
        "application/octet-stream",
    );
    fake.problem(400, "parameter_invalid");
    sides
        .manager
        .post(&format!("{path}/answers"), &json!({"step": "message", "text": "请查收"}))
        .ok();
    let seen: CaseDetail = sides.inspector.get(&path).read();
    assert_eq!(seen.steps.last().map(|it| it.text.as_str()), Some("请查收"));
    assert_eq!(seen.case.state, CaseStep::NotMet, "a message is no state");
}

#[test]
fn the_ranking_knows_repeat_offenders_and_only_the_authority_is_told() {
    let city = stage(&[]);
    let unit = code_of(&city, "蓟北水泥");
    let sides = Sides::of(&city.app);
    let parts = |person: &Person<'_>| -> Vec<(Reason, f64)> {
        let targets: InspectionTargets = person.get("/api/v1/inspection-targets").read();
        let all = targets.rows.into_iter().chain(targets.others);
        let row = all.into_iter().find(|it| it.unit.enterprise_code == unit);
        row.map(|it| it.parts.iter().map(|it| (it.reason, it.value)).collect()).unwrap_or_default()
    };
    let offences = |person: &Person<'_>| {
        parts(person).into_iter().find(|it| it.0 == Reason::RepeatOffender).map(|it| it.1)
    };
    assert_eq!(offences(&sides.inspector), None);
    let fined = sides.decided(&unit);
    sides.open(&unit, "V04", &json!({}));
    assert_eq!(offences(&sides.inspector), Some(1.0), "a clue is no offence");
    let home: Home = sides.inspector.get("/api/v1/home").read();
    let first = home.parts.iter().find(|it| it.name == "targets").expect("targets");
    assert!(first.figures.iter().any(|it| it.name == "repeat_offender"), "{:?}", first.figures);
    assert_eq!(offences(&sides.manager), None, "the unit's side is not ranked by its cases");
    sides.steps(fined, &[("revoked", "2026-06-01", json!({}))]);
    assert_eq!(offences(&sides.inspector), None, "a revoked decision does not count");
}
