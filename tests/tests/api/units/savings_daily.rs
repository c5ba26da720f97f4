//! Savings by the daily model: days whose truth is known, with outputs, weekends and temperatures; what is left out and refused.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use nengce_shared::api::savings::{SavingsDriver, SavingsView};
use nengce_tests::support::app::TestApp;
use nengce_tests::support::city::CLINKER;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, RAW_COAL, day, month};
use nengce_tests::support::terminal::Terminal;
use serde_json::Value;

const FIRST: Date = Date::constant(2023, 1, 1);
/// The works: the whole of January 2024.
const WORKS: Date = Date::constant(2024, 1, 1);
const AFTER: Date = Date::constant(2024, 2, 1);
const LAST: Date = Date::constant(2024, 6, 30);
const QUESTION: &str = "works_from=2024-01&baseline_months=12&until=2024-06&model=day";

fn days() -> impl Iterator<Item = Date> {
    FIRST.series(1.day()).take_while(|it| *it <= LAST)
}

/// A figure between −1 and 1 that follows no pattern.
fn error(day: Date, salt: i64) -> f64 {
    let at = i64::from(day.day_of_year()) * 7_919 + i64::from(day.year()) * 104_729 + salt;
    ((at * at) % 2_003) as f64 / 1_001.5 - 1.0
}

fn is_weekend(day: Date) -> bool {
    [Weekday::Saturday, Weekday::Sunday].contains(&day.weekday())
}

fn celsius(day: Date) -> f64 {
    let season = f64::from(day.day_of_year() - 20) / 365.0 * std::f64::consts::TAU;
    let value = 13.0 - 16.0 * season.cos() + 3.0 * error(day, 5);
    (value * 10.0).round() / 10.0
}

fn clinker(day: Date) -> f64 {
    1_000.0 + 150.0 * error(day, 11)
}

/// Raw coal: 20 t, 0.1 t for each ton of clinker, 10 t less on weekends, 0.8 t for each degree below 12 °C; a tenth less after
/// the works.
fn coal(day: Date) -> f64 {
    let weekend = if is_weekend(day) { 10.0 } else { 0.0 };
    let heating = 0.8 * (12.0 - celsius(day)).max(0.0);
    let whole = 20.0 + 0.1 * clinker(day) - weekend + heating + 2.0 * error(day, 17);
    if day < AFTER { whole } else { whole * 0.9 }
}

fn plant<'a>(app: &'a TestApp, name: &str, more: Vec<Value>) -> Terminal<'a> {
    let terminal = app.terminal(&Enterprise::new(name).industry("C3011"));
    let mut entries = more;
    for it in days() {
        let name = it.to_string();
        entries.extend([day(RAW_COAL, &name, coal(it)), day(CLINKER, &name, clinker(it))]);
    }
    for part in entries.chunks(500) {
        terminal.upload(part).received();
    }
    terminal
}

fn import_temperatures(app: &TestApp) {
    let mut file = "region_code,day,mean_celsius\n".to_owned();
    for it in days() {
        file += &format!("120000,{it},{}\n", celsius(it));
    }
    let stored = app.import("temperatures", "temperatures.csv", &file);
    assert_eq!(stored["stored"], days().count(), "{stored}");
}

fn ask(plant: &Terminal<'_>, more: &str) -> SavingsView {
    plant.get(&format!("/savings?{QUESTION}{more}")).read()
}

fn driver<'a>(view: &'a SavingsView, code: &str) -> &'a SavingsDriver {
    view.drivers.iter().find(|it| it.code == code).unwrap_or_else(|| panic!("{code}: {view:?}"))
}

#[test]
fn a_tenth_less_coal_is_found_from_days() {
    let app = TestApp::new();
    let plant = plant(&app, "按日核算水泥", Vec::new());
    import_temperatures(&app);
    let found = ask(&plant, "");
    let outcome = found.outcome.as_ref().expect("figures");
    // Raw coal: 0.7143 tce a ton.
    let report = || days().filter(|it| *it >= AFTER);
    let truth: f64 = report().map(|it| coal(it) / 0.9 * 0.1 * 0.7143).sum();
    assert!((outcome.saved - truth).abs() < outcome.half_width_90, "{outcome:?}, {truth}");
    assert!((outcome.saved / truth - 1.0).abs() < 0.05, "{outcome:?}, {truth}");
    assert_eq!(
        (outcome.verdict.as_str(), outcome.baseline_months, outcome.report_months),
        ("saving", 365, report().count() as u32)
    );
    assert!(outcome.independent.is_some_and(|it| it > 100.0 && it <= 365.0), "{outcome:?}");
    let coefficients =
        [("weekend", -10.0, 0.1), ("heating_degree_days", 0.8, 0.1)].map(|(code, truth, share)| {
            let it = driver(&found, code);
            assert!(it.used, "{it:?}");
            (it.coefficient.expect("a coefficient") / (truth * 0.7143), share)
        });
    assert!(coefficients.iter().all(|(it, share)| (it - 1.0).abs() < *share), "{coefficients:?}");
    let balance = driver(&found, "heating_degree_days").balance_point.expect("a balance point");
    assert!((balance - 12.0).abs() <= 1.0, "{balance}");
    let clinker =
        found.drivers.iter().find(|it| it.used && it.unit.contains('t')).expect("clinker");
    assert!((clinker.coefficient.expect("one") / 0.07143 - 1.0).abs() < 0.05, "{clinker:?}");
    assert_eq!(found.months.len(), days().count());
    assert_eq!(found.months.iter().filter(|it| it.part == "works").count(), 31);
    let works = found.months.iter().find(|it| it.month == WORKS.to_string()).expect("a day");
    assert_eq!((works.part.as_str(), works.modelled), ("works", None));

    // What was left open is named and asks the same again; without weather the model explains less.
    let without = ask(&plant, "&drivers=weekend");
    assert!(without.outcome.as_ref().expect("figures").cv_rmse > outcome.cv_rmse);
    assert_ne!(without.input_hash, found.input_hash);
    let coal = ask(&plant, &format!("&items={RAW_COAL}")).outcome.expect("figures");
    assert!((coal.saved - outcome.saved).abs() < 1e-6, "{coal:?}");
}

#[test]
fn days_that_do_not_count_are_named_and_too_few_are_refused() {
    let app = TestApp::shared();
    let monthly = (0..18)
        .map(|at| month(ELECTRICITY, &format!("{}-{:02}", 2023 + at / 12, at % 12 + 1), 100.0));
    let plant = plant(&app, "按日有缺水泥", monthly.collect());
    // Electricity comes by month alone: the days lack it, and the answer says so.
    let found = ask(&plant, "");
    assert_eq!(found.items_left_out, [ELECTRICITY]);
    assert!(found.drivers.iter().all(|it| !it.code.ends_with("degree_days")), "{found:?}");
    assert_eq!(found.months_without_weather as usize, found.months.len());
    let refused = plant.get(&format!("/savings?{QUESTION}&items={ELECTRICITY}"));
    assert_eq!(refused.status, 400, "{}", refused.text());
    let refused = plant.get(&format!("/savings?{QUESTION}&drivers=value_added"));
    assert_eq!(refused.json()["errors"][0]["field"], "drivers", "{}", refused.text());
    let month = plant.get(&format!(
        "/savings?works_from=2024-01&baseline_months=12&until=2024-06&items={ELECTRICITY}"
    ));
    let month: SavingsView = month.read();
    assert_eq!(month.outcome.expect("figures").report_months, 5);

    let short = plant.get("/savings?works_from=2023-11&baseline_months=12&until=2024-06&model=day");
    let short: SavingsView = short.read();
    assert_eq!(
        (short.problem.as_deref(), short.needed_months, short.outcome),
        (Some("baseline_too_short"), Some(328), None)
    );
    let first = short.months.first().expect("days");
    assert_eq!(
        (first.month.as_str(), first.left_out.as_deref()),
        ("2022-11-01", Some("no_energy"))
    );
}
