//! Whole cases from the clue to the file: a fine with defence, an order that was carried out after more time, advice, a
//! transfer, a revoked decision.

use nengce_shared::api::case::{CaseDetail, CaseList};
use nengce_shared::api::home::Home;
use nengce_shared::case::{CaseDocumentKind, CasePhase, CaseStep};
use nengce_tests::support::cases::{Sides, code_of, officers, served, stage};
use nengce_tests::support::person::Person;
use serde_json::json;

fn due(it: &CaseDetail, name: &str) -> Option<String> {
    it.deadlines.iter().find(|it| it.name == name).and_then(|it| it.due.clone())
}

#[test]
fn a_fine_with_notice_defence_review_payment_and_its_papers() {
    let city = stage(&[]);
    let unit = code_of(&city, "蓟北水泥");
    let sides = Sides::of(&city.app);
    let case = sides.not_met(&unit);
    let told: CaseDetail = sides
        .step(case, "intended_penalty", "2026-05-19", json!({"circumstances": [{"text": "主动配合", "basis": "基准第7项", "is_heavier": false}]}))
        .read();
    assert_eq!(told.case.amount_yuan, Some(25_000.0), "30,000 less one step of 5,000");
    let told = sides
        .steps(case, &[("served", "2026-05-20", served()), ("statement", "2026-05-21", json!({}))]);
    assert_eq!(due(&told, "hearing_request").as_deref(), Some("2026-05-27"), "five working days");
    assert_eq!(due(&told, "decision").as_deref(), Some("2026-07-09"), "ninety calendar days");
    let list: CaseList = sides.inspector.get("/api/v1/cases?mine=true").read();
    assert_eq!((list.total, list.rows[0].phase), (1, CasePhase::Penalty));
    sides.steps(
        case,
        &[
            ("review_passed", "2026-05-28", json!({})),
            ("decision", "2026-05-29", json!({})),
            ("served", "2026-05-29", served()),
        ],
    );
    let late = sides.step(case, "surcharge", "2026-06-23", json!({})).read::<CaseDetail>();
    let surcharge = late.steps.last().and_then(|it| it.details.amount_yuan);
    assert_eq!(surcharge, Some(7_500.0), "due on 06-13: ten days of 3 %");
    let filed = sides.steps(
        case,
        &[
            ("published", "2026-06-24", json!({})),
            ("paid", "2026-06-25", json!({})),
            ("closed", "2026-06-26", json!({})),
            ("filed", "2026-06-27", json!({})),
        ],
    );
    assert_eq!(filed.case.state, CaseStep::Filed);
    assert!(filed.next.iter().all(|it| it.step == CaseStep::Revoked), "{:?}", filed.next);
    let kinds: Vec<CaseDocumentKind> = filed.documents.iter().map(|it| it.kind).collect();
    for kind in [
        "opening_form",
        "inspection_notice",
        "record",
        "order",
        "reinspection",
        "intended_penalty",
        "legal_review",
        "decision",
        "surcharge",
        "service_receipt",
        "closing_report",
    ] {
        let kind = CaseDocumentKind::parse(kind).expect("a kind");
        assert!(kinds.contains(&kind), "{kind} of {kinds:?}");
    }
    let decision = filed.documents.iter().find(|it| it.kind == CaseDocumentKind::Decision);
    assert_eq!(decision.map(|it| it.number.as_str()), Some("节监罚〔2026〕1号"));
    let open: CaseList = sides.inspector.get("/api/v1/cases").read();
    assert_eq!(open.total, 0, "a filed case is in the archive alone");
    let archive: CaseList = sides.inspector.get("/api/v1/cases?phase=filed").read();
    assert_eq!(archive.total, 1);
}

#[test]
fn an_order_with_more_time_is_carried_out_and_each_sees_whose_turn_it_is() {
    let city = stage(&[]);
    let unit = code_of(&city, "蓟北水泥");
    let sides = Sides::of(&city.app);
    let case = sides.open(&unit, "V04", &json!({"origin": "report"}));
    sides.steps(case, &[("opening_asked", "2026-04-08", json!({}))]);
    let home: Home = sides.head.get("/api/v1/home").read();
    let part = home.parts.iter().find(|it| it.name == "cases").expect("the head's part");
    let waiting = part.figures.iter().find(|it| it.name == "waiting").and_then(|it| it.value);
    assert_eq!(waiting, Some(1.0), "the opening waits for the head");
    let random = json!({"officers": officers(), "without_notice": true});
    sides.steps(
        case,
        &[
            ("opened", "2026-04-08", json!({})),
            ("record", "2026-04-09", random),
            ("order", "2026-04-09", json!({"due": "2026-09-30"})),
            ("served", "2026-04-09", served()),
        ],
    );
    let home: Home = sides.manager.get("/api/v1/home").read();
    let to_do = home.parts.iter().find(|it| it.name == "to_do").expect("a queue");
    assert!(to_do.rows.iter().any(|it| it.link == format!("/cases/{case}")), "{to_do:?}");
    let done = sides.steps(
        case,
        &[
            ("extension_asked", "2026-09-10", json!({"due": "2026-12-15"})),
            ("extension_granted", "2026-09-11", json!({"due": "2026-12-15"})),
            ("met", "2026-11-20", json!({})),
            ("closed", "2026-11-20", json!({})),
            ("filed", "2026-11-20", json!({})),
        ],
    );
    assert_eq!(due(&done, "extension").as_deref(), Some("2026-12-15"));
}

#[test]
fn advice_a_transfer_a_joint_inspection_and_a_clue_that_is_not_opened() {
    let city = stage(&[]);
    let unit = code_of(&city, "蓟北水泥");
    let sides = Sides::of(&city.app);
    let random = || json!({"officers": officers(), "without_notice": true});
    let opened = |violation: &str, more: serde_json::Value| {
        let case = sides.open(&unit, violation, &more);
        sides.steps(
            case,
            &[("opening_asked", "2026-04-08", json!({})), ("opened", "2026-04-08", json!({}))],
        );
        case
    };
    let advised = opened("V05", json!({}));
    sides.steps(
        advised,
        &[
            ("record", "2026-04-09", random()),
            ("advice", "2026-04-10", json!({})),
            ("closed", "2026-04-11", json!({})),
        ],
    );
    let other = opened("V08", json!({}));
    sides.steps(other, &[("record", "2026-04-09", random())]);
    let refused = sides.step(other, "order", "2026-04-10", json!({"due": "2026-05-10"}));
    assert!(
        refused.problem(409, "case_step_refused")["detail"]
            .as_str()
            .is_some_and(|it| it.contains("移送"))
    );
    sides.steps(other, &[("transferred", "2026-04-10", json!({}))]);
    let joint = opened("V01", json!({"is_joint": true}));
    sides.steps(
        joint,
        &[
            ("record", "2026-04-09", random()),
            ("order", "2026-04-10", json!({"due": "2026-05-10"})),
        ],
    );
    let metering = Person::sign_in(&city.app, "metering");
    let seen: CaseList = metering.get("/api/v1/cases").read();
    assert_eq!(
        seen.rows.iter().map(|it| it.case_id).collect::<Vec<_>>(),
        [joint],
        "joint cases alone"
    );
    let clue = sides.open(&unit, "V10", &json!({}));
    sides.steps(
        clue,
        &[
            ("opening_asked", "2026-04-08", json!({})),
            ("not_opened", "2026-04-09", json!({})),
            ("filed", "2026-04-09", json!({})),
        ],
    );
}

#[test]
fn a_revoked_decision_is_withdrawn_from_publication_within_three_working_days() {
    let city = stage(&[]);
    let unit = code_of(&city, "蓟北水泥");
    let sides = Sides::of(&city.app);
    let case = sides.decided(&unit);
    let revoked = sides.steps(
        case,
        &[("published", "2026-09-20", json!({})), ("revoked", "2026-09-24", json!({}))],
    );
    assert_eq!(due(&revoked, "unpublish").as_deref(), Some("2026-09-30"), "without the festival");
    let early = sides.step(case, "closed", "2026-09-28", json!({}));
    early.problem(409, "case_step_refused");
    sides.steps(
        case,
        &[("unpublished", "2026-09-28", json!({})), ("closed", "2026-09-28", json!({}))],
    );
}
