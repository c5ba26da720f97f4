//! The first page of each role: its parts, whose figures are those of the lists behind them, within the role's reach.

use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::city::City;
use nengce_tests::support::city_clock::today;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day, days, with};
use nengce_tests::support::person::{Person, create};
use serde_json::{Value, json};

const OWN_UNIT: &str = "蓟北水泥";
const OWN_DISTRICT: &str = "120119";

fn part<'a>(home: &'a Value, name: &str) -> &'a Value {
    let parts = home["parts"].as_array().expect("parts");
    parts.iter().find(|it| it["name"] == name).unwrap_or_else(|| panic!("{name} in {home}"))
}

#[track_caller]
fn value(home: &Value, of: &str, name: &str) -> f64 {
    let figures = part(home, of)["figures"].as_array().expect("figures").clone();
    let found = figures.iter().find(|it| it["name"] == name);
    found.and_then(|it| it["value"].as_f64()).unwrap_or_else(|| panic!("{of}.{name}: {figures:?}"))
}

/// The parts of each role's first page, in their order.
const PARTS_OF_ROLES: [(Role, &[&str]); 13] = [
    (Role::SystemAdministrator, &["machine"]),
    (Role::SecurityAdministrator, &["accounts"]),
    (Role::Auditor, &["audit"]),
    (Role::CentreOperator, &["answers", "waiting", "rejected", "reporting", "findings"]),
    (Role::CaseOfficer, &["answers", "reporting", "findings", "meters", "cases"]),
    (Role::Policymaker, &["city", "reporting", "cases"]),
    (Role::MeteringAuthority, &["meters"]),
    (Role::DistrictOffice, &["reporting", "findings", "meters", "cases"]),
    (Role::Inspector, &["cases", "targets", "target_districts"]),
    (Role::LegalReviewer, &["cases"]),
    (Role::EnforcementHead, &["cases"]),
    (Role::EnterpriseManager, &["own_units", "to_do", "meters"]),
    (Role::EnterpriseClerk, &["own_units", "to_do", "meters"]),
];

#[test]
fn each_role_finds_its_tasks_with_the_figures_of_the_lists_behind_them() {
    let city = City::on(TestApp::with_environment(&[
        ("NENGCE_PUBLIC_READS", ""),
        ("NENGCE_SECOND_FACTOR_ROLES", ""),
    ]));
    city.app.wait_until_assessed();
    let own = city.unit(OWN_UNIT);
    for (role, expected) in PARTS_OF_ROLES {
        let name = role.as_str().replace('_', ".");
        create(&city.app, &name, &[role], &[OWN_DISTRICT], &[&own.code]);
        let person = Person::sign_in(&city.app, &name);
        let home = person.get("/api/v1/home").ok();
        let names: Vec<_> =
            home["parts"].as_array().expect("parts").iter().map(|it| &it["name"]).collect();
        assert_eq!(names, expected, "{role}");
        let total = |path: &str| person.get(path).ok()["page"]["total"].as_f64().expect("a total");
        for name in expected {
            match *name {
                "reporting" => {
                    let connected = &part(&home, name)["figures"][0];
                    assert_eq!(connected["of"].as_f64(), Some(total("/api/v1/units")), "{role}");
                    let silent = total("/api/v1/units?reporting=silent");
                    assert_eq!(value(&home, name, "silent"), silent, "{role}");
                }
                "findings" => assert_eq!(
                    value(&home, name, "open"),
                    total("/api/v1/quality/findings"),
                    "{role}"
                ),
                "to_do" => assert_eq!(
                    value(&home, name, "answer"),
                    total("/api/v1/quality/findings"),
                    "{role}"
                ),
                "answers" => assert_eq!(
                    value(&home, name, "waiting"),
                    total("/api/v1/quality/findings?answer=submitted"),
                    "{role}"
                ),
                "targets" => {
                    let list = person.get("/api/v1/inspection-targets").ok();
                    let rows = list["rows"].as_array().expect("rows");
                    assert_eq!(value(&home, name, "targets"), rows.len() as f64);
                    assert_eq!(part(&home, name)["rows"][0]["zh"], rows[0]["unit"]["name"]);
                }
                "city" => {
                    let view = person.get("/api/v1/dual-control").ok();
                    assert_eq!(
                        value(&home, name, "total"),
                        view["total"]["value"].as_f64().expect("a total")
                    );
                }
                "waiting" => {
                    assert_eq!(
                        value(&home, name, "devices"),
                        total("/api/v1/devices?state=pending")
                    );
                }
                "accounts" => assert!(value(&home, name, "active") >= 1.0),
                "audit" => assert!(value(&home, name, "entries") >= 1.0),
                "own_units" => {
                    assert_eq!(part(&home, name)["zh"], OWN_UNIT);
                    assert_eq!(part(&home, name)["rows"], json!([]));
                }
                _ => {}
            }
        }
    }
    city.app.get("/api/v1/home").problem(401, "unauthorised");
}

#[test]
fn nobody_has_tasks_and_only_a_demo_shows_those_of_others() {
    let app = TestApp::shared();
    assert_eq!(app.get("/api/v1/home").ok()["parts"], json!([]));
    app.get("/api/v1/home?demo_account=clerk").problem(404, "not_found");
}

#[test]
fn meters_that_are_due_are_counted_by_unit() {
    let app = TestApp::with_environment(&[("NENGCE_SECOND_FACTOR_ROLES", "")]);
    let terminal = app.terminal(&Enterprise::new("计量"));
    let code = terminal.enterprise.code.clone();
    let soon = today().saturating_add(jiff::Span::new().days(10));
    let meter =
        |code: &str, next: &str| json!({"code": code, "name": "电表", "nextCheckDate": next});
    let meters = [
        meter("E-1", "2999-01-01"),
        meter("E-2", "2025-01-01"),
        meter("E-3", "2024-06-01"),
        meter("E-4", &soon.to_string()),
    ];
    let message = json!({"deviceId": terminal.device_id, "enterpriseCode": code, "data": meters});
    terminal.upload_metering(&message).received();
    create(&app, "metering", &[Role::MeteringAuthority], &[], &[]);
    let other = app.terminal(&Enterprise::new("别家")).enterprise.code.clone();
    create(&app, "clerk", &[Role::EnterpriseClerk], &[], &[&other]);
    let home = Person::sign_in(&app, "metering").get("/api/v1/home").ok();
    assert_eq!((value(&home, "meters", "overdue"), value(&home, "meters", "soon")), (2.0, 1.0));
    let row = &part(&home, "meters")["rows"][0];
    assert_eq!(row["link"], format!("/units/{code}#meters"));
    assert_eq!(row["note_zh"], "最早 2024-06-01");
    let home = Person::sign_in(&app, "clerk").get("/api/v1/home").ok();
    assert_eq!(value(&home, "meters", "overdue"), 0.0, "another unit's meters");
}

#[test]
fn whoever_makes_policy_sees_what_changed_since_the_last_visit() {
    let clock = tempfile::NamedTempFile::new().expect("a temporary file");
    let city = City::on(TestApp::with_environment(&[
        ("NENGCE_SECOND_FACTOR_ROLES", ""),
        ("NENGCE_CLOCK_OFFSET_FILE", clock.path().to_str().expect("a path")),
    ]));
    create(&city.app, "policy", &[Role::Policymaker], &[], &[]);
    let since = |person: &Person<'_>| {
        let home = person.get("/api/v1/home").ok();
        let parts = home["parts"].as_array().expect("parts").clone();
        parts.into_iter().find(|it| it["name"] == "since_last_visit")
    };
    let first = Person::sign_in(&city.app, "policy");
    assert_eq!(since(&first), None, "the first visit");
    assert_eq!(since(&first), None, "the same visit");
    std::fs::write(clock.path(), "3600").expect("the clock is moved");
    let second = Person::sign_in(&city.app, "policy");
    let nothing = since(&second).expect("a part");
    assert_eq!((&nothing["figures"][0]["value"], &nothing["rows"]), (&json!(0.0), &json!([])));

    let before =
        second.get("/api/v1/dual-control").ok()["total"]["value"].as_f64().expect("a total");
    let unit = city.unit(OWN_UNIT);
    let terminal = city.app.registered(unit);
    let until = second.get("/api/v1/meta").ok()["data_until"].as_str().expect("a day").to_owned();
    terminal.upload(&[day(ELECTRICITY, &until, 1e6)]).received();
    std::fs::write(clock.path(), "7200").expect("the clock is moved");
    let third = Person::sign_in(&city.app, "policy");
    let found = since(&third).expect("a part");
    let total = third.get("/api/v1/dual-control").ok()["total"]["value"].as_f64().expect("a total");
    assert!((total - before).abs() > 1.0, "{before} {total}");
    let rows = found["rows"].as_array().expect("rows");
    let row = rows.iter().find(|it| it["zh"] == "能耗总量").unwrap_or_else(|| panic!("{found}"));
    let value = |at: usize| row["figures"][at]["value"].as_f64().expect("a value");
    assert_eq!(value(0), total);
    assert!((value(1) - (total - before)).abs() < 1e-6, "{row}");
    let district = format!("/dual-control?region={}", unit.region);
    assert!(rows.iter().any(|it| it["link"] == district.as_str()), "{found}");
    assert_eq!(since(&third), Some(found), "as long as the visit lasts");
}

#[test]
fn what_is_to_be_done_says_what_is_at_stake_and_how_rejected_entries_are_mended() {
    let app = TestApp::with_environment(&[("NENGCE_SECOND_FACTOR_ROLES", "")]);
    let unit = Enterprise::new("待办一厂").collects(ELECTRICITY, 1);
    let terminal = app.terminal(&unit);
    // 200 × 10⁴ kWh a day, and on one day 10,000 times as much.
    let values = days(ELECTRICITY, "2025-03-01", "2025-04-30", |day| {
        if day.to_string() == "2025-04-10" {
            2_000_000.0
        } else {
            200.0 + f64::from(day.day()) * 1e-3
        }
    });
    terminal.upload(&values).received();
    let wrong = with(day(ELECTRICITY, "2025-05-01", 1.0), "dataValue", json!("很多"));
    terminal
        .upload(&[wrong.clone(), with(wrong, "statDate", json!("2025-05-02 00:00:00"))])
        .refused();
    app.wait_until_assessed();
    create(&app, "clerk", &[Role::EnterpriseClerk], &[], &[&unit.code]);
    let home = Person::sign_in(&app, "clerk").get("/api/v1/home").ok();
    let rows = part(&home, "to_do")["rows"].as_array().expect("rows").clone();
    let of = |word: &str| {
        let found =
            rows.iter().find(|it| it["note_zh"].as_str().is_some_and(|it| it.starts_with(word)));
        found.unwrap_or_else(|| panic!("{word} in {rows:?}")).clone()
    };
    // Each finding has its days of 200 × 10⁴ kWh at stake, whatever the wrong value was.
    let path =
        format!("/api/v1/units/{}/energy?from=2025-04-09&to=2025-04-09&grain=day", unit.code);
    let usual = app.get(&path).ok()["total_tce"].as_f64().expect("tce");
    let findings =
        rows.iter().filter(|it| it["note_zh"].as_str().is_some_and(|it| it.starts_with("质量")));
    let at_stake: Vec<f64> = findings.filter_map(|it| it["figures"][1]["value"].as_f64()).collect();
    let days: Vec<f64> = at_stake.iter().map(|it| it / usual).collect();
    assert!(days.iter().any(|it| (it - 1.0).abs() < 1e-3), "one day, among {days:?}");
    assert!(days.iter().all(|it| *it > 0.9 && (it - it.round()).abs() < 1e-3 * it), "{days:?}");
    let rejected = of("拒收");
    assert!(
        rejected["note_zh"]
            .as_str()
            .is_some_and(|it| it.contains("2 条") && it.contains("数值不是数字")),
        "{rejected}"
    );
    assert!(rejected["link"].as_str().is_some_and(|it| it.contains("&upload=")), "{rejected}");
}
