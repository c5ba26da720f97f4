//! Answers to findings: corrected, right as it is, more time; who may answer and decide; the thread; the second pair of eyes.

use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, days};
use nengce_tests::support::person::{Person, create};
use nengce_tests::support::wait::wait_until;
use serde_json::{Value, json};

const FAULT_DAY: &str = "2025-04-10";
const PLAIN: &[(&str, &str)] = &[("NENGCE_SECOND_FACTOR_ROLES", ""), ("NENGCE_PUBLIC_READS", "")];

/// A server with a unit that sent one day 10,000 times as high, and the people around it.
pub(crate) struct Stage {
    pub(crate) app: TestApp,
    unit: Enterprise,
    finding: u64,
}

impl Stage {
    pub(crate) fn new(settings: &[(&str, &str)]) -> Self {
        let app = TestApp::with_environment(&[PLAIN, settings].concat());
        let unit = Enterprise::new("答复一厂").collects(ELECTRICITY, 1);
        let other = app.terminal(&Enterprise::new("别家")).enterprise.code.clone();
        let values = days(ELECTRICITY, "2025-03-01", "2025-04-30", |day| {
            let usual = 200.0 + f64::from(day.day()) * 1.37;
            if day.to_string() == FAULT_DAY { usual * 10_000.0 } else { usual }
        });
        app.terminal(&unit).upload(&values).received();
        app.wait_until_assessed();
        for (name, role, code) in [
            ("manager", Role::EnterpriseManager, &unit.code),
            ("clerk", Role::EnterpriseClerk, &unit.code),
            ("officer", Role::CaseOfficer, &unit.code),
            ("stranger", Role::EnterpriseManager, &other),
            ("far", Role::CaseOfficer, &other),
        ] {
            create(&app, name, &[role], &[], &[code]);
        }
        let path = "/api/v1/quality/findings?rule=unit_mixup";
        let found = app.admin_get(path).ok()["rows"][0].clone();
        let finding = found["finding_id"].as_u64().expect("a finding");
        Self { app, unit, finding }
    }

    pub(crate) fn person(&self, name: &str) -> Person<'_> {
        Person::sign_in(&self.app, name)
    }

    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/api/v1/quality/findings/{}{rest}", self.finding)
    }

    fn state(&self) -> Value {
        self.app.admin_get(&self.path("")).ok()["finding"].clone()
    }
}

fn steps(thread: &Value) -> Vec<(&str, &str)> {
    let all = thread["steps"].as_array().expect("steps").iter();
    all.map(|it| (it["step"].as_str().unwrap_or(""), it["author"].as_str().unwrap_or(""))).collect()
}

fn right(text: &str) -> Value {
    json!({"answer": "right", "text": text})
}

#[test]
fn right_as_it_is_goes_to_the_authority_which_accepts_or_sends_it_back() {
    let stage = Stage::new(&[]);
    let (clerk, officer) = (stage.person("clerk"), stage.person("officer"));
    assert_eq!(stage.state()["answer"]["state"], "unanswered");
    let thread = clerk.post(&stage.path("/answer"), &right("试验负荷，读数属实")).ok();
    assert_eq!(thread["answer"]["state"], "submitted");
    assert_eq!(thread["submission"]["receipt"]["contact"], "officer", "who answers questions");
    clerk.post(&stage.path("/answer"), &right("再说一次")).problem(409, "conflict");
    // The queue of answers to decide, within the reach of who decides.
    let queue = "/api/v1/quality/findings?answer=submitted";
    assert_eq!(officer.get(queue).ok()["page"]["total"], 1);
    assert_eq!(stage.person("far").get(queue).ok()["page"]["total"], 0);
    let back = json!({"accept": false, "text": ""});
    officer.post(&stage.path("/decide"), &back).problem(400, "parameter_invalid");
    let back = json!({"accept": false, "text": "请附当日生产记录"});
    let thread = officer.post(&stage.path("/decide"), &back).ok();
    assert_eq!(thread["answer"]["state"], "sent_back");
    officer.post(&stage.path("/decide"), &back).problem(409, "conflict");
    officer.post(&stage.path("/message"), &json!({"text": "12 月前均可"})).ok();
    clerk.post(&stage.path("/answer"), &right("附：试验记录 4-10")).ok();
    officer.post(&stage.path("/decide"), &json!({"accept": true, "text": ""})).ok();
    let it = stage.state();
    assert_eq!((&it["state"], &it["answer"]["state"]), (&json!("waived"), &json!("accepted")));
    assert_eq!(it["waiver"]["reason"], "附：试验记录 4-10");
    let thread = clerk.get(&stage.path("/thread")).ok();
    let expected = [
        ("right", "clerk"),
        ("sent_back", "officer"),
        ("message", "officer"),
        ("right", "clerk"),
        ("accepted", "officer"),
    ];
    assert_eq!(steps(&thread), expected);
    clerk.post(&stage.path("/answer"), &right("晚了")).problem(409, "conflict");
    // The trail holds what was before and after.
    let entries = stage.app.admin_get("/api/v1/audit?limit=200").ok()["rows"].clone();
    let events = entries.as_array().expect("rows").iter().map(|it| &it["event"]);
    let decided: Vec<&Value> =
        events.filter(|it| it["action"] == "finding.decide" && it["outcome"] == "done").collect();
    assert_eq!(decided.len(), 2, "{entries}");
    assert!(
        decided.iter().all(|it| it["before"].as_str().is_some_and(|it| it.contains("submitted"))),
        "{decided:?}"
    );
}

#[test]
fn another_enterprise_and_another_officer_find_nothing() {
    let stage = Stage::new(&[]);
    let (stranger, far) = (stage.person("stranger"), stage.person("far"));
    for (person, path, body) in [
        (&stranger, "/answer", right("不是我的")),
        (&far, "/decide", json!({"accept": true, "text": ""})),
        (&far, "/message", json!({"text": "?"})),
        (&far, "/waive", json!({"reason": "?"})),
    ] {
        person.post(&stage.path(path), &body).problem(404, "not_found");
    }
    stranger.get(&stage.path("/thread")).problem(404, "not_found");
    stage.person("officer").post(&stage.path("/answer"), &right("代答")).problem(403, "forbidden");
    stage
        .person("clerk")
        .post(&stage.path("/decide"), &json!({"accept": true, "text": ""}))
        .problem(403, "forbidden");
    stage.app.get(&stage.path("/thread")).problem(401, "unauthorised");
    assert_eq!(stage.state()["answer"]["state"], "unanswered");
}

#[test]
fn a_correction_replaces_the_values_and_resolves_the_finding() {
    let stage = Stage::new(&[]);
    let manager = stage.person("manager");
    let value =
        |value: f64| json!([{"data_code": ELECTRICITY, "period": FAULT_DAY, "value": value}]);
    let corrected =
        |values: Value| json!({"answer": "corrected", "text": "当日单位设错", "values": values});
    let foreign = json!([{"data_code": "00-00-0000-011500-11", "period": FAULT_DAY, "value": 1.0}]);
    manager.post(&stage.path("/answer"), &corrected(foreign)).problem(404, "not_found");
    let with_values = json!({"answer": "right", "text": "x", "values": value(1.0)});
    manager.post(&stage.path("/answer"), &with_values).problem(400, "parameter_invalid");
    let thread = manager.post(&stage.path("/answer"), &corrected(value(213.7))).ok();
    assert_eq!(thread["answer"]["state"], "corrected");
    let receipt = &thread["submission"]["receipt"];
    assert_eq!(
        (&receipt["replaced"], &receipt["send_again"]),
        (&json!(1), &json!(false)),
        "{receipt}"
    );
    wait_until("the finding is resolved", || stage.state()["state"] == "resolved");
    let path = format!(
        "/api/v1/units/{}/readings?data_code={ELECTRICITY}&from={FAULT_DAY}&to={FAULT_DAY}",
        stage.unit.code
    );
    let reading = stage.app.admin_get(&path).ok()["rows"][0].clone();
    assert_eq!((&reading["value"], &reading["input_type"]), (&json!(213.7), &json!(5)));
    assert_eq!(reading["history"].as_array().map(Vec::len), Some(1), "{reading}");
    assert!(thread["submission"]["upload_id"].is_u64(), "{thread}");
    assert_eq!(reading["upload_id"], thread["submission"]["upload_id"], "{reading}");
}

#[test]
fn more_time_is_granted_once_by_rule_or_by_the_authority() {
    let more = json!({"answer": "more_time", "text": "等计量室复核"});
    let stage = Stage::new(&[]);
    let clerk = stage.person("clerk");
    let due = stage.state()["answer"]["due"].clone();
    let thread = clerk.post(&stage.path("/answer"), &more).ok();
    assert_eq!(
        (&thread["answer"]["state"], &thread["answer"]["extended"]),
        (&json!("unanswered"), &json!(true))
    );
    // A deadline beyond the imported calendar is not guessed: the year is named in its place.
    let later = &thread["answer"]["due"];
    assert!(
        later.as_str() > due.as_str() || thread["answer"]["unknown_year"].is_number(),
        "{thread}"
    );
    clerk.post(&stage.path("/answer"), &more).problem(409, "conflict");

    let stage = Stage::new(&[("NENGCE_EXTENSION_GRANTED_BY_RULE", "false")]);
    let (clerk, officer) = (stage.person("clerk"), stage.person("officer"));
    assert_eq!(clerk.post(&stage.path("/answer"), &more).ok()["answer"]["state"], "submitted");
    let refused =
        officer.post(&stage.path("/decide"), &json!({"accept": false, "text": "已够"})).ok();
    assert_eq!(
        (&refused["answer"]["state"], &refused["answer"]["extended"]),
        (&json!("unanswered"), &json!(false))
    );
    assert_eq!(steps(&refused).last(), Some(&("extension_refused", "officer")));
}

#[test]
fn with_a_second_pair_of_eyes_a_clerks_answer_waits_for_the_manager() {
    let stage = Stage::new(&[("NENGCE_SECOND_PAIR_OF_EYES", "true")]);
    let (clerk, manager) = (stage.person("clerk"), stage.person("manager"));
    let values = json!([{"data_code": ELECTRICITY, "period": FAULT_DAY, "value": 213.7}]);
    let corrected = json!({"answer": "corrected", "text": "当日单位设错", "values": values});
    let thread = clerk.post(&stage.path("/answer"), &corrected).ok();
    assert_eq!(thread["answer"]["state"], "to_confirm");
    assert_eq!(thread["submission"]["receipt"]["replaced"], 0, "nothing counts yet");
    let number = thread["submission"]["submission_id"].clone();
    let confirm = format!("/api/v1/submissions/{number}/confirm");
    let yes = json!({"accept": true, "text": ""});
    clerk.post(&confirm, &yes).problem(403, "forbidden");
    stage.person("stranger").post(&confirm, &yes).problem(404, "not_found");
    let done = manager.post(&confirm, &yes).ok();
    assert_eq!((&done["state"], &done["receipt"]["replaced"]), (&json!("done"), &json!(1)));
    manager.post(&confirm, &yes).problem(409, "conflict");
    let thread = clerk.get(&stage.path("/thread")).ok();
    assert_eq!(steps(&thread), [("corrected", "clerk"), ("confirmed", "manager")]);
    wait_until("the finding is resolved", || stage.state()["state"] == "resolved");
}

#[test]
fn an_operators_waiver_is_a_step_of_the_same_thread() {
    let stage = Stage::new(&[]);
    let clerk = stage.person("clerk");
    clerk.post(&stage.path("/answer"), &right("属实")).ok();
    let reason = json!({"reason": "已电话核实"});
    stage.person("officer").post(&stage.path("/waive"), &reason).ok();
    let thread = clerk.get(&stage.path("/thread")).ok();
    assert_eq!(steps(&thread), [("right", "clerk"), ("accepted", "officer")]);
    assert_eq!(thread["submission"]["state"], "accepted");
    assert_eq!(stage.state()["waiver"]["reason"], "已电话核实");
}

#[test]
fn of_answers_at_the_same_time_one_counts() {
    let stage = Stage::new(&[]);
    let clerk = stage.person("clerk");
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..8)
            .map(|at| {
                let (clerk, path) = (&clerk, stage.path("/answer"));
                scope.spawn(move || clerk.post(&path, &right(&format!("第 {at} 次"))).status)
            })
            .collect();
        all.into_iter().map(|it| it.join().expect("an answer")).collect()
    });
    let count = |wanted: u16| statuses.iter().filter(|it| **it == wanted).count();
    assert_eq!((count(200), count(409)), (1, 7), "{statuses:?}");
    let thread = clerk.get(&stage.path("/thread")).ok();
    assert_eq!(thread["steps"].as_array().map(Vec::len), Some(1), "{thread}");
    assert_eq!(clerk.get("/api/v1/submissions").ok()["page"]["total"], 1);
}

#[test]
fn a_unit_submits_so_much_in_a_day() {
    let stage = Stage::new(&[("NENGCE_MAX_SUBMISSIONS_PER_UNIT_PER_DAY", "3")]);
    let clerk = stage.person("clerk");
    let message = json!({"answer": "message", "text": "请问按哪天的记录"});
    for _ in 0..2 {
        clerk.post(&stage.path("/answer"), &message).ok();
    }
    clerk.post(&stage.path("/answer"), &right("试验负荷")).ok();
    clerk.post(&stage.path("/answer"), &message).problem(429, "rate_limited");
    let outage = json!({"from": "2025-04-10", "to": "2025-04-11", "reason": "停电"});
    let path = format!("/api/v1/units/{}/outages", stage.unit.code);
    clerk.post(&path, &outage).problem(429, "rate_limited");
    assert_eq!(clerk.get(&stage.path("/thread")).ok()["steps"].as_array().map(Vec::len), Some(3));
    // The authority is not bound by it.
    let text = json!({"text": "按抄表日"});
    stage.person("officer").post(&stage.path("/message"), &text).ok();
}

#[test]
fn an_answer_is_withdrawn_until_the_authority_has_decided() {
    let stage = Stage::new(&[]);
    let (clerk, officer) = (stage.person("clerk"), stage.person("officer"));
    let due = stage.state()["answer"]["due"].clone();
    let thread = clerk.post(&stage.path("/answer"), &right("试验负荷")).ok();
    let number = thread["submission"]["submission_id"].clone();
    let withdraw = format!("/api/v1/submissions/{number}/withdraw");
    let why = json!({"reason": "写错了日期"});
    clerk.post(&withdraw, &json!({"reason": " "})).problem(400, "parameter_invalid");
    officer.post(&withdraw, &why).problem(403, "forbidden");
    stage.person("stranger").post(&withdraw, &why).problem(404, "not_found");
    stage.app.post(&withdraw, &why).problem(401, "unauthorised");
    let receipt = stage.person("manager").post(&withdraw, &why).ok();
    assert_eq!(
        (&receipt["state"], &receipt["decided_by"], &receipt["receipt"]["withdrawn_because"]),
        (&json!("withdrawn"), &json!("manager"), &json!("写错了日期"))
    );
    clerk.post(&withdraw, &why).problem(409, "submission_decided");
    officer
        .post(&stage.path("/decide"), &json!({"accept": true, "text": ""}))
        .problem(409, "conflict");
    let thread = officer.get(&stage.path("/thread")).ok();
    assert_eq!(steps(&thread), [("right", "clerk"), ("withdrawn", "manager")]);
    assert_eq!(thread["steps"][1]["text"], "写错了日期");
    assert_eq!(
        (&thread["answer"]["state"], &thread["answer"]["kind"], &thread["answer"]["due"]),
        (&json!("unanswered"), &Value::Null, &due)
    );
    // It is answered again, and after the decision it stays.
    let thread = clerk.post(&stage.path("/answer"), &right("试验负荷，4 月 10 日")).ok();
    officer.post(&stage.path("/decide"), &json!({"accept": true, "text": ""})).ok();
    let number = thread["submission"]["submission_id"].clone();
    let refused = clerk.post(&format!("/api/v1/submissions/{number}/withdraw"), &why);
    assert!(refused.text().contains("officer"), "who to ask: {}", refused.text());
    refused.problem(409, "submission_decided");
    assert_eq!(stage.state()["answer"]["state"], "accepted");
    let found = clerk.get("/api/v1/submissions?state=withdrawn").ok();
    assert_eq!(found["page"]["total"], 1);
}

#[test]
fn values_that_wait_for_the_manager_are_withdrawn_and_those_in_force_are_not() {
    let stage = Stage::new(&[("NENGCE_SECOND_PAIR_OF_EYES", "true")]);
    let (clerk, manager) = (stage.person("clerk"), stage.person("manager"));
    let values = json!([{"data_code": ELECTRICITY, "period": FAULT_DAY, "value": 213.7}]);
    let corrected = json!({"answer": "corrected", "text": "当日单位设错", "values": values});
    let why = json!({"reason": "抄错表"});
    let thread = clerk.post(&stage.path("/answer"), &corrected).ok();
    let path = |thread: &Value, rest: &str| {
        format!("/api/v1/submissions/{}/{rest}", thread["submission"]["submission_id"])
    };
    clerk.post(&path(&thread, "withdraw"), &why).ok();
    let yes = json!({"accept": true, "text": ""});
    manager.post(&path(&thread, "confirm"), &yes).problem(409, "conflict");
    assert_eq!(stage.state()["answer"]["state"], "unanswered");
    let readings = format!(
        "/api/v1/units/{}/readings?data_code={ELECTRICITY}&from={FAULT_DAY}&to={FAULT_DAY}",
        stage.unit.code
    );
    let reading = stage.app.admin_get(&readings).ok()["rows"][0].clone();
    assert_ne!(reading["value"], json!(213.7), "nothing of it was stored");
    let thread = clerk.post(&stage.path("/answer"), &corrected).ok();
    manager.post(&path(&thread, "confirm"), &yes).ok();
    let refused = clerk.post(&path(&thread, "withdraw"), &why);
    assert!(refused.text().contains("officer"), "who to ask: {}", refused.text());
    refused.problem(409, "submission_decided");
}

#[test]
fn more_time_cannot_be_had_after_the_deadline() {
    let clock = tempfile::NamedTempFile::new().expect("a temporary file");
    let file = clock.path().to_str().expect("a path");
    let stage = Stage::new(&[("NENGCE_CLOCK_OFFSET_FILE", file)]);
    std::fs::write(clock.path(), (15 * 86_400).to_string()).expect("the clock is moved");
    let answer = stage.state()["answer"].clone();
    let more = json!({"answer": "more_time", "text": "等计量室复核"});
    let refused = stage.person("clerk").post(&stage.path("/answer"), &more);
    // A year whose working days are not imported has no deadline that could have passed.
    if answer["due"].is_null() {
        refused.ok();
        return;
    }
    assert!(answer["days_left"].as_i64().is_some_and(|it| it < 0), "{answer}");
    refused.problem(409, "conflict");
    assert_eq!(stage.state()["answer"]["extended"], json!(false));
}
