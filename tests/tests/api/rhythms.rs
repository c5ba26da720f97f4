//! Units that report by the month or by the year count accordingly in figures, completeness, levels, silence and
//! quality. A stamp counts for the period that contains it, in every interface.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::figures::check_near;
use nengce_tests::support::message::{ELECTRICITY, RAW_COAL, VALUE_ADDED, entry, month, months};
use nengce_tests::support::terminal::Terminal;
use serde_json::Value;

use crate::bulk;

/// Equivalent or calorific factor of raw coal: tce a tonne.
const COAL: f64 = 0.7143;

fn tce(terminal: &Terminal<'_>, span: &str) -> Option<f64> {
    let answer = terminal.get(&format!("/energy?{span}&grain=month&basis=calorific"));
    let answer = answer.ok();
    let rows = answer["rows"].as_array().expect("rows");
    (!rows.is_empty()).then(|| answer["total_tce"].as_f64().expect("a total"))
}

fn completeness(terminal: &Terminal<'_>, span: &str) -> Value {
    let answer = terminal.get(&format!("/energy?{span}&grain=month"));
    answer.ok()["completeness"].clone()
}

fn found(app: &TestApp, unit: &Enterprise, rule: &str) -> Vec<String> {
    let path = format!("/api/v1/quality/findings?unit={}&rule={rule}&limit=100", unit.code);
    let list = app.get(&path).ok();
    let rows = list["rows"].as_array().expect("rows");
    let mut from: Vec<String> =
        rows.iter().map(|it| it["from"].as_str().expect("a day").to_owned()).collect();
    from.sort();
    from
}

#[test]
fn ten_of_ten_months_are_complete_and_nine_are_nine_tenths() {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("月报").collects(RAW_COAL, 2));
    let ten = &months(RAW_COAL, 2025, 100.0)[..10];
    terminal.upload(ten).received();
    let span = "from=2025-01&to=2025-10";
    assert_eq!(completeness(&terminal, span), 1.0);
    check_near(tce(&terminal, span).expect("energy"), 1_000.0 * COAL, "ten months");

    let gappy = app.terminal(&Enterprise::new("缺月").collects(RAW_COAL, 2));
    gappy.upload(&[&ten[..4], &ten[5..]].concat()).received();
    assert_eq!(completeness(&gappy, span), 0.9);
    // The months after the last one are missing, but they were expected.
    assert_eq!(completeness(&gappy, "from=2025-09&to=2025-12"), 0.5);
}

#[test]
fn a_monthly_reporter_has_a_level_and_a_silent_one_is_listed() {
    let app = TestApp::new();
    let unit = Enterprise::numbered(81, "月报单位").collects(RAW_COAL, 2).collects(VALUE_ADDED, 2);
    let terminal = app.terminal(&unit);
    for (year, coal) in [(2024, 100.0), (2025, 90.0)] {
        terminal.upload(&months(RAW_COAL, year, coal)).received();
        terminal.upload(&months(VALUE_ADDED, year, 1_000.0)).received();
    }
    app.import(
        "targets",
        "targets.csv",
        &format!("scope,code,kind,from_year,to_year,value,basis\nunit,{},annual_fall,2025,2025,0.03,equivalent\n", unit.code),
    );
    let view = app.get("/api/v1/intensity?from=2025-01&to=2025-12&by=unit").ok();
    let group = &view["groups"][0];
    assert_eq!(view["scope"]["completeness"], 1.0, "{view}");
    assert_eq!(group["warning"]["level"], "level3", "{group}");
    // Nothing has come since the end of 2025, and the list states since when.
    let targets = app.get("/api/v1/inspection-targets?from=2025-01&to=2025-12").ok();
    let parts = targets["rows"][0]["parts"].as_array().expect("parts");
    let silent = parts.iter().find(|it| it["reason"] == "silent").expect("silent");
    let evidence = silent["evidence_en"].as_str().expect("words");
    assert!(evidence.contains("2026-01-01 to"), "{evidence}");
    assert_eq!(targets["reasons"][1]["ongoing"], 1);
}

#[test]
fn a_years_value_counts_until_something_finer_comes() {
    let app = TestApp::new();
    let unit = Enterprise::numbered(82, "年报单位").collects(RAW_COAL, 3);
    let terminal = app.terminal(&unit);
    let year = |year: i16, value: f64| entry(RAW_COAL, 3, &format!("{year}-01-01 00:00:00"), value);
    terminal.upload(&[year(2024, 1_200.0), year(2025, 1_300.0)]).received();
    check_near(tce(&terminal, "from=2025&to=2025").expect("energy"), 1_300.0 * COAL, "the year");
    check_near(
        tce(&terminal, "from=2025-02&to=2025-02").expect("energy"),
        1_300.0 * COAL * 28.0 / 365.0,
        "a month by its days",
    );
    assert_eq!(completeness(&terminal, "from=2024&to=2025"), 1.0);
    // This refreshes the city's view.
    let city = || {
        let view = app.get("/api/v1/dual-control?from=2025-01&to=2025-12&basis=calorific").ok();
        view["total"]["value"].as_f64()
    };
    check_near(city().expect("a total"), 1_300.0 * COAL, "the city");
    terminal.upload(&[year(2025, 1_400.0)]).received();
    check_near(city().expect("a total"), 1_400.0 * COAL, "the city, corrected");

    // A month is finer than a year: from then on the year is compared and does not count.
    terminal.upload(&[month(RAW_COAL, "2025-03", 110.0)]).received();
    check_near(city().expect("a total"), 110.0 * COAL, "the month alone");
    terminal.upload(&months(RAW_COAL, 2025, 100.0)).received();
    check_near(city().expect("a total"), 1_200.0 * COAL, "twelve months");
    app.wait_until_assessed();
    assert_eq!(found(&app, &unit, "year_sum"), ["2025-01-01"]);
    let verify = app.admin("POST", "/api/v1/maintenance/verify", b"{}".to_vec()).ok();
    assert_eq!(verify["ok"], true, "{verify}");
}

#[test]
fn a_years_value_that_will_not_count_is_told_at_the_door() {
    let app = TestApp::new();
    let unit = Enterprise::numbered(84, "年报与月报").collects(RAW_COAL, 3);
    let terminal = app.terminal(&unit);
    let year = |year: i16, value: f64| entry(RAW_COAL, 3, &format!("{year}-01-01 00:00:00"), value);
    let counts = terminal.upload(&[year(2024, 1_200.0), year(2025, 1_300.0)]).received();
    assert_eq!(counts.get("notCounted"), None, "nothing finer is there: {counts}");
    let months = terminal.upload(&months(RAW_COAL, 2025, 100.0)).received();
    assert_eq!(months.get("notCounted"), None, "months count: {months}");
    let told = terminal.upload(&[year(2024, 1_250.0), year(2025, 1_350.0)]).received();
    assert_eq!(told["notCounted"], 1, "{told}");
    assert!(told["hint"].as_str().is_some_and(|it| it.contains("不计入")), "{told}");
    // With a rejected entry, the sentence names both.
    let wrong = entry(RAW_COAL, 3, "2025-05-05 00:00:00", 1.0);
    let partly = terminal.upload(&[year(2025, 1_360.0), wrong]).refused();
    let sentence = partly["responseMessage"].as_str().unwrap_or_default();
    assert!(sentence.contains("1个年值已有更细的数据"), "{partly}");

    // A bulk upload behaves alike, also where it brings the finer values after the year.
    let row = |entry: Value| {
        let mut row = entry;
        row["enterpriseCode"] = unit.code.as_str().into();
        row.to_string() + "\n"
    };
    let body =
        row(year(2023, 900.0)) + &row(year(2022, 800.0)) + &row(month(RAW_COAL, "2023-03", 80.0));
    let token = bulk::token(&app, &[]);
    let answer = bulk::send(&app, &token, bulk::NDJSON, body.into_bytes(), &[]).received();
    assert_eq!((&answer["stored"], &answer["notCounted"]), (&3.into(), &1.into()), "{answer}");
    assert!(answer["hint"].as_str().is_some_and(|it| it.contains("不计入")), "{answer}");
}

#[test]
fn faults_of_monthly_values_are_found() {
    let app = TestApp::new();
    let unit = Enterprise::numbered(83, "月报有误").collects(RAW_COAL, 2);
    let terminal = app.terminal(&unit);
    let usual = |year: i16, at: i8| 100.0 + f64::from(at) * 1.37 + f64::from(year - 2023) * 0.731;
    let mut entries: Vec<Value> = Vec::new();
    for year in 2023..=2025i16 {
        for at in 1..=12i8 {
            let value = match (year, at) {
                (2024, 5) => -3.0,
                (2024, 9) => usual(year, at) * 10_000.0,
                (2025, 2) => usual(year, at) * 3.1,
                (2025, 5..=9) => 123.4567,
                (2025, 11) => continue,
                _ => usual(year, at),
            };
            entries.push(month(RAW_COAL, &format!("{year}-{at:02}"), value));
        }
    }
    terminal.upload(&entries).received();
    app.wait_until_assessed();
    assert_eq!(found(&app, &unit, "negative"), ["2024-05-01"]);
    assert_eq!(found(&app, &unit, "unit_mixup"), ["2024-09-01"]);
    assert_eq!(found(&app, &unit, "jump"), ["2025-02-01"]);
    let stuck: Vec<String> = (5..=9).map(|it| format!("2025-{it:02}-01")).collect();
    assert_eq!(found(&app, &unit, "stuck"), stuck);
    let silent = found(&app, &unit, "silent");
    assert!(silent.contains(&"2025-11-01".to_owned()), "{silent:?}");
    assert!(silent.contains(&"2026-01-01".to_owned()), "{silent:?}");
    assert_eq!(found(&app, &unit, "missing"), Vec::<String>::new());
}

#[test]
fn stamps_at_the_end_of_a_period_count_for_it_and_are_told() {
    let app = TestApp::new();
    let unit = Enterprise::numbered(84, "期末时间").collects(RAW_COAL, 2).collects(ELECTRICITY, 1);
    let terminal = app.terminal(&unit);
    let ends = ["2025-01-31", "2025-02-28", "2025-03-31"];
    let entries: Vec<Value> =
        ends.iter().map(|it| entry(RAW_COAL, 2, &format!("{it} 00:00:00"), 100.0)).collect();
    terminal.upload(&entries).received();
    let closed = entry(ELECTRICITY, 1, "2025-02-28 23:59:59", 28.0);
    let opened = entry(ELECTRICITY, 1, "2025-03-01 00:00:00", 1.0);
    terminal.upload(&[closed, opened]).received();
    let dates = |code: &str, stat_type| -> Vec<(String, f64)> {
        let rows = terminal.readings(code, stat_type);
        let mut all: Vec<_> = rows
            .iter()
            .map(|it| {
                let date = it["stat_date"].as_str().expect("a date")[..10].to_owned();
                (date, it["value"].as_f64().expect("a value"))
            })
            .collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    };
    let of = |it: &[(&str, f64)]| -> Vec<(String, f64)> {
        it.iter().map(|it| (it.0.to_owned(), it.1)).collect()
    };
    assert_eq!(
        dates(RAW_COAL, 2),
        of(&[("2025-01-01", 100.0), ("2025-02-01", 100.0), ("2025-03-01", 100.0)])
    );
    assert_eq!(dates(ELECTRICITY, 1), of(&[("2025-02-28", 28.0), ("2025-03-01", 1.0)]));
    app.wait_until_assessed();
    let moved = found(&app, &unit, "period_moved");
    assert!(moved.contains(&"2025-01-01".to_owned()), "{moved:?}");
    assert!(moved.contains(&"2025-02-28".to_owned()), "{moved:?}");
    // The last afternoon of a month may be the next one elsewhere: it is refused with the reason.
    let afternoon = entry(RAW_COAL, 2, "2025-04-30 16:00:00", 1.0);
    let refused = terminal.upload(&[afternoon]);
    refused.refused_entry(0, "statDate", "entry_stat_date_not_period_start");

    // A file that declares ends is read so, for months too; for any other file the moved stamps are reported.
    let other = Enterprise::new("期末导入").code;
    let path = |stamps: &str| {
        format!(
            "/api/v1/imports/readings?unit={other}&stat_type=2&stamps={stamps}&dry_run=true&map=time%3Ddate%3B{RAW_COAL}%3Dt"
        )
    };
    let bytes = || b"date,t\n2025-02-01,31\n2025-03-01,28\n".to_vec();
    let report = app.admin_post(&path("end"), bytes(), "text/csv").ok();
    assert_eq!(report["series"][0]["first"], "2025-01-01 00:00:00", "{report}");
    assert_eq!(report["series"][0]["moved"], 0);
    let bytes = b"date,t\n2025-01-31,31\n2025-02-28,28\n".to_vec();
    let report = app.admin_post(&path("start"), bytes, "text/csv").ok();
    assert_eq!(report["series"][0]["first"], "2025-01-01 00:00:00", "{report}");
    assert_eq!(report["series"][0]["moved"], 2);

    // Rows of an industry system with declared ends, and two stamps of one period, which are reported.
    let token = crate::bulk::token(&app, &[&unit.code]);
    let send = |query: &str, dates: &[(&str, &str)]| {
        let rows: String = dates
            .iter()
            .map(|(date, value)| {
                crate::bulk::line(&unit.code, date, value)
                    .replace("\"statType\":1", "\"statType\":2")
            })
            .collect();
        let token = format!("Bearer {token}");
        let headers = [("authorization", token.as_str()), ("content-type", crate::bulk::NDJSON)];
        app.post_bytes(&format!("/api/v1/bulk/readings{query}"), rows.into_bytes(), &headers)
    };
    let answer = send("?stamps=end", &[("2024-02-01", "31"), ("2024-03-01", "29")]).json();
    assert_eq!(answer["responseCode"], "0", "{answer}");
    assert_eq!(dates(ELECTRICITY, 2), of(&[("2024-01-01", 31.0), ("2024-02-01", 29.0)]));
    let answer = send("", &[("2023-01-01", "30"), ("2023-01-31", "31")]).json();
    assert_eq!(
        (&answer["stored"], &answer["rejected"], &answer["errors"][0]["code"]),
        (&1.into(), &1.into(), &"entry_stamps_clash".into()),
        "{answer}"
    );
}
