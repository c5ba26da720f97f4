//! What others may see of a unit: its people see who looked at its data, and its manager lets a named account read them for
//! a time. Nothing else becomes visible, and the last day ends it.

use jiff::ToSpan;
use jiff::civil::Date;
use nengce_shared::access::role::Role;
use nengce_shared::api::sharing::{LookList, LookRow, ShareList};
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day, days, days_ago};
use nengce_tests::support::person::{Person, create};
use serde_json::{Value, json};

use super::events::{ends, open};
use super::{app_with_clock, move_clock};

const DAY_SECONDS: i64 = 24 * 3_600;

/// Sessions that outlast the days of a test.
const LONG_SESSIONS: [(&str, &str); 4] = [
    ("NENGCE_PUBLIC_READS", ""),
    ("NENGCE_SECOND_FACTOR_ROLES", ""),
    ("NENGCE_SESSION_HOURS", "720"),
    ("NENGCE_SESSION_IDLE_MINUTES", "43200"),
];

fn today() -> Date {
    days_ago(0).parse().expect("a day")
}

fn in_days(days: i64) -> String {
    (today() + days.days()).to_string()
}

/// Two units with a day of data each: the one that shares, and another one.
fn units(app: &TestApp) -> [Enterprise; 2] {
    [(9601, "分享一厂"), (9602, "旁观二厂")].map(|(number, name)| {
        let unit = Enterprise::numbered(number, name);
        app.terminal(&unit).upload(&[day(ELECTRICITY, &days_ago(3), 120.0)]).received();
        unit
    })
}

fn share(until: &str, kinds: &[&str]) -> Value {
    json!({"account": "partner", "kinds": kinds, "until": until, "reason": "节能诊断"})
}

fn names(person: &Person<'_>) -> Vec<String> {
    let rows = person.get("/api/v1/units").ok()["rows"].clone();
    let rows = rows.as_array().expect("rows").iter();
    rows.map(|it| it["unit"]["name"].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn a_share_opens_one_unit_for_reading_and_its_last_day_ends_it() {
    let (app, clock) = app_with_clock(&LONG_SESSIONS);
    let [mine, other] = units(&app);
    create(&app, "manager", &[Role::EnterpriseManager], &[], &[&mine.code]);
    create(&app, "partner", &[Role::EnterpriseManager], &[], &[&other.code]);
    let (manager, partner) = (Person::sign_in(&app, "manager"), Person::sign_in(&app, "partner"));
    let of = |unit: &Enterprise, rest: &str| format!("/api/v1/units/{}{rest}", unit.code);
    partner.get(&of(&mine, "")).problem(404, "not_found");
    assert_eq!(names(&partner), ["旁观二厂"]);
    let uploads = |person: &Person<'_>| {
        person.get("/api/v1/uploads").ok()["page"]["total"].as_u64().expect("a number")
    };
    let own_uploads = uploads(&partner);

    let waiting = open(&app, &partner);
    let body = share(&in_days(2), &["figures", "unit_data"]);
    let list: ShareList = manager.post(&of(&mine, "/shares"), &body).read();
    assert_eq!((list.in_force, list.rows[0].state.as_str()), (1, "in_force"));
    // A stream ends when its account sees more, too: the page asks again.
    ends(waiting);
    partner.get(&of(&mine, "")).ok();
    assert_eq!(names(&partner), ["分享一厂", "旁观二厂"]);
    let own = partner.get("/api/v1/session").ok()["account"]["shared_units"].clone();
    assert_eq!(
        (&own[0]["unit"]["code"], &own[0]["until"]),
        (&json!(mine.code), &json!(in_days(2)))
    );

    // Nothing else becomes visible: no findings, no uploads, no peers, no looks, and nothing can be written.
    assert_eq!(uploads(&partner), own_uploads);
    partner.get(&format!("/api/v1/quality/units/{}", mine.code)).problem(404, "not_found");
    partner.get(&of(&mine, "/peers")).problem(403, "forbidden");
    partner.get(&of(&other, "/peers")).ok();
    for rest in ["/looks", "/shares", "/savings-projects", "/manual-form"] {
        partner.get(&of(&mine, rest)).problem(404, "not_found");
    }
    let outage = json!({"from": days_ago(1), "to": days_ago(1), "reason": "x"});
    partner.post(&of(&mine, "/outages"), &outage).problem(404, "not_found");
    partner
        .post(&of(&mine, "/shares"), &share(&in_days(1), &["figures"]))
        .problem(404, "not_found");
    // The manager of the unit that shares sees nothing of the partner's.
    manager.get(&of(&other, "")).problem(404, "not_found");

    move_clock(&clock, 2 * DAY_SECONDS);
    partner.get(&of(&mine, "")).ok();
    let stream = open(&app, &partner);
    move_clock(&clock, 3 * DAY_SECONDS);
    ends(stream);
    partner.get(&of(&mine, "")).problem(404, "not_found");
    assert_eq!(names(&partner), ["旁观二厂"]);
    let list: ShareList = manager.get(&of(&mine, "/shares")).read();
    assert_eq!((list.in_force, list.rows[0].state.as_str()), (0, "ended"));
}

#[test]
fn a_share_survives_a_restart_and_still_ends_on_its_day() {
    let (mut app, clock) = app_with_clock(&LONG_SESSIONS);
    let [mine, other] = units(&app);
    let path = format!("/api/v1/units/{}", mine.code);
    create(&app, "manager", &[Role::EnterpriseManager], &[], &[&mine.code]);
    create(&app, "partner", &[Role::EnterpriseManager], &[], &[&other.code]);
    let body = share(&in_days(2), &["figures", "unit_data"]);
    Person::sign_in(&app, "manager").post(&format!("{path}/shares"), &body).ok();
    Person::sign_in(&app, "partner").get(&path).ok();

    app.server.stop();
    app.server.launch();
    let partner = Person::sign_in(&app, "partner");
    partner.get(&path).ok();
    assert_eq!(names(&partner), ["分享一厂", "旁观二厂"]);
    move_clock(&clock, 2 * DAY_SECONDS);
    partner.get(&path).ok();
    move_clock(&clock, 3 * DAY_SECONDS);
    partner.get(&path).problem(404, "not_found");

    // A start after its last day does not bring it back.
    app.server.stop();
    app.server.launch();
    let (manager, partner) = (Person::sign_in(&app, "manager"), Person::sign_in(&app, "partner"));
    partner.get(&path).problem(404, "not_found");
    let list: ShareList = manager.get(&format!("{path}/shares")).read();
    assert_eq!((list.in_force, list.rows[0].state.as_str()), (0, "ended"));
}

#[test]
fn a_share_is_withdrawn_at_once_and_both_are_recorded() {
    let app = TestApp::with_environment(&LONG_SESSIONS);
    let [mine, other] = units(&app);
    create(&app, "manager", &[Role::EnterpriseManager], &[], &[&mine.code]);
    create(&app, "partner", &[Role::EnterpriseClerk], &[], &[&other.code]);
    let (manager, partner) = (Person::sign_in(&app, "manager"), Person::sign_in(&app, "partner"));
    let path = format!("/api/v1/units/{}/shares", mine.code);
    let seen = format!("/api/v1/units/{}", mine.code);
    let body = share(&in_days(30), &["figures", "unit_data", "quality", "uploads"]);
    let list: ShareList = manager.post(&path, &body).read();
    let uploads = partner.get("/api/v1/uploads").ok()["rows"].clone();
    let mut of_units = uploads.as_array().expect("rows").iter();
    assert!(of_units.any(|it| it["enterprise_code"] == mine.code), "{uploads}");
    manager.post(&path, &body).problem(409, "conflict");
    let stream = open(&app, &partner);
    let withdraw = format!("{path}/{}/withdraw", list.rows[0].share_id);
    let after: ShareList = manager.post(&withdraw, &json!({})).read();
    assert_eq!((after.in_force, after.rows[0].state.as_str()), (0, "withdrawn"));
    assert_eq!(after.rows[0].withdrawn_by.as_deref(), Some("manager"));
    partner.get(&seen).problem(404, "not_found");
    ends(stream);
    manager.post(&withdraw, &json!({})).problem(409, "conflict");

    let events = app.admin_get("/api/v1/audit?action=share&order=oldest").ok();
    let told: Vec<&Value> = events["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|it| &it["event"])
        .filter(|it| it["outcome"] == "done")
        .collect();
    assert_eq!(told.len(), 2, "{events}");
    assert_eq!(
        (&told[0]["action"], &told[1]["action"]),
        (&json!("share.create"), &json!("share.withdraw"))
    );
    assert_eq!(told[0]["object"], format!("{}/1", mine.code));
    assert!(told[0]["after"].as_str().expect("JSON").contains("\"account\":\"partner\""));
}

#[test]
fn what_cannot_be_shared_is_named() {
    let app = TestApp::with_environment(
        &[
            &LONG_SESSIONS[..],
            &[("NENGCE_MAX_SHARES_PER_UNIT", "1"), ("NENGCE_MAX_SHARE_DAYS", "10")],
        ]
        .concat(),
    );
    let [mine, other] = units(&app);
    for (name, role, unit) in [
        ("manager", Role::EnterpriseManager, &mine),
        ("clerk", Role::EnterpriseClerk, &mine),
        ("partner", Role::EnterpriseClerk, &other),
        ("second", Role::EnterpriseClerk, &other),
    ] {
        create(&app, name, &[role], &[], &[&unit.code]);
    }
    create(&app, "audit", &[Role::Auditor], &[], &[]);
    let manager = Person::sign_in(&app, "manager");
    let path = format!("/api/v1/units/{}/shares", mine.code);
    let good = share(&in_days(10), &["figures"]);
    for (field, value) in [
        ("account", json!("nobody")),
        ("account", json!("Partner")),
        ("account", json!("audit")),
        ("account", json!("manager")),
        ("until", json!(in_days(11))),
        ("until", json!(in_days(-1))),
        ("until", json!("soon")),
        ("kinds", json!([])),
        ("kinds", json!(["submit"])),
        ("reason", json!(" ")),
    ] {
        let mut body = good.clone();
        body[field] = value.clone();
        let answer = manager.post(&path, &body);
        assert_eq!(answer.status, 400, "{field} {value}: {}", answer.text());
        assert_eq!(answer.json()["errors"][0]["field"], field, "{}", answer.text());
    }
    Person::sign_in(&app, "clerk").post(&path, &good).problem(403, "forbidden");
    manager.post(&path, &good).ok();
    let mut second = good;
    second["account"] = json!("second");
    manager.post(&path, &second).problem(409, "conflict");
}

#[test]
fn a_unit_sees_who_looked_at_its_data_and_nobody_elses() {
    let app = TestApp::with_environment(&LONG_SESSIONS);
    let [mine, other] = units(&app);
    create(&app, "manager", &[Role::EnterpriseManager], &[], &[&mine.code]);
    create(&app, "inspector", &[Role::Inspector], &[], &[]);
    create(&app, "district", &[Role::DistrictOffice], &["120116"], &[]);
    let (manager, inspector) =
        (Person::sign_in(&app, "manager"), Person::sign_in(&app, "inspector"));
    let unit = format!("/api/v1/units/{}", mine.code);
    inspector.get(&unit).ok();
    inspector.get(&format!("{unit}/meters")).ok();
    assert_eq!(inspector.get(&format!("{unit}/energy?format=csv")).status, 200);
    inspector.get(&format!("/api/v1/units/{}", other.code)).ok();
    inspector.get("/api/v1/units").ok();
    let page = format!("%2Funits%2F{}", mine.code);
    assert_eq!(inspector.post(&format!("/api/v1/prints/{page}"), &json!({})).status, 204);
    let uploads = app.admin_get("/api/v1/uploads").ok();
    let of_mine = |it: &&Value| it["enterprise_code"] == mine.code;
    let upload = uploads["rows"].as_array().expect("rows").iter().find(of_mine);
    let upload = upload.expect("an upload")["upload_id"].as_i64().expect("a number");
    inspector.get(&format!("/api/v1/uploads/{upload}/rejected")).ok();
    manager.get(&unit).ok();

    let list: LookList = manager.get(&format!("{unit}/looks")).read();
    let of = |what: &str, own: bool| -> Vec<&LookRow> {
        list.rows.iter().filter(|it| it.what == what && it.is_own == own).collect()
    };
    let looks = of("unit", false);
    assert_eq!(looks.len(), 1, "{list:?}");
    assert_eq!(
        (looks[0].name_zh.as_str(), &looks[0].roles[..]),
        ("inspector", &[Role::Inspector][..])
    );
    assert_eq!(looks[0].day, days_ago(0));
    for what in ["export", "print", "upload"] {
        assert_eq!(of(what, false).len(), 1, "{what}: {list:?}");
    }
    assert_eq!(of("unit", true).len(), 1);
    assert_eq!(list.page.total, 5, "{list:?}");
    assert!(list.kept_months > 0 && list.kept_since.is_some());
    // Page by page, the same rows.
    let first: LookList = manager.get(&format!("{unit}/looks?limit=3")).read();
    let next = first.page.next.expect("a next page");
    let second: LookList = manager.get(&format!("{unit}/looks?limit=3&cursor={next}")).read();
    let numbers = |rows: &[LookRow]| rows.iter().map(|it| it.number).collect::<Vec<_>>();
    assert_eq!([numbers(&first.rows), numbers(&second.rows)].concat(), numbers(&list.rows));
    let past: LookList = manager.get(&format!("{unit}/looks?to={}", days_ago(1))).read();
    assert_eq!((past.rows.len(), past.page.total), (0, 0));
    let file = manager.get(&format!("{unit}/looks?format=csv")).text();
    assert!(file.contains("inspector") && !file.contains("192.0.2.1"), "{file}");
    manager.get(&format!("/api/v1/units/{}/looks", other.code)).problem(404, "not_found");
    inspector.get(&format!("{unit}/looks")).problem(403, "forbidden");
}

#[test]
fn a_service_company_reads_what_is_shared_with_it_and_nothing_else() {
    let app = TestApp::with_environment(&LONG_SESSIONS);
    let [mine, other] = units(&app);
    create(&app, "manager", &[Role::EnterpriseManager], &[], &[&mine.code]);
    create(&app, "partner", &[Role::ServiceCompany], &[], &[]);
    let (manager, company) = (Person::sign_in(&app, "manager"), Person::sign_in(&app, "partner"));
    company.get("/api/v1/units").problem(403, "forbidden");
    let parts = company.get("/api/v1/home").ok()["parts"].clone();
    assert_eq!((&parts[0]["name"], &parts[0]["rows"]), (&json!("shared_units"), &json!([])));
    let path = |unit: &Enterprise, rest: &str| format!("/api/v1/units/{}{rest}", unit.code);
    let body = share(&in_days(5), &["figures", "unit_data"]);
    manager.post(&path(&mine, "/shares"), &body).ok();
    assert_eq!(names(&company), ["分享一厂"]);
    company.get(&path(&mine, "/balance")).ok();
    company.get(&path(&mine, "/tariffs")).problem(403, "forbidden");
    company.get(&path(&other, "")).problem(404, "not_found");
    let parts = company.get("/api/v1/home").ok()["parts"].clone();
    let row = &parts[0]["rows"][0];
    assert_eq!(
        (&row["zh"], &row["link"]),
        (&json!("分享一厂"), &json!(path(&mine, "").replace("/api/v1", "")))
    );
    assert_eq!(row["figures"][0]["value"], 5.0);
}

#[test]
fn a_share_of_figures_tells_nothing_of_findings_by_the_score() {
    let app = TestApp::with_environment(&LONG_SESSIONS);
    let [mine, other] = units(&app);
    // One day 10,000 times as high is a finding, which gives points to whoever may read findings.
    let values = days(ELECTRICITY, &days_ago(60), &days_ago(4), |day| {
        let usual = 200.0 + f64::from(day.day_of_year()) * 1.37;
        if day.to_string() == days_ago(20) { usual * 10_000.0 } else { usual }
    });
    app.terminal(&mine).upload(&values).received();
    app.wait_until_assessed();
    create(&app, "manager", &[Role::EnterpriseManager], &[], &[&mine.code]);
    create(&app, "partner", &[Role::EnterpriseManager], &[], &[&other.code]);
    let (manager, partner) = (Person::sign_in(&app, "manager"), Person::sign_in(&app, "partner"));
    let body = share(&in_days(5), &["figures", "unit_data"]);
    manager.post(&format!("/api/v1/units/{}/shares", mine.code), &body).ok();
    let reasons = |person: &Person<'_>| -> Vec<String> {
        let view = person.get("/api/v1/inspection-targets").ok();
        let all = ["rows", "others"].iter().flat_map(|it| view[*it].as_array().cloned()).flatten();
        let row = all.filter(|it| it["unit"]["enterprise_code"] == json!(mine.code));
        let parts = row.flat_map(|it| it["parts"].as_array().cloned().unwrap_or_default());
        parts.filter_map(|it| it["reason"].as_str().map(str::to_owned)).collect()
    };
    assert!(reasons(&manager).contains(&"suspect_data".to_owned()), "{:?}", reasons(&manager));
    assert!(!reasons(&partner).contains(&"suspect_data".to_owned()), "{:?}", reasons(&partner));
}
