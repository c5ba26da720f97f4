//! `nengce backup`, `restore`, `verify`, `compact` and `export --format parquet` on a server that goes on taking
//! uploads.

use std::path::Path;
use std::process::Output;
use std::sync::atomic::{AtomicBool, Ordering};

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, NATURAL_GAS, days, hours};
use nengce_tests::support::server::{ADMIN_TOKEN, command};
use serde_json::Value;

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// Runs a command on the server's machine and returns its output when it succeeds.
fn run(app: &TestApp, arguments: &[&str]) -> String {
    let output = command()
        .args(arguments)
        .arg("--data")
        .arg(app.server.data())
        .output()
        .expect("nengce runs");
    assert!(output.status.success(), "{arguments:?}: {}", said(&output));
    said(&output)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of UTF-8")
}

fn figures(app: &TestApp, unit: &Enterprise) -> Value {
    let path = format!(
        "/api/v1/units/{}/energy?from=2025-01&to=2025-12&grain=month&basis=calorific",
        unit.code
    );
    app.get(&path).ok()["rows"].clone()
}

#[test]
fn a_backup_taken_under_load_is_restored_elsewhere_to_the_same_figures() {
    let app = TestApp::new();
    let unit = Enterprise::numbered(71, "备份").collects(ELECTRICITY, 1).collects(NATURAL_GAS, 1);
    let terminal = app.terminal(&unit);
    for code in [ELECTRICITY, NATURAL_GAS] {
        let values = days(code, "2025-01-01", "2025-12-31", |day| {
            f64::from(day.day()) * 1.25 + f64::from(day.month())
        });
        terminal.upload(&values).received();
    }
    let before = figures(&app, &unit);
    let folder = tempfile::tempdir().expect("a folder");
    let backup = folder.path().join("backup");

    // Another unit keeps uploading while the copy is made.
    let done = AtomicBool::new(false);
    let noisy = app.terminal(&Enterprise::numbered(72, "同时上传").collects(ELECTRICITY, 0));
    let (words, sent) = std::thread::scope(|scope| {
        let uploads = scope.spawn(|| {
            let mut sent = 0;
            while !done.load(Ordering::Relaxed) && sent < 2_000 {
                let day = jiff::civil::date(2024, 1, 1) + jiff::ToSpan::days(sent);
                let entries = hours(ELECTRICITY, &day.to_string(), f64::from);
                noisy.upload(&entries).received();
                sent += 1;
            }
            sent
        });
        let words = run(&app, &["backup", text(&backup)]);
        done.store(true, Ordering::Relaxed);
        (words, uploads.join().expect("uploads end"))
    });
    assert!(sent > 0, "nothing came during the backup");
    assert!(words.contains("read back and compared"), "{words}");
    assert!(backup.join("manifest.json").is_file());
    assert!(run(&app, &["verify"]).contains("every check holds"));

    let data = folder.path().join("restored");
    let restore = |arguments: &[&str]| {
        command()
            .args(["restore", text(&backup), "--data", text(&data)])
            .args(arguments)
            .output()
            .expect("nengce runs")
    };
    let output = restore(&[]);
    assert!(output.status.success(), "{}", said(&output));
    let again = restore(&[]);
    assert!(!again.status.success(), "a full folder is not overwritten: {}", said(&again));
    assert!(said(&again).contains("--force"), "{}", said(&again));

    // The restored folder replaces the folder of an empty server.
    let mut other = TestApp::new();
    other.server.stop();
    std::fs::remove_dir_all(other.server.data()).expect("the empty folder goes");
    std::fs::rename(&data, other.server.data()).expect("the restored one comes");
    other.server.launch();
    assert_eq!(figures(&other, &unit), before);
    assert!(run(&other, &["verify"]).contains("every check holds"));
}

/// Every interface refuses something; no refusal leaves a row that an invariant forbids, and the backup is restored.
#[test]
fn refused_rows_break_no_invariant_and_no_backup() {
    let app = TestApp::new();
    let unit = Enterprise::numbered(73, "拒收").collects(ELECTRICITY, 1);
    let terminal = app.terminal(&unit);
    let unknown = Enterprise::new("未知").code;

    // A file of records with a row of an unknown unit, beside a good one and a row with no unit at all.
    let header = "enterpriseCode,dataCode,statType,statDate,dataValue\n";
    let row =
        |code: &str, value: &str| format!("{code},{ELECTRICITY},1,2025-03-01 00:00:00,{value}\n");
    let files = [
        row(&unknown, "1.5"),
        row("", "1.5") + &row("not a code", "x"),
        row(&unit.code, "2.5") + &row(&unknown, "1.5") + &row(&unit.code, "x"),
    ];
    for rows in files {
        let path = "/api/v1/imports/records";
        let report =
            app.admin_post(path, (header.to_owned() + &rows).into_bytes(), "text/csv").ok();
        assert!(report["rejected"].as_u64() >= Some(1), "{report}");
    }
    // A row of another unit with a token, alone and beside a good row; a row that names no unit.
    let token = crate::bulk::token(&app, &[&unit.code]);
    let foreign = crate::bulk::line(&unknown, "2025-03-02", "1.5");
    let nobody = crate::bulk::line("", "2025-03-02", "1.5");
    let good = crate::bulk::line(&unit.code, "2025-03-02", "1.5");
    for body in [foreign.clone(), nobody, good + &foreign] {
        let answer = crate::bulk::send(&app, &token, crate::bulk::NDJSON, body.into_bytes(), &[]);
        assert_eq!(answer.json()["rejected"], 1, "{}", answer.text());
    }
    // A message without a good entry, and a configuration and meters without meaning.
    let entry = serde_json::json!({"dataCode": "x", "dataValue": "y", "statType": 9});
    terminal.upload(std::slice::from_ref(&entry));
    let more = [("/uploadConfigData", "collectItemConfig"), ("/uploadMeteringData", "data")];
    for (path, list) in more {
        let body = serde_json::json!({
            "deviceId": terminal.device_id, "enterpriseCode": unit.code, list: [entry.clone()],
        });
        app.post(path, &body);
    }
    assert!(run(&app, &["verify"]).contains("every check holds"));
    let folder = tempfile::tempdir().expect("a folder");
    let backup = folder.path().join("backup");
    run(&app, &["backup", text(&backup)]);
    let output = command()
        .args(["restore", text(&backup), "--data", text(&folder.path().join("data"))])
        .output()
        .expect("nengce runs");
    assert!(output.status.success(), "{}", said(&output));
    // The rejected rows are listed and belong to no unit.
    let list = app.admin_get("/api/v1/uploads?limit=100").ok();
    let rows = list["rows"].as_array().expect("rows");
    let of_nobody =
        rows.iter().filter(|it| it["rejected"].as_u64() > Some(0) && it["enterprise_code"] == "");
    assert!(of_nobody.count() >= 5, "{list}");
}

#[test]
fn a_damaged_backup_is_refused_and_says_what_is_wrong() {
    let app = TestApp::new();
    app.terminal(&Enterprise::new("坏备份"))
        .upload(&days(ELECTRICITY, "2025-01-01", "2025-01-31", |_| 1.5))
        .received();
    let folder = tempfile::tempdir().expect("a folder");
    let backup = folder.path().join("backup");
    run(&app, &["backup", text(&backup)]);
    let file = std::fs::read_dir(&backup)
        .expect("a folder")
        .filter_map(Result::ok)
        .map(|it| it.path())
        .find(|it| it.extension().is_some_and(|it| it != "json"))
        .expect("the database's copy");
    let mut bytes = std::fs::read(&file).expect("it is read");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x55;
    std::fs::write(&file, bytes).expect("it is written");
    let data = folder.path().join("data");
    let output = command()
        .args(["restore", text(&backup), "--data", text(&data)])
        .output()
        .expect("nengce runs");
    assert!(!output.status.success());
    assert!(said(&output).to_lowercase().contains("sha"), "{}", said(&output));
    let left: Vec<_> = std::fs::read_dir(&data)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .map(|it| it.file_name())
        .filter(|it| it != "nengce.lock")
        .collect();
    assert!(left.is_empty(), "half restored: {left:?}");
}

#[test]
fn compaction_changes_no_figure_and_parquet_holds_every_reading_by_month() {
    let app = TestApp::new();
    let unit = Enterprise::numbered(73, "压缩").collects(ELECTRICITY, 1);
    let terminal = app.terminal(&unit);
    for month in 1..=12 {
        let from = format!("2025-{month:02}-01");
        let to = format!("2025-{month:02}-28");
        let values = days(ELECTRICITY, &from, &to, |day| f64::from(day.day()));
        terminal.upload(&values).received();
    }
    let before = figures(&app, &unit);
    let words = run(&app, &["compact", "--all"]);
    assert!(words.starts_with("336 readings"), "{words}");
    assert_eq!(figures(&app, &unit), before);
    assert!(run(&app, &["verify"]).contains("every check holds"));

    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("parquet");
    run(
        &app,
        &[
            "export",
            "readings",
            "--format",
            "parquet",
            "--from",
            "2025-03-01",
            "--to",
            "2025-05-31",
            "--out",
            text(&out),
        ],
    );
    let mut months: Vec<String> = std::fs::read_dir(&out)
        .expect("a folder")
        .filter_map(Result::ok)
        .map(|it| it.file_name().to_string_lossy().into_owned())
        .collect();
    months.sort_unstable();
    assert_eq!(months.len(), 3, "{months:?}");
    assert!(months.iter().zip(["03", "04", "05"]).all(|(name, month)| name.contains(month)));
}

fn ask(app: &TestApp, what: &str, folder: &Path) -> nengce_tests::support::answer::Answer {
    let body = serde_json::json!({"folder": folder}).to_string();
    app.admin("POST", &format!("/api/v1/maintenance/{what}"), body.into_bytes())
}

#[test]
fn an_administrator_elsewhere_writes_below_the_configured_folders_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().canonicalize().expect("it is there");
    let (backups, exports) = (root.join("backups"), root.join("exports"));
    let app = TestApp::with_environment(&[
        ("NENGCE_BACKUP_FOLDERS", text(&backups)),
        ("NENGCE_EXPORT_FOLDERS", text(&exports)),
    ]);
    app.terminal(&Enterprise::new("去处"))
        .upload(&days(ELECTRICITY, "2025-01-01", "2025-01-31", |_| 1.5))
        .received();
    std::fs::create_dir_all(&exports).expect("a folder");
    std::os::unix::fs::symlink(&root, exports.join("out")).expect("a link");
    for (what, base, other) in [("backup", &backups, &exports), ("parquet", &exports, &backups)] {
        for path in [
            other.join("x"),
            root.join("x"),
            base.clone(),
            base.join("../x"),
            Path::new("../x").to_owned(),
            Path::new("/proc/x").to_owned(),
        ] {
            let problem = ask(&app, what, &path).problem(403, "folder_not_allowed");
            assert!(
                problem["detail"]
                    .as_str()
                    .is_some_and(|it| it.contains("backups") || it.contains("exports"))
            );
        }
        // Relative names are below the first allowed folder.
        ask(&app, what, Path::new("by-name")).ok();
        ask(&app, what, &base.join("deep/er")).ok();
        assert!(base.join("by-name").is_dir() && base.join("deep/er").is_dir());
        ask(&app, what, Path::new("by-name")).problem(409, "conflict");
        std::fs::write(base.join("file"), "").expect("a file");
        ask(&app, what, Path::new("file/x")).problem(422, "folder_unusable");
        ask(&app, what, Path::new("file")).problem(422, "folder_unusable");
    }
    ask(&app, "parquet", Path::new("out/x")).problem(403, "folder_not_allowed");
    assert!(!root.join("x").exists());
    // The command line works too, and a relative folder belongs to the server.
    let output = command()
        .args(["backup", "by-command", "--server", &app.url(), "--token", ADMIN_TOKEN])
        .output()
        .expect("nengce runs");
    assert!(output.status.success(), "{}", said(&output));
    assert!(backups.join("by-command/manifest.json").is_file());
}

#[test]
fn without_configuration_backups_lie_in_the_data_folder_and_outlive_a_restore() {
    let mut app = TestApp::new();
    app.terminal(&Enterprise::new("就地"))
        .upload(&days(ELECTRICITY, "2025-01-01", "2025-01-31", |_| 1.5))
        .received();
    ask(&app, "backup", Path::new("first")).ok();
    let data = app.server.data();
    let backup = data.join("backups/first");
    assert!(backup.join("manifest.json").is_file());
    app.server.stop();
    let output = command()
        .args(["restore", text(&backup), "--data", text(&data), "--force"])
        .output()
        .expect("nengce runs");
    assert!(output.status.success(), "{}", said(&output));
    assert!(backup.join("manifest.json").is_file());
    app.server.launch();
    assert!(run(&app, &["verify"]).contains("every check holds"));
}
