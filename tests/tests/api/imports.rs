//! `POST /api/v1/imports/{kind}` and `nengce import`: files, each fixture named for its problem.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::figures::{check_near, check_value};
use nengce_tests::support::message::ELECTRICITY;
use nengce_tests::support::server::command;
use nengce_tests::support::sources::workspace;
use serde_json::Value;

fn fixture(name: &str) -> Vec<u8> {
    let file = workspace().join("tests/fixtures").join(name);
    std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// Imports the column's kilowatt-hours into a new unit; `more` are further parameters.
fn import(app: &TestApp, unit: &str, bytes: Vec<u8>, map: &str, more: &str) -> Value {
    let map = map.replace('*', "%2A").replace(';', "%3B").replace('=', "%3D");
    let path = format!("/api/v1/imports/readings?unit={unit}&map={map}&{more}");
    app.admin_post(&path, bytes, "text/csv").ok()
}

fn hourly(column: &str) -> String {
    format!("time=time;{ELECTRICITY}={column}*0.0001")
}

fn problems(report: &Value) -> Vec<(u64, String)> {
    let rows = report["problems"].as_array().expect("problems");
    rows.iter()
        .map(|row| {
            (
                row["line"].as_u64().expect("a line"),
                row["code"].as_str().expect("a code").to_owned(),
            )
        })
        .collect()
}

fn values(app: &TestApp, unit: &str) -> Vec<(String, f64)> {
    let list =
        app.get(&format!("/api/v1/units/{unit}/readings?data_code={ELECTRICITY}&limit=1000")).ok();
    let rows = list["rows"].as_array().expect("rows").iter();
    let mut found: Vec<(String, f64)> = rows
        .map(|row| {
            (
                row["stat_date"].as_str().expect("a date").replace('T', " "),
                row["value"].as_f64().expect("a value"),
            )
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

#[test]
fn end_stamps_with_midnight_of_the_closing_day_become_starts() {
    let app = TestApp::shared();
    let unit = Enterprise::new("导入").code;
    let bytes = fixture("end-stamps-midnight-of-the-closing-day-and-byte-order-mark.csv");
    let map = format!("time=date;{ELECTRICITY}=Usage_kWh*0.0001");
    let report =
        import(&app, &unit, bytes, &map, "dates=dmy&stamps=end&interval=15m&midnight=closes-day");
    assert_eq!((&report["accepted"], &report["rejected"]), (&4.into(), &0.into()), "{report}");
    let found = values(&app, &unit);
    let stamps: Vec<&str> = found.iter().map(|(stamp, _)| &stamp[..16]).collect();
    assert_eq!(
        stamps,
        ["2018-01-01 00:00", "2018-01-01 23:30", "2018-01-01 23:45", "2018-01-02 00:00"]
    );
    for ((_, value), kwh) in found.iter().zip([100.0, 200.0, 300.0, 400.0]) {
        check_near(*value, kwh / 10_000.0, "10^4 kWh");
    }
    let energy = app
        .get(&format!(
            "/api/v1/units/{unit}/energy?from=2018-01-01&to=2018-01-01&grain=day&basis=calorific"
        ))
        .ok();
    check_value(&energy["total_tce"], 0.06 * 1.229, "600 kWh on the first of January");
}

#[test]
fn a_dry_run_says_what_would_be_stored_and_stores_nothing() {
    let app = TestApp::shared();
    let unit = Enterprise::new("导入").code;
    let report = import(
        &app,
        &unit,
        fixture("cells-of-the-wrong-type.csv"),
        &hourly("kwh"),
        "interval=1h&dry_run=true",
    );
    assert_eq!(
        (&report["dry_run"], &report["accepted"], &report["stored"]),
        (&true.into(), &2.into(), &0.into()),
        "{report}"
    );
    check_value(&report["series"][0]["sum"], 0.0007, "1 + 6 kWh in 10^4 kWh");
    app.get(&format!("/api/v1/units/{unit}")).problem(404, "not_found");
}

#[test]
fn every_bad_cell_is_named_with_its_line() {
    let app = TestApp::shared();
    let unit = Enterprise::new("导入").code;
    let report =
        import(&app, &unit, fixture("cells-of-the-wrong-type.csv"), &hourly("kwh"), "interval=1h");
    let found = problems(&report);
    let lines: Vec<u64> = found.iter().map(|(line, _)| *line).collect();
    assert!([3, 5, 6].iter().all(|line| lines.contains(line)), "{report}");
    assert!(found.contains(&(3, "import_value_unreadable".to_owned())), "{found:?}");
    assert!(found.contains(&(5, "import_date_unreadable".to_owned())), "{found:?}");
    assert!(found.contains(&(6, "import_stamp_off_grid".to_owned())), "{found:?}");
    assert_eq!(values(&app, &unit).len(), 2);
    let id = &report["upload_id"];
    let kept = app.get(&format!("/api/v1/uploads/{id}/rejected")).ok();
    assert_eq!(
        kept["rows"].as_array().map(Vec::len),
        Some(found.len()),
        "the refused rows are kept with the import"
    );
}

#[test]
fn a_stamp_that_stands_twice_is_refused_and_said() {
    let app = TestApp::shared();
    let unit = Enterprise::new("导入").code;
    let report = import(&app, &unit, fixture("one-stamp-twice.csv"), &hourly("kwh"), "interval=1h");
    assert_eq!(problems(&report), [(4, "import_stamp_duplicate".to_owned())], "{report}");
    assert_eq!(values(&app, &unit).len(), 3);
}

#[test]
fn rejected_rows_mended_and_imported_again_complete_the_file() {
    let app = TestApp::shared();
    let unit = Enterprise::new("导入").code;
    let report =
        import(&app, &unit, fixture("cells-of-the-wrong-type.csv"), &hourly("kwh"), "interval=1h");
    let file = report["rejected_csv"].as_str().expect("the refused rows as a file");
    let mended = file
        .replace("n/a", "2")
        .replace("02:00,,", "02:00,3,")
        .replace("2025-13-01", "2025-03-01")
        .replace("04:07", "04:00");
    let again = import(&app, &unit, mended.into_bytes(), &hourly("kwh"), "interval=1h");
    assert_eq!(again["rejected"], 0, "{again}");
    let found: Vec<f64> =
        values(&app, &unit).iter().map(|(_, value)| (value * 10_000.0).round()).collect();
    assert_eq!(found, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
}

#[test]
fn importing_again_changes_nothing() {
    let app = TestApp::shared();
    let unit = Enterprise::new("导入").code;
    let first = import(&app, &unit, fixture("one-stamp-twice.csv"), &hourly("kwh"), "interval=1h");
    let second = import(&app, &unit, fixture("one-stamp-twice.csv"), &hourly("kwh"), "interval=1h");
    assert_eq!(
        (&first["stored"], &second["stored"], &second["unchanged"]),
        (&3.into(), &0.into(), &3.into()),
        "{second}"
    );
}

#[test]
fn a_column_name_twice_and_a_column_missing_are_refused_whole() {
    let app = TestApp::shared();
    let unit = Enterprise::new("导入").code;
    let refused = |bytes: Vec<u8>, column: &str| {
        let map = hourly(column).replace('*', "%2A").replace(';', "%3B").replace('=', "%3D");
        app.admin_post(
            &format!("/api/v1/imports/readings?unit={unit}&map={map}"),
            bytes,
            "text/csv",
        )
    };
    refused(fixture("one-column-name-twice.csv"), "kwh").problem(422, "import_column_duplicate");
    let body = refused(fixture("one-stamp-twice.csv"), "kw").problem(422, "import_column_missing");
    assert!(body.to_string().contains("kw"), "{body}");
}

#[test]
fn economy_rows_are_checked_one_by_one() {
    let app = TestApp::new();
    let report = app
        .admin_post(
            "/api/v1/imports/economy?file=e.csv",
            fixture("economy-with-bad-rows.csv"),
            "text/csv",
        )
        .ok();
    assert_eq!((&report["accepted"], &report["rejected"]), (&1.into(), &3.into()), "{report}");
    let lines: Vec<u64> = problems(&report).iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [3, 4, 5]);
}

#[test]
fn an_import_needs_the_administrators_token() {
    let app = TestApp::shared();
    app.post_bytes("/api/v1/imports/economy", fixture("economy-with-bad-rows.csv"), &[])
        .problem(401, "unauthorised");
}

/// The command finds a running server by its data folder; its exit status tells whether rows were rejected.
#[test]
fn the_command_imports_and_writes_the_refused_rows_beside_the_file() {
    let app = TestApp::new();
    let unit = Enterprise::new("命令导入").code;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("meter.csv");
    std::fs::write(&file, fixture("cells-of-the-wrong-type.csv")).expect("written");
    let run = |file: &std::path::Path| {
        let mut import = command();
        import.args(["import", "readings"]).arg(file).args([
            "--unit",
            &unit,
            "--map",
            "time=time",
            "--interval",
            "1h",
        ]);
        import
            .arg("--map")
            .arg(format!("{ELECTRICITY}=kwh*0.0001"))
            .arg("--data")
            .arg(app.server.data());
        import.output().expect("nengce runs")
    };
    let output = run(&file);
    assert!(!output.status.success(), "rows were refused");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("line 3"), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let rejected = folder.path().join("meter.csv.rejected.csv");
    let text = std::fs::read_to_string(&rejected).expect("the refused rows beside the file");
    let mended = text
        .replace("n/a", "2")
        .replace("02:00,,", "02:00,3,")
        .replace("2025-13-01", "2025-03-01")
        .replace("04:07", "04:00");
    std::fs::write(&rejected, mended).expect("written");
    let output = run(&rejected);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(values(&app, &unit).len(), 6);
}

/// An unknown parameter must not store what was only to be previewed.
#[test]
fn a_trial_that_is_asked_for_unclearly_stores_nothing() {
    let app = TestApp::shared();
    let unit = Enterprise::new("试导入").code;
    let map = hourly("kwh").replace('*', "%2A").replace(';', "%3B").replace('=', "%3D");
    let send = |word: &str| {
        let path = format!("/api/v1/imports/readings?unit={unit}&map={map}&dry_run={word}");
        app.admin_post(&path, b"time,kwh\n2025-03-01 00:00,5\n".to_vec(), "text/csv")
    };
    for word in ["yes", "on", "2", "%E6%98%AF"] {
        send(word).problem(400, "parameter_invalid");
    }
    for word in ["true", "TRUE", "True", "1"] {
        assert_eq!(send(word).ok()["dry_run"], true, "{word}");
    }
    let path = format!("/api/v1/units/{unit}/readings?data_code={ELECTRICITY}");
    assert_eq!(app.get(&path).status, 404, "no unit was made");
    assert_eq!(send("FALSE").ok()["stored"], 1);
}
