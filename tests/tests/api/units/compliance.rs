//! `GET /api/v1/units/{code}/compliance`: quarters with their events, for those who may see the unit.

use nengce_shared::access::role::Role;
use nengce_shared::api::compliance::Compliance;
use nengce_shared::compliance_state::ComplianceState as State;
use nengce_tests::support::city::City;
use nengce_tests::support::person::{Person, create};

#[test]
fn quarters_have_their_worst_state_and_only_their_readers() {
    let city = City::of_units();
    let app = &city.app;
    app.wait_until_assessed();
    let code = |name: &str| {
        let unit = city.units.iter().find(|it| it.name == name).expect("the unit");
        unit.code.clone()
    };
    let (cement, other) = (code("静海水泥"), code("武清水泥"));
    let path = format!("/api/v1/units/{cement}/compliance");
    let view: Compliance = app.get(&path).read();
    assert_eq!(view.quarters.len(), 13);
    assert!(view.quarters[..12].iter().all(|it| !it.is_current) && view.quarters[12].is_current);
    for it in &view.quarters {
        let worst = it.events.iter().map(|it| it.state).min();
        assert!(worst.is_none_or(|worst| worst == it.state), "{it:?}");
        assert!(it.events.iter().all(|it| it.link.starts_with('/') && !it.en.is_empty()), "{it:?}");
    }
    let of = |quarter: &str| view.quarters.iter().find(|it| it.quarter == quarter);
    let late = of("2025-Q3").expect("the quarter");
    assert!(
        late.events.iter().any(|it| it.kind == "limit" && it.zh.contains("超 3 级限额 117")),
        "{late:?}"
    );
    // It has sent nothing since the end of 2025, and nothing was known of it before 2024.
    let silent = of("2026-Q2").expect("the quarter");
    assert_eq!(silent.state, State::Trouble, "{silent:?}");
    let before = of("2023-Q4").expect("the quarter");
    assert_eq!(before.state, State::Unknown, "{before:?}");

    create(app, "cement", &[Role::EnterpriseManager], &[], &[&cement]);
    create(app, "other", &[Role::EnterpriseManager], &[], &[&other]);
    create(app, "inspector", &[Role::Inspector], &[], &[]);
    for reader in ["cement", "inspector"] {
        let own: Compliance = Person::sign_in(app, reader).get(&path).read();
        assert_eq!(own, view, "{reader}");
    }
    Person::sign_in(app, "other").get(&path).problem(404, "not_found");
}
