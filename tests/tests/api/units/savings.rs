//! Savings of a retrofit: months whose truth is known, drivers, what is left out, and what is refused.

use nengce_shared::api::savings::SavingsView;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::city::CLINKER;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::figures::check_near;
use nengce_tests::support::message::{RAW_COAL, month};
use nengce_tests::support::terminal::Terminal;

/// Tons of clinker in the months from January 2023.
fn clinker(at: usize) -> f64 {
    10_000.0 + 400.0 * ((at * 7) % 12) as f64
}

/// Raw coal of 500 t a month and 0.1 t for each ton of clinker, with an error of 5 t; a tenth less from July 2024.
fn coal(at: usize) -> f64 {
    let whole = 500.0 + 0.1 * clinker(at) + if at.is_multiple_of(3) { 5.0 } else { -2.5 };
    if at < 18 { whole } else { whole * 0.9 }
}

pub(super) fn named(at: usize) -> String {
    format!("{}-{:02}", 2023 + at / 12, at % 12 + 1)
}

/// A cement plant that reports 24 months; the works are in June 2024.
pub(super) fn plant<'a>(app: &'a TestApp, name: &str) -> Terminal<'a> {
    let terminal = app.terminal(&Enterprise::new(name).industry("C3011"));
    let entries: Vec<_> = (0..24)
        .flat_map(|at| {
            [month(RAW_COAL, &named(at), coal(at)), month(CLINKER, &named(at), clinker(at))]
        })
        .collect();
    terminal.upload(&entries).received();
    terminal
}

fn path(terminal: &Terminal<'_>, query: &str) -> String {
    format!("/api/v1/units/{}/savings?{query}", terminal.enterprise.code)
}

#[test]
fn a_tenth_less_coal_is_found_with_its_interval() {
    let app = TestApp::new();
    let plant = plant(&app, "节能改造水泥");
    let found: SavingsView =
        app.get(&path(&plant, "works_from=2024-06&baseline_months=17&until=2024-12")).read();
    let outcome = found.outcome.expect("figures");
    // Raw coal: 0.7143 tce a ton.
    let truth: f64 = (18..24).map(|at| coal(at) / 0.9 * 0.1 * 0.7143).sum();
    assert!((outcome.saved - truth).abs() < outcome.half_width_90, "{outcome:?}, {truth}");
    assert_eq!(
        (outcome.verdict.as_str(), outcome.baseline_months, outcome.report_months),
        ("saving", 17, 6)
    );
    check_near(outcome.used, (18..24).map(|at| coal(at) * 0.7143).sum(), "tce used");
    check_near(outcome.adjusted_baseline - outcome.used, outcome.saved, "the difference");
    let clinker = found.drivers.iter().find(|it| it.used).expect("a driver");
    let coefficient = clinker.coefficient.expect("a coefficient");
    assert!((coefficient / 0.07143 - 1.0).abs() < 0.05, "{clinker:?}");
    let parts = |part: &str| found.months.iter().filter(|it| it.part == part).count();
    assert_eq!((parts("baseline"), parts("works"), parts("report")), (17, 1, 6));
    let works = found.months.iter().find(|it| it.part == "works").expect("the works");
    assert_eq!(
        (works.month.as_str(), works.modelled, works.left_out.as_deref()),
        ("2024-06", None, None)
    );
}

#[test]
fn a_short_baseline_and_a_report_without_data_say_so() {
    let app = TestApp::shared();
    let plant = plant(&app, "基期不足水泥");
    let ask = |query: &str| -> SavingsView { app.get(&path(&plant, query)).read() };
    let short = ask("works_from=2023-10&until=2024-12");
    assert_eq!(
        (short.problem.as_deref(), short.needed_months),
        (Some("baseline_too_short"), Some(12))
    );
    assert_eq!(
        short.months.iter().filter(|it| it.left_out.as_deref() == Some("no_energy")).count(),
        15
    );
    let late = ask("works_from=2025-01&until=2025-01");
    assert_eq!((late.problem.as_deref(), late.outcome), (Some("nothing_to_report"), None));
    let mean = ask("works_from=2024-06&baseline_months=17&until=2024-12&drivers=none");
    assert!(mean.drivers.iter().all(|it| !it.used));
    assert!(mean.outcome.is_some());
}

#[test]
fn what_is_not_valid_is_named() {
    let app = TestApp::shared();
    let plant = plant(&app, "参数有误水泥");
    for (query, field) in [
        ("works_from=2024", "works_from"),
        ("works_from=2024-06&works_to=2024-05", "works_to"),
        ("works_from=2024-06&works_to=2050-01", "works_to"),
        ("works_from=2024-06&baseline_months=11", "baseline_months"),
        ("works_from=2024-06&drivers=9999", "drivers"),
        ("works_from=2024-06&until=today", "until"),
    ] {
        let answer = app.get(&path(&plant, query));
        assert_eq!(answer.status, 400, "{query}: {}", answer.text());
        assert_eq!(answer.json()["errors"][0]["field"], field, "{query}: {}", answer.text());
    }
    assert_eq!(app.get("/api/v1/units/911200000000000000/savings?works_from=2024-06").status, 404);
}

/// The daily mean of each day of a month, °C.
fn degrees(at: usize) -> f64 {
    -5.0 + 3.0 * ((at * 5) % 12) as f64
}

#[test]
fn degree_days_come_from_whole_months_of_temperatures_and_drive_the_model() {
    let app = TestApp::new();
    let terminal = app.terminal(&Enterprise::new("采暖水泥").industry("C3011"));
    let days = |at: usize| {
        nengce_tests::support::message::date(&format!("{}-01", named(at))).days_in_month()
    };
    let heating = |at: usize| f64::from(days(at)) * (18.0 - degrees(at)).max(0.0);
    let cooling = |at: usize| f64::from(days(at)) * (degrees(at) - 26.0).max(0.0);
    let used = |at: usize| {
        let error = if at.is_multiple_of(3) { 2.0 } else { -1.0 };
        let whole = 900.0 + 0.5 * heating(at) + 2.0 * cooling(at) + error;
        if at < 18 { whole } else { whole * 0.9 }
    };
    let entries: Vec<_> = (0..24).map(|at| month(RAW_COAL, &named(at), used(at))).collect();
    terminal.upload(&entries).received();
    let ask = |more: &str| -> SavingsView {
        let query = format!("works_from=2024-06&baseline_months=17&until=2024-12{more}");
        app.get(&path(&terminal, &query)).read()
    };
    let before = ask("");
    assert_eq!(before.months_without_weather, before.months.len() as u32);
    assert!(before.drivers.iter().all(|it| !it.code.ends_with("degree_days")), "{before:?}");

    let mut file = "region_code,day,mean_celsius\n".to_owned();
    for at in 0..24 {
        for day in 1..=days(at) {
            file += &format!("120000,{}-{day:02},{}\n", named(at), degrees(at));
        }
    }
    let stored = app.import("temperatures", "temperatures.csv", &file);
    assert_eq!(stored["stored"], 731, "{stored}");
    let found = ask("");
    assert_eq!(found.months_without_weather, 0);
    let of = |code: &str| found.drivers.iter().find(|it| it.code == code).expect("a driver");
    for (code, truth) in [("heating_degree_days", 0.5), ("cooling_degree_days", 2.0)] {
        let driver = of(code);
        let coefficient = driver.coefficient.expect("a coefficient");
        // Raw coal: 0.7143 tce a ton.
        assert!(driver.used && (coefficient / (truth * 0.7143) - 1.0).abs() < 0.1, "{driver:?}");
    }
    let june = found.months.iter().find(|it| it.month == named(6)).expect("a month");
    let at =
        found.drivers.iter().filter(|it| it.used).position(|it| it.code == "heating_degree_days");
    check_near(june.outputs[at.expect("it is used")], heating(6), "degree days of a month");
    let outcome = found.outcome.expect("figures");
    let truth: f64 = (18..24).map(|at| used(at) / 0.9 * 0.1 * 0.7143).sum();
    assert!((outcome.saved - truth).abs() < outcome.half_width_90, "{outcome:?}, {truth}");
    assert_ne!(found.input_hash, before.input_hash);

    // A day of a district of its own: the district has temperatures, and none of its months is whole.
    let region = &terminal.enterprise.region;
    app.import(
        "temperatures",
        "t.csv",
        &format!("region_code,day,mean_celsius\n{region},2024-01-01,3\n"),
    );
    assert_eq!(ask("").months_without_weather, before.months_without_weather);
    let refused = app.import("temperatures", "t.csv", "region_code,day,mean_celsius\n120000,2024-01-01,300\n120000,2024-02-30,3\n1,2024-01-01,3\n");
    assert_eq!(refused["stored"], 0, "{refused}");
    assert_eq!(refused["rejected"], 3, "{refused}");
}
