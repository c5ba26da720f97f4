//! `GET /units/{code}/energy`: what counts, and from which figure of the day or month.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::figures::check_value;
use nengce_tests::support::message::{
    COKE, ELECTRICITY, HEAT, NATURAL_GAS, RAW_COAL, day, days, entry, hour, hours, month, quarters,
};
use serde_json::Value;

/// Uploads, queries, and compares the total and the rows `(period, energy type, quantity, source)`.
#[track_caller]
fn check(entries: &[Value], query: &str, total: f64, rows: &[(&str, &str, f64, &str)]) {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("能源"));
    terminal.upload(entries).received();
    let answer = terminal.get(&format!("/energy?{query}")).ok();
    assert_eq!(answer["unit"], "tce", "{answer}");
    check_value(&answer["total_tce"], total, &format!("total of {answer}"));
    let found: Vec<_> = answer["rows"].as_array().expect("rows").iter().map(brief).collect();
    let expected: Vec<_> = rows
        .iter()
        .map(|(p, t, q, s)| ((*p).to_owned(), (*t).to_owned(), *q, (*s).to_owned()))
        .collect();
    assert_eq!(found.len(), expected.len(), "{answer:#}");
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(
            (&found.0, &found.1, &found.3),
            (&expected.0, &expected.1, &expected.3),
            "{answer:#}"
        );
        assert!((found.2 - expected.2).abs() < 1e-9, "{found:?}, by hand {expected:?}");
    }
}

fn brief(row: &Value) -> (String, String, f64, String) {
    let text =
        |name: &str| row[name].as_str().unwrap_or_else(|| panic!("{name}: {row}")).to_owned();
    (
        text("period"),
        text("energy_type"),
        row["quantity"].as_f64().expect("a quantity"),
        text("source"),
    )
}

/// Only the total, in March 2025 on the calorific basis.
#[track_caller]
fn check_total(entries: &[Value], total: f64) {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("能源").conversion());
    terminal.upload(entries).received();
    let answer =
        terminal.get("/energy?from=2025-03-01&to=2025-03-31&grain=month&basis=calorific").ok();
    check_value(&answer["total_tce"], total, &format!("{answer}"));
}

#[test]
fn electricity_differs_by_basis_and_gas_does_not() {
    let entries = [day(ELECTRICITY, "2025-03-01", 10.0), day(NATURAL_GAS, "2025-03-01", 2.0)];
    let rows = [("2025-03-01", "1500", 2.0, "reported"), ("2025-03-01", "3300", 10.0, "reported")];
    // 2 · 12,150 + 10 · 1,229 kgce; equivalent: 2,850 kgce per 10^4 kWh in 2025.
    check(&entries, "from=2025-03-01&to=2025-03-01&grain=day&basis=calorific", 24.3 + 12.29, &rows);
    check(&entries, "from=2025-03-01&to=2025-03-01&grain=day&basis=equivalent", 24.3 + 28.5, &rows);
}

#[test]
fn a_day_is_the_reported_value_before_the_sum_of_its_hours() {
    let both =
        [hours(ELECTRICITY, "2025-03-01", |_| 1.0), vec![day(ELECTRICITY, "2025-03-01", 30.0)]]
            .concat();
    let query = "from=2025-03-01&to=2025-03-01&grain=day&basis=calorific";
    check(&both, query, 30.0 * 1.229, &[("2025-03-01", "3300", 30.0, "reported")]);
    let only_hours = hours(ELECTRICITY, "2025-03-01", |_| 1.0);
    check(&only_hours, query, 24.0 * 1.229, &[("2025-03-01", "3300", 24.0, "summed")]);
}

#[test]
fn a_day_is_the_local_calendar_day() {
    let entries = [
        hour(ELECTRICITY, "2025-02-28", 23, 100.0),
        hour(ELECTRICITY, "2025-03-01", 0, 1.0),
        hour(ELECTRICITY, "2025-03-01", 23, 2.0),
        hour(ELECTRICITY, "2025-03-02", 0, 400.0),
    ];
    let query = "from=2025-03-01&to=2025-03-01&grain=day&basis=calorific";
    check(&entries, query, 3.0 * 1.229, &[("2025-03-01", "3300", 3.0, "summed")]);
}

#[test]
fn quarter_hours_add_up_to_the_day() {
    let entries = quarters(ELECTRICITY, "2025-03-01", |_| 0.25);
    let query = "from=2025-03-01&to=2025-03-01&grain=day&basis=calorific";
    check(&entries, query, 24.0 * 1.229, &[("2025-03-01", "3300", 24.0, "summed")]);
}

#[test]
fn a_month_is_the_reported_value_before_the_sum_of_its_days() {
    let ten_days = days(ELECTRICITY, "2025-03-01", "2025-03-10", |_| 5.0);
    let query = "from=2025-03&to=2025-03&grain=month&basis=calorific";
    check(&ten_days, query, 50.0 * 1.229, &[("2025-03", "3300", 50.0, "summed")]);
    let with_month = [ten_days, vec![month(ELECTRICITY, "2025-03", 160.0)]].concat();
    check(&with_month, query, 160.0 * 1.229, &[("2025-03", "3300", 160.0, "reported")]);
}

#[test]
fn a_year_adds_months_of_both_kinds() {
    let entries = [
        vec![month(ELECTRICITY, "2024-01", 100.0)],
        days(ELECTRICITY, "2024-02-01", "2024-02-29", |_| 1.0),
    ]
    .concat();
    let query = "from=2024&to=2024&grain=year&basis=calorific";
    check(&entries, query, 129.0 * 1.229, &[("2024", "3300", 129.0, "mixed")]);
}

#[test]
fn a_partial_month_is_summed_from_its_days() {
    let entries = [
        days(ELECTRICITY, "2025-03-01", "2025-03-31", |_| 5.0),
        vec![month(ELECTRICITY, "2025-03", 160.0)],
    ]
    .concat();
    let query = "from=2025-03-01&to=2025-03-10&grain=month&basis=calorific";
    check(&entries, query, 50.0 * 1.229, &[("2025-03", "3300", 50.0, "summed")]);
}

#[test]
fn conversion_output_and_recovered_energy_are_deducted() {
    let coke_out = "00-00-0000-020900-30";
    let recovered = "00-00-0000-023700-30";
    // 100 t · 714.3 − 50 t · 971.4 − 10 GJ · 34.12 kgce
    let entries = [
        day(RAW_COAL, "2025-03-01", 100.0),
        day(coke_out, "2025-03-01", 50.0),
        day(recovered, "2025-03-01", 10.0),
    ];
    check_total(&entries, 71.43 - 48.57 - 0.3412);
}

#[test]
fn totals_processes_equipment_and_unnamed_usages_do_not_count() {
    let not_counted = [
        "00-00-0000-010000-11",
        "00-00-0000-020000-11",
        "04-00-0000-023300-11",
        "04-01-0000-023300-11",
        "04-01-0101-023300-11",
        "00-00-0000-023300-21",
        "00-00-0000-023300-60",
        "00-00-0000-023300-80",
        "00-00-0000-023300-77",
        "00-00-0000-033300-11",
    ];
    let mut entries: Vec<Value> =
        not_counted.iter().map(|code| day(code, "2025-03-01", 1000.0)).collect();
    entries.push(day(COKE, "2025-03-01", 10.0));
    check_total(&entries, 9.714);
}

#[test]
fn every_unit_of_the_dictionary_is_converted() {
    check_total(&[day(HEAT, "2025-03-01", 1000.0)], 34.12);
    check_total(&[day("00-00-0000-022100-11", "2025-03-01", 10.0)], 14.571);
    check_total(&[day("00-00-0000-021100-11", "2025-03-01", 3.0)], 17.784);
}

#[test]
fn a_yearly_value_adds_nothing_to_months_and_days() {
    let entries =
        [entry(ELECTRICITY, 3, "2025-01-01 00:00:00", 9999.0), month(ELECTRICITY, "2025-03", 10.0)];
    check_total(&entries, 12.29);
}

#[test]
fn an_empty_span_has_no_rows_and_no_completeness() {
    check(
        &[day(ELECTRICITY, "2025-03-01", 1.0)],
        "from=2024-03-01&to=2024-03-31&grain=day&basis=calorific",
        0.0,
        &[],
    );
}

#[test]
fn an_unknown_unit_is_not_found() {
    TestApp::shared().get("/api/v1/units/911201120000000191/energy").problem(404, "not_found");
}
