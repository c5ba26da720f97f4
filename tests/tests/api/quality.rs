//! `/api/v1/quality/…`: a fault becomes a finding with its readings, a correction resolves it, an operator may waive it.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::figures::check_value;
use nengce_tests::support::message::{ELECTRICITY, NATURAL_GAS, day, days};
use nengce_tests::support::terminal::Terminal;
use nengce_tests::support::wait::wait_for;
use serde_json::{Value, json};
use std::io::BufRead;

const FROM: &str = "2025-03-01";
const TO: &str = "2025-04-30";
const FAULT_DAY: &str = "2025-04-10";

/// A figure around 200 that repeats neither on the next day nor in the next month.
fn usual(day: jiff::civil::Date) -> f64 {
    200.0 + f64::from(day.day()) * 1.37 + f64::from(day.month() - 4) * 0.0137
}

/// Electricity of two months, with one day 10,000 times as high.
fn spoilt_upload(terminal: &Terminal<'_>) {
    let values = days(ELECTRICITY, FROM, TO, |day| {
        usual(day) * if day.to_string() == FAULT_DAY { 10_000.0 } else { 1.0 }
    });
    terminal.upload(&values).received();
}

/// Polls until an answer satisfies the condition, since rules run behind the writer.
#[track_caller]
fn until(app: &TestApp, path: &str, holds: impl Fn(&Value) -> bool) -> Value {
    wait_for(path, || Some(app.get(path).ok()).filter(&holds))
}

fn rows(list: &Value) -> &[Value] {
    list["rows"].as_array().map_or(&[], Vec::as_slice)
}

fn findings(app: &TestApp, unit: &Enterprise, filter: &str) -> Vec<Value> {
    let path = format!("/api/v1/quality/findings?unit={}&{filter}", unit.code);
    rows(&app.get(&path).ok()).to_vec()
}

fn validity(app: &TestApp, unit: &Enterprise) -> Value {
    let path = format!("/api/v1/quality/units/{}?from={FAULT_DAY}&to={FAULT_DAY}", unit.code);
    app.get(&path).ok()["days"][0]["figures"]["validity"].clone()
}

#[test]
fn a_fault_is_found_with_its_readings_and_its_correction_resolves_it() {
    let app = TestApp::new();
    let unit = Enterprise::new("错单位").collects(ELECTRICITY, 1);
    let terminal = app.terminal(&unit);
    spoilt_upload(&terminal);
    app.wait_until_assessed();
    let found = findings(&app, &unit, "rule=unit_mixup");
    assert_eq!(found.len(), 1, "{found:?}");
    let it = &found[0];
    assert_eq!(
        (&it["state"], &it["severity"], &it["from"], &it["to"]),
        (&json!("open"), &json!("high"), &json!(FAULT_DAY), &json!(FAULT_DAY))
    );
    assert_eq!(it["data_code"], ELECTRICITY);
    assert_eq!(validity(&app, &unit), 0.0);
    let detail = app.get(&format!("/api/v1/quality/findings/{}", it["finding_id"])).ok();
    let reading = &detail["evidence"][0];
    check_value(&reading["value"], 213.7e4, "the reading");
    assert!(reading["stat_date"].as_str().is_some_and(|it| it.starts_with(FAULT_DAY)));
    assert!(reading["expected"].as_f64().is_some_and(|it| (200.0..245.0).contains(&it)));
    assert!(rows(&json!({ "rows": detail["context"] })).len() > 30);

    terminal.upload(&[day(ELECTRICITY, FAULT_DAY, 213.7)]).received();
    let path =
        format!("/api/v1/quality/findings?unit={}&rule=unit_mixup&state=resolved", unit.code);
    let resolved = until(&app, &path, |it| !rows(it).is_empty());
    assert_eq!(rows(&resolved)[0]["finding_id"], it["finding_id"]);
    assert!(rows(&resolved)[0]["resolved_at"].is_string());
    assert_eq!(findings(&app, &unit, "rule=unit_mixup"), Vec::<Value>::new());
    app.wait_until_assessed();
    assert_eq!(validity(&app, &unit), 1.0);
}

#[test]
fn an_operator_waives_a_finding_with_a_reason() {
    let app = TestApp::new();
    let unit = Enterprise::new("已说明").collects(ELECTRICITY, 1);
    spoilt_upload(&app.terminal(&unit));
    app.wait_until_assessed();
    let id = findings(&app, &unit, "rule=unit_mixup")[0]["finding_id"].clone();
    let path = format!("/api/v1/quality/findings/{id}/waive");
    assert_eq!(app.post(&path, &json!({ "reason": "换表" })).status, 401);
    let send = |path: &str, reason: &str| {
        let body = json!({ "reason": reason }).to_string().into_bytes();
        app.admin_post(path, body, "application/json")
    };
    let empty = send(&path, "  ");
    assert_eq!(empty.status, 400, "{}", empty.text());
    let unknown = send("/api/v1/quality/findings/999999/waive", "换表");
    assert!([404, 409].contains(&unknown.status), "{}", unknown.text());
    assert_eq!(send(&path, "换表后单位设错").status, 200);
    assert_eq!(findings(&app, &unit, "rule=unit_mixup"), Vec::<Value>::new());
    let waived = findings(&app, &unit, "rule=unit_mixup&state=waived");
    assert_eq!(waived[0]["finding_id"], id);
    let detail = app.get(&format!("/api/v1/quality/findings/{id}")).ok();
    assert_eq!(detail["finding"]["waiver"]["reason"], "换表后单位设错");
}

#[test]
fn a_standstill_is_no_silence() {
    let app = TestApp::new();
    let still =
        Enterprise::numbered(31, "检修停产").collects(ELECTRICITY, 1).collects(NATURAL_GAS, 1);
    let silent = Enterprise::numbered(32, "断线").collects(ELECTRICITY, 1);
    let zero = Enterprise::numbered(33, "死表").collects(ELECTRICITY, 1).collects(NATURAL_GAS, 1);
    let stopped = |date: jiff::civil::Date| date.month() == 4 && (7..=15).contains(&date.day());
    let running = |date| if stopped(date) { 0.0 } else { usual(date) };
    for (unit, gas) in [(&still, 0.0), (&zero, 1.0)] {
        let terminal = app.terminal(unit);
        terminal.upload(&days(ELECTRICITY, FROM, TO, running)).received();
        let values = days(NATURAL_GAS, FROM, TO, |date| {
            0.1 * if stopped(date) { gas * usual(date) } else { usual(date) }
        });
        terminal.upload(&values).received();
    }
    let gap: Vec<Value> = days(ELECTRICITY, FROM, TO, usual)
        .into_iter()
        .filter(|it| !it["statDate"].as_str().is_some_and(|it| it.starts_with("2025-04-1")))
        .collect();
    assert_eq!(gap.len(), 51);
    app.terminal(&silent).upload(&gap).received();
    app.wait_until_assessed();
    let until_april = |unit: &Enterprise| -> Vec<(Value, Value, Value)> {
        findings(&app, unit, "state=open")
            .into_iter()
            .filter(|it| it["from"].as_str() <= Some(TO))
            .map(|it| (it["rule"].clone(), it["from"].clone(), it["days"].clone()))
            .collect()
    };
    assert_eq!(until_april(&still), []);
    assert_eq!(until_april(&silent), [(json!("silent"), json!("2025-04-10"), json!(10))]);
    assert_eq!(until_april(&zero), [(json!("zero"), json!("2025-04-07"), json!(9))]);
}

#[test]
fn a_unit_set_wrong_from_the_start_is_seen_among_its_peers() {
    let mut app = TestApp::new();
    let units: Vec<Enterprise> =
        (0..6).map(|at| Enterprise::numbered(50 + at, "同行").collects(ELECTRICITY, 1)).collect();
    for (at, unit) in units.iter().enumerate() {
        let factor = if at == 3 { 10_000.0 } else { 1.0 + at as f64 };
        let values = days(ELECTRICITY, FROM, TO, |date| usual(date) * factor);
        app.terminal(unit).upload(&values).received();
    }
    app.wait_until_assessed();
    // Peers are collected at the start and on each new day.
    app.server.stop();
    app.server.launch();
    let path = "/api/v1/quality/findings?rule=peer_scale&state=all";
    until(&app, path, |it| !rows(it).is_empty());
    app.wait_until_assessed();
    let list = app.get(path).ok();
    assert!(rows(&list).iter().all(|it| it["unit"]["enterprise_code"] == json!(units[3].code)));
}

#[test]
fn the_index_is_the_weighted_mean_of_the_parts_that_have_a_figure() {
    let app = TestApp::with_environment(&[
        ("NENGCE_QUALITY_WEIGHT_COMPLETENESS", "3"),
        ("NENGCE_QUALITY_WEIGHT_VALIDITY", "1"),
        ("NENGCE_QUALITY_WEIGHT_ACCURACY", "0"),
        ("NENGCE_QUALITY_WEIGHT_TIMELINESS", "0"),
        ("NENGCE_QUALITY_WEIGHT_CONFORMITY", "0"),
    ]);
    let unit = Enterprise::new("指数").collects(ELECTRICITY, 1);
    let mut values = days(ELECTRICITY, FROM, TO, usual);
    values.retain(|it| it["statDate"] != json!("2025-04-20 00:00:00"));
    assert_eq!(values.len(), 60);
    app.terminal(&unit).upload(&values).received();
    app.wait_until_assessed();
    let path = format!("/api/v1/quality/units?from=2025-04-11&to={TO}");
    let list = app.get(&path).ok();
    let row = rows(&list)
        .iter()
        .find(|it| it["unit"]["enterprise_code"] == json!(unit.code))
        .unwrap_or_else(|| panic!("the unit is not there: {list}"));
    assert_eq!(
        (&row["figures"]["received"], &row["figures"]["expected"]),
        (&json!(19), &json!(20))
    );
    check_value(&row["figures"]["completeness"], 0.95, "completeness");
    check_value(&row["figures"]["validity"], 1.0, "validity");
    check_value(&row["figures"]["index"], 0.75 * 0.95 + 0.25, "index");
    assert_eq!(list["weights"]["completeness"], 3.0);
}

#[test]
fn what_waited_to_be_assessed_is_assessed_after_a_kill() {
    // The quality worker is so slow that the kill comes first.
    let mut app = TestApp::with_environment(&[("NENGCE_QUALITY_INTERVAL_MS", "3000")]);
    let unit = Enterprise::new("断电后").collects(ELECTRICITY, 1);
    drop(app.terminal(&unit));
    spoilt_upload(&app.registered(&unit));
    app.server.kill();
    app.server.launch();
    let path = format!("/api/v1/quality/findings?unit={}&rule=unit_mixup", unit.code);
    let found = until(&app, &path, |it| !rows(it).is_empty());
    assert_eq!(rows(&found)[0]["from"], FAULT_DAY);
}

#[test]
fn open_pages_are_told_of_what_was_assessed() {
    let app = TestApp::new();
    let stream = reqwest::blocking::get(format!("{}/api/v1/events", app.url())).expect("a stream");
    let mut lines = std::io::BufReader::new(stream).lines();
    let mut assessed = || {
        let told = lines.find_map(|line| {
            let line = line.expect("the stream is open");
            line.strip_prefix("data: {\"assessed\":")?.strip_suffix('}')?.parse::<u64>().ok()
        });
        told.expect("an event")
    };
    assert_eq!(assessed(), 0, "at once");
    spoilt_upload(&app.terminal(&Enterprise::new("跟随").collects(ELECTRICITY, 1)));
    assert!(assessed() > 0);
}

#[test]
fn filters_are_checked_and_lists_are_exported_as_shown() {
    let app = TestApp::new();
    let unit = Enterprise::new("导出").collects(ELECTRICITY, 1);
    spoilt_upload(&app.terminal(&unit));
    app.wait_until_assessed();
    for (wrong, field) in [
        ("rule=nonsense", "rule"),
        ("state=gone", "state"),
        ("severity=extreme", "severity"),
        ("day=2025-13-01", "day"),
    ] {
        let answer = app.get(&format!("/api/v1/quality/findings?{wrong}"));
        assert_eq!(answer.status, 400, "{wrong}: {}", answer.text());
        assert!(answer.text().contains(field), "{}", answer.text());
    }
    let csv = app.get("/api/v1/quality/findings?rule=unit_mixup&format=csv").text();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 2, "{csv}");
    assert!(lines[1].contains("导出") && lines[1].contains(FAULT_DAY), "{csv}");
    let rules = app.get("/api/v1/quality/rules").ok();
    let names: Vec<_> = rules["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .map(|it| it["rule"].as_str().unwrap_or_default().to_owned())
        .collect();
    for rule in ["silent", "zero", "stuck", "unit_mixup", "counter_restart", "month_sum"] {
        assert!(names.iter().any(|it| it == rule), "{names:?}");
    }
    let text = rules.to_string();
    for parameter in ["month_tolerance_log10", "newest_month_up_ratio", "least_months"] {
        assert!(text.contains(&format!("\"{parameter}\"")), "{parameter}: {text}");
    }
}
