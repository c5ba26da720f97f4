//! The credit list: candidates by rule, two approvals, notice, objection, listing, cure, withdrawal, export.

use nengce_shared::api::credit::{CreditEntry, CreditList, CreditRecord};
use nengce_shared::credit::CreditStep;
use nengce_tests::support::answer::Answer;
use nengce_tests::support::cases::{Sides, code_of, stage};
use nengce_tests::support::person::Person;
use serde_json::json;

fn step(person: &Person<'_>, entry: u64, place: &str, step: &str, on: &str) -> Answer {
    let body = json!({"step": step, "on": on, "text": format!("{step}：情况属实")});
    person.post(&format!("/api/v1/credit-list/{entry}/{place}"), &body)
}

fn propose(sides: &Sides<'_>, case: u64, act: &str) -> Answer {
    let body = json!({"case_id": case, "act": act, "legal_rep": "刘某", "text": "整改未落实"});
    sides.inspector.post("/api/v1/credit-list", &body)
}

fn list(person: &Person<'_>) -> CreditList {
    person.get("/api/v1/credit-list").read()
}

/// Days of entries are entered as they happen; the term of the unit is over once the day of the notice is weeks ago.
#[test]
fn a_row_is_approved_by_two_told_listed_exported_and_cured() {
    let city = stage(&[]);
    let unit = code_of(&city, "蓟北水泥");
    let sides = Sides::of(&city.app);
    let case = sides.decided(&unit);
    let candidate = list(&sides.inspector)
        .candidates
        .into_iter()
        .find(|it| it.act == "C04")
        .expect("a candidate");
    assert_eq!(
        (candidate.unit.enterprise_code.as_str(), candidate.case_id),
        (unit.as_str(), Some(case))
    );
    let made: CreditEntry = propose(&sides, case, "C04").read();
    let id = made.entry_id;
    assert_eq!(made.record.decision_no, "节监罚〔2026〕1号");
    assert_eq!(made.record.evidence_sha256.len(), 64);
    propose(&sides, case, "C04").problem(409, "case_step_refused");
    assert!(list(&sides.inspector).candidates.iter().all(|it| it.act != "C04"));
    assert!(list(&sides.manager).entries.is_empty(), "the unit has not been told");
    step(&sides.inspector, id, "approve", "approved", "2026-11-01").problem(403, "forbidden");
    let today = list(&sides.inspector).today;
    step(&sides.head, id, "approve", "approved", &today).ok();
    step(&sides.inspector, id, "steps", "noticed", &today).problem(409, "case_step_refused");
    let approved: CreditEntry = step(&sides.reviewer, id, "review", "reviewed", &today).read();
    assert_eq!(approved.state, CreditStep::Approved);
    step(&sides.inspector, id, "steps", "noticed", &today).ok();
    assert_eq!(list(&sides.manager).entries.len(), 1);
    let early = step(&sides.inspector, id, "steps", "listed", &today);
    early.problem(409, "case_step_refused");
    step(&sides.manager, id, "object", "objected", &today).ok();
    step(&sides.inspector, id, "steps", "listed", &today).problem(409, "case_step_refused");
    step(&sides.head, id, "approve", "objection_rejected", &today).ok();
    let listed: CreditEntry = step(&sides.inspector, id, "steps", "listed", &today).read();
    assert_eq!(
        (listed.state, listed.record.listed_on.as_str()),
        (CreditStep::Listed, today.as_str())
    );
    let rows: Vec<CreditRecord> = sides.inspector.get("/api/v1/credit-list/export").read();
    assert_eq!(rows.len(), 1);
    let csv = sides.inspector.get("/api/v1/credit-list/export?format=csv").text();
    let heads = csv.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().to_owned();
    assert_eq!(
        heads,
        "uscc,name,legal_rep,act_code,act_zh,level,ground,decision_no,decision_org,decision_date,listed_on,expires_on,cured_on,withdrawn_on,evidence_sha256"
    );
    assert_eq!(sides.inspector.get("/api/v1/credit-list/export?format=xlsx").status, 200);
    let cured: CreditEntry = step(&sides.head, id, "approve", "cured", &today).read();
    assert_eq!((cured.record.cured_on.as_str(), cured.next.len()), (today.as_str(), 0));
}

#[test]
fn nothing_is_listed_without_ground_service_or_evidence_and_a_revoked_decision_calls_it_back() {
    let city = stage(&[]);
    let unit = code_of(&city, "蓟北水泥");
    let sides = Sides::of(&city.app);
    let clue = sides.open(&unit, "V10", &json!({}));
    propose(&sides, clue, "C01").problem(409, "case_step_refused");
    propose(&sides, clue, "C99").problem(400, "parameter_invalid");
    propose(&sides, 99, "C01").problem(404, "not_found");
    let case = sides.decided(&unit);
    let acts = "code,zh,en,rule,level,ground,months,edition,source,certainty\nC04,未落实,Not carried out,order_not_carried_out,general,,12,2026,city,operator\n";
    let import = |content: &str| {
        let path = "/api/v1/imports/dictionary?dictionary=credit_acts&file=credit_acts.csv";
        city.app.admin_post(path, content.as_bytes().to_vec(), "text/csv").ok();
    };
    import(acts);
    let refused = propose(&sides, case, "C04").problem(409, "case_step_refused").to_string();
    assert!(refused.contains("legal ground"), "{refused}");
    let acts = acts.replace(",general,,", ",general,节约能源法第八十三条,");
    import(&acts);
    let id = propose(&sides, case, "C04").read::<CreditEntry>().entry_id;
    let today = list(&sides.inspector).today;
    step(&sides.reviewer, id, "review", "reviewed", &today).ok();
    step(&sides.head, id, "approve", "approved", &today).ok();
    step(&sides.inspector, id, "steps", "noticed", &today).ok();
    step(&sides.manager, id, "object", "objected", &today).ok();
    step(&sides.head, id, "approve", "objection_rejected", &today).ok();
    step(&sides.inspector, id, "steps", "listed", &today).ok();
    sides.steps(case, &[("revoked", "2026-06-01", json!({}))]);
    let entry = list(&sides.inspector).entries.remove(0);
    assert!(entry.is_revoked);
    assert_eq!(entry.due.as_deref(), Some("2026-06-04"), "three working days");
    let gone: CreditEntry = step(&sides.head, id, "approve", "withdrawn", &today).read();
    assert_eq!(gone.record.withdrawn_on, today);
}
