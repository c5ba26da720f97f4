//! Short cuts over the API: another side's steps, steps out of order, too early, by who handled the case; fields that are
//! wrong; undoing.

use nengce_shared::access::role::Role;
use nengce_shared::api::case::CaseDetail;
use nengce_shared::case::{CaseActor, CaseStep};
use nengce_tests::support::cases::{Sides, code_of, officers, served, stage};
use nengce_tests::support::person::{Person, create};
use serde_json::{Value, json};

#[test]
fn no_short_cut_leads_to_a_penalty() {
    let city = stage(&[]);
    let unit = code_of(&city, "蓟北水泥");
    let sides = Sides::of(&city.app);
    let case = sides.not_met(&unit);
    let refused = |step: &str, on: &str, why: &str| {
        let answer = sides.step(case, step, on, json!({"due": "2026-12-30"}));
        let told = answer.problem(409, "case_step_refused");
        assert!(told["detail"].as_str().is_some_and(|it| it.contains(why)), "{step}: {told}");
    };
    refused("decision", "2026-05-19", "may not follow");
    refused("review_passed", "2026-05-19", "may not follow");
    refused("paid", "2026-05-19", "may not follow");
    sides.steps(case, &[("intended_penalty", "2026-05-19", json!({}))]);
    refused("review_passed", "2026-05-30", "has not been served");
    sides.steps(case, &[("served", "2026-05-20", served())]);
    refused("review_passed", "2026-05-27", "2026-05-28");
    refused("decision", "2026-05-28", "may not follow");
    sides.steps(case, &[("hearing_asked", "2026-05-22", json!({}))]);
    refused("review_passed", "2026-06-30", "hearing");
    let early = sides.step(case, "hearing_notice", "2026-05-25", json!({"due": "2026-06-02"}));
    assert!(early.problem(400, "parameter_invalid").to_string().contains("2026-06-02"));
    sides.steps(
        case,
        &[
            ("hearing_notice", "2026-05-25", json!({"due": "2026-06-09"})),
            ("served", "2026-05-25", served()),
        ],
    );
    refused("hearing_held", "2026-06-05", "2026-06-09");
    sides.steps(
        case,
        &[("hearing_held", "2026-06-09", json!({})), ("review_passed", "2026-06-10", json!({}))],
    );
    let heavier = json!({"circumstances": [{"text": "再犯", "basis": "基准", "is_heavier": true}]});
    let answer = sides.step(case, "decision", "2026-06-11", heavier);
    assert!(answer.problem(400, "parameter_invalid").to_string().contains("art. 45"));
    sides.steps(case, &[("decision", "2026-06-11", json!({}))]);
}

#[test]
fn each_side_takes_its_own_steps_and_nobody_acts_twice() {
    let city = stage(&[]);
    let unit = code_of(&city, "蓟北水泥");
    create(
        &city.app,
        "both",
        &[Role::Inspector, Role::EnforcementHead, Role::LegalReviewer],
        &[],
        &[],
    );
    let sides = Sides::of(&city.app);
    let case = sides.not_met(&unit);
    let body = |step: &str| json!({"step": step, "text": "理由", "on": "2026-05-20"});
    let path = |place: &str| format!("/api/v1/cases/{case}/{place}");
    sides.inspector.post(&path("approvals"), &body("opened")).problem(403, "forbidden");
    sides.inspector.post(&path("reviews"), &body("review_passed")).problem(403, "forbidden");
    sides.head.post(&path("steps"), &body("intended_penalty")).problem(403, "forbidden");
    sides.manager.post(&path("steps"), &body("closed")).problem(403, "forbidden");
    sides
        .inspector
        .post(&path("steps"), &body("extension_asked"))
        .problem(409, "case_step_refused");
    Person::sign_in(&city.app, "clerk")
        .post(&path("answers"), &body("message"))
        .problem(403, "forbidden");
    Person::sign_in(&city.app, "policy")
        .post(&path("steps"), &body("message"))
        .problem(403, "forbidden");
    for name in ["centre", "other"] {
        let person = Person::sign_in(&city.app, name);
        let status = person.get(&format!("/api/v1/cases/{case}")).status;
        assert!([403, 404].contains(&status), "{name}: {status}");
    }
    // One person of all roles handles a case and may then neither open nor review it.
    let both = Person::sign_in(&city.app, "both");
    let clue = json!({"enterprise_code": unit, "violation": "V04", "origin": "report", "origin_ref": "", "text": "举报",
        "on": "2026-04-08", "is_joint": false});
    let own = both.post("/api/v1/cases", &clue).read::<CaseDetail>().case.case_id;
    let step = |place: &str, step: &str| {
        both.post(
            &format!("/api/v1/cases/{own}/{place}"),
            &json!({"step": step, "text": "理由", "on": "2026-04-08"}),
        )
    };
    step("steps", "opening_asked").ok();
    step("approvals", "opened").problem(409, "case_step_refused");
}

#[test]
fn fields_days_and_undoing_are_checked() {
    let city = stage(&[("NENGCE_MAX_CASE_STEPS", "12")]);
    let unit = code_of(&city, "蓟北水泥");
    let sides = Sides::of(&city.app);
    let clue = |more: Value| {
        let mut body = json!({"enterprise_code": unit, "violation": "V04", "origin": "letter", "origin_ref": "", "text": "来函", "is_joint": false});
        more.as_object().into_iter().flatten().for_each(|(key, value)| body[key] = value.clone());
        sides.inspector.post("/api/v1/cases", &body)
    };
    clue(json!({"violation": "V99"})).problem(400, "parameter_invalid");
    clue(json!({"text": " "})).problem(400, "parameter_invalid");
    clue(json!({"on": "2099-01-01"})).problem(400, "parameter_invalid");
    clue(json!({"act_from": "2026-02-01", "act_to": "2026-01-01"}))
        .problem(400, "parameter_invalid");
    clue(json!({"enterprise_code": "91120000000000000X"})).problem(404, "not_found");
    let case = sides.open(&unit, "V04", &json!({}));
    sides.steps(
        case,
        &[("opening_asked", "2026-04-09", json!({})), ("opened", "2026-04-10", json!({}))],
    );
    let wrong = |step: &str, on: &str, details: Value, field: &str| {
        let told =
            sides.step(case, step, on, details).problem(400, "parameter_invalid").to_string();
        assert!(told.contains(field), "{step}: {told}");
    };
    wrong("record", "2026-04-09", json!({"officers": officers()}), "2026-04-10");
    wrong("record", "2099-01-01", json!({"officers": officers()}), "on");
    wrong("record", "2026-04-11", json!({"officers": officers()}), "without_notice");
    wrong(
        "record",
        "2026-04-11",
        json!({"without_notice": true, "officers": [{"name": "王某", "certificate": "1", "authority": ""}]}),
        "officers",
    );
    sides.steps(
        case,
        &[("record", "2026-04-11", json!({"without_notice": true, "officers": officers()}))],
    );
    wrong("order", "2026-04-11", json!({}), "due");
    wrong("order", "2026-04-11", json!({"due": "2026-10-12"}), "2026-10-11");
    let empty = json!({"step": "advice", "text": " ", "on": "2026-04-11"});
    sides
        .inspector
        .post(&format!("/api/v1/cases/{case}/steps"), &empty)
        .problem(400, "parameter_invalid");
    // Only the side of the last step undoes it, with a reason; the step stays in the history.
    let undo = json!({"step": "undone", "text": "笔录日期有误"});
    sides
        .head
        .post(&format!("/api/v1/cases/{case}/approvals"), &undo)
        .problem(409, "case_step_refused");
    let undone: CaseDetail =
        sides.inspector.post(&format!("/api/v1/cases/{case}/steps"), &undo).read();
    assert_eq!(undone.case.state, CaseStep::Opened);
    let record = undone.steps.iter().find(|it| it.step == CaseStep::Record).expect("it stays");
    assert!(record.is_undone && undone.next.iter().any(|it| it.step == CaseStep::Record));
    assert_eq!(undone.acts_as, [CaseActor::Officer]);
    for at in 0..7 {
        let message = json!({"step": "message", "text": format!("第 {at} 条")});
        sides.inspector.post(&format!("/api/v1/cases/{case}/steps"), &message).ok();
    }
    let full = json!({"step": "message", "text": "满"});
    sides
        .inspector
        .post(&format!("/api/v1/cases/{case}/steps"), &full)
        .problem(409, "case_step_refused");
}

#[test]
fn one_act_is_fined_once_and_an_old_one_not_at_all() {
    let city = stage(&[]);
    let unit = code_of(&city, "蓟北水泥");
    let sides = Sides::of(&city.app);
    sides.decided(&unit);
    let second = sides.not_met(&unit);
    let refused = sides.step(second, "intended_penalty", "2026-05-20", json!({}));
    assert!(refused.problem(409, "case_step_refused").to_string().contains("art. 29"));
    let old = sides.open(&unit, "V02", &json!({"act_from": "2024-03-01", "act_to": "2024-03-31"}));
    sides.steps(
        old,
        &[
            ("opening_asked", "2026-04-09", json!({})),
            ("opened", "2026-04-10", json!({})),
            ("record", "2026-04-11", json!({"without_notice": true, "officers": officers()})),
            ("evidence", "2026-04-11", json!({})),
            ("order", "2026-04-11", json!({"due": "2026-05-10"})),
            ("served", "2026-04-11", served()),
            ("not_met", "2026-05-11", json!({})),
        ],
    );
    let refused = sides.step(old, "intended_penalty", "2026-05-12", json!({}));
    assert!(refused.problem(409, "case_step_refused").to_string().contains("2026-03-31"));
}
