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
    let short = ask("works_from=2023-10");
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
