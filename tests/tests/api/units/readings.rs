//! `GET /units/{code}/readings`: raw readings with the values that they replaced.

use nengce_shared::mask::mask;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, NATURAL_GAS, day, days, hours};

#[test]
fn filters_by_code_kind_and_span() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("原始"));
    let entries = [
        hours(ELECTRICITY, "2025-03-02", f64::from),
        days(ELECTRICITY, "2025-03-01", "2025-03-05", |_| 9.0),
        vec![day(NATURAL_GAS, "2025-03-02", 4.0)],
    ];
    terminal.upload(&entries.concat()).received();
    let count = |query: &str| {
        terminal.get(&format!("/readings?limit=1000{query}")).ok()["rows"]
            .as_array()
            .expect("rows")
            .len()
    };
    assert_eq!(count(""), 30);
    assert_eq!(count(&format!("&data_code={ELECTRICITY}")), 29);
    assert_eq!(count("&stat_type=0"), 24);
    assert_eq!(count("&from=2025-03-02&to=2025-03-02"), 26);
    assert_eq!(
        count(&format!("&data_code={ELECTRICITY}&stat_type=1&from=2025-03-02&to=2025-03-04")),
        3
    );
    assert_eq!(count("&data_code=0000000002330011"), 29, "a code without hyphens is the same code");
}

#[test]
fn says_what_came_from_whom_and_in_which_unit() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("原始"));
    terminal.upload(&[day(ELECTRICITY, "2025-03-01", 9.5)]).received();
    let row = &terminal.readings(ELECTRICITY, 1)[0];
    assert_eq!(row["value"], 9.5);
    assert_eq!(row["sent_by"], mask(&terminal.device_id));
    assert_eq!(row["input_type"], 1);
    assert!(row["unit"].as_str().is_some_and(|unit| unit.contains("kWh")), "{row}");
    assert!(row["received_at"].as_str().is_some_and(|at| at.starts_with("20")), "{row}");
}

#[test]
fn pages_do_not_lose_or_repeat_a_reading() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("翻页"));
    terminal
        .upload(&days(ELECTRICITY, "2025-01-01", "2025-02-19", |d| f64::from(d.day_of_year())))
        .received();
    let mut values = Vec::new();
    let mut cursor = String::new();
    for _ in 0..10 {
        let page = terminal.get(&format!("/readings?limit=13{cursor}")).ok();
        values.extend(
            page["rows"]
                .as_array()
                .expect("rows")
                .iter()
                .map(|row| row["value"].as_f64().expect("a value")),
        );
        match page["page"]["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    values.sort_by(f64::total_cmp);
    assert_eq!(values, (1..=50).map(f64::from).collect::<Vec<_>>());
}
