//! An inspection case that is driven over the API: accounts of each side, and steps on days of 2026.

use nengce_shared::access::role::Role;
use nengce_shared::api::case::CaseDetail;
use serde_json::{Value, json};

use super::answer::Answer;
use super::app::TestApp;
use super::city::City;
use super::person::{Person, create};

/// A city with an account of each side: `inspector`, `reviewer`, `head`, `policy`, and of the unit `manager` and `clerk`.
pub fn stage(environment: &[(&str, &str)]) -> City {
    let own = [("NENGCE_PUBLIC_READS", ""), ("NENGCE_SECOND_FACTOR_ROLES", "")];
    let all: Vec<(&str, &str)> = own.into_iter().chain(environment.iter().copied()).collect();
    let city = City::on(TestApp::with_environment(&all));
    let unit = code_of(&city, "蓟北水泥");
    for (name, role) in [
        ("inspector", Role::Inspector),
        ("reviewer", Role::LegalReviewer),
        ("head", Role::EnforcementHead),
        ("policy", Role::Policymaker),
        ("metering", Role::MeteringAuthority),
        ("centre", Role::CentreOperator),
    ] {
        create(&city.app, name, &[role], &[], &[]);
    }
    create(&city.app, "manager", &[Role::EnterpriseManager], &[], &[&unit]);
    create(&city.app, "clerk", &[Role::EnterpriseClerk], &[], &[&unit]);
    let other = code_of(&city, "静海水泥");
    create(&city.app, "other", &[Role::EnterpriseManager], &[], &[&other]);
    city
}

/// The credit code of a unit of the city.
#[track_caller]
pub fn code_of(city: &City, name: &str) -> String {
    let found = city.units.iter().find(|it| it.name == name).expect("a unit of the city");
    found.code.clone()
}

/// Everybody who takes part.
pub struct Sides<'a> {
    pub inspector: Person<'a>,
    pub reviewer: Person<'a>,
    pub head: Person<'a>,
    pub manager: Person<'a>,
}

impl<'a> Sides<'a> {
    pub fn of(app: &'a TestApp) -> Self {
        let sign_in = |name: &str| Person::sign_in(app, name);
        Self {
            inspector: sign_in("inspector"),
            reviewer: sign_in("reviewer"),
            head: sign_in("head"),
            manager: sign_in("manager"),
        }
    }

    /// Takes down a clue; the number of the case.
    #[track_caller]
    pub fn open(&self, unit: &str, violation: &str, more: &Value) -> u64 {
        let mut body = json!({"enterprise_code": unit, "violation": violation, "origin": "letter", "origin_ref": "津函1号",
            "text": "来函反映未按期报送", "on": "2026-04-08", "is_joint": false});
        for (key, value) in more.as_object().into_iter().flatten() {
            body[key] = value.clone();
        }
        self.inspector.post("/api/v1/cases", &body).read::<CaseDetail>().case.case_id
    }

    /// Takes a step by the side that takes it.
    pub fn step(&self, case: u64, step: &str, on: &str, details: Value) -> Answer {
        let (person, place) = match step {
            "opened" | "not_opened" | "extension_granted" | "extension_refused" | "decision"
            | "no_penalty" | "revoked" | "stopped" => (&self.head, "approvals"),
            "review_passed" | "review_returned" => (&self.reviewer, "reviews"),
            "extension_asked" | "statement" | "hearing_asked" => (&self.manager, "answers"),
            _ => (&self.inspector, "steps"),
        };
        let text = format!("{step}：核查情况属实");
        let body = json!({"step": step, "on": on, "text": text, "details": details});
        person.post(&format!("/api/v1/cases/{case}/{place}"), &body)
    }

    /// Takes several steps, each of which must be taken.
    #[track_caller]
    pub fn steps(&self, case: u64, all: &[(&str, &str, Value)]) -> CaseDetail {
        let mut last = None;
        for (step, on, details) in all {
            last = Some(self.step(case, step, on, details.clone()).read());
        }
        last.expect("a step")
    }

    /// A case whose order was not carried out, with frozen evidence.
    #[track_caller]
    pub fn not_met(&self, unit: &str) -> u64 {
        let case =
            self.open(unit, "V02", &json!({"act_from": "2025-12-01", "act_to": "2025-12-31"}));
        self.steps(
            case,
            &[
                ("opening_asked", "2026-04-09", json!({})),
                ("opened", "2026-04-10", json!({})),
                ("inspection_notice", "2026-04-10", json!({"due": "2026-04-16"})),
                ("served", "2026-04-10", served()),
                ("record", "2026-04-16", json!({"officers": officers()})),
                ("evidence", "2026-04-16", json!({})),
                ("order", "2026-04-16", json!({"due": "2026-05-15"})),
                ("served", "2026-04-17", served()),
                ("not_met", "2026-05-18", json!({})),
            ],
        );
        case
    }

    /// A case whose fine was decided and served.
    #[track_caller]
    pub fn decided(&self, unit: &str) -> u64 {
        let case = self.not_met(unit);
        self.steps(
            case,
            &[
                ("intended_penalty", "2026-05-19", json!({})),
                ("served", "2026-05-19", served()),
                ("statement", "2026-05-21", json!({})),
                ("review_passed", "2026-05-27", json!({})),
                ("decision", "2026-05-28", json!({})),
                ("served", "2026-05-28", served()),
            ],
        );
        case
    }
}

/// How a document was served.
pub fn served() -> Value {
    json!({"way": "in_person", "receiver": "刘某"})
}

/// Two officers with their certificates.
pub fn officers() -> Value {
    json!([{"name": "王某", "certificate": "津-0417", "authority": "节能监察机构"},
           {"name": "李某", "certificate": "津-0422", "authority": "市场监管局"}])
}
