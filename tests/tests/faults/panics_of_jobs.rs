//! A panic in a query, a request, an import, a bulk upload, the quality rules, the nightly maintenance, the snapshot or
//! a backup only fails this job, and the same job succeeds the next time.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day, days};
use nengce_tests::support::server::command;
use nengce_tests::support::wait::wait_until;
use serde_json::{Value, json};

use crate::panics::{FailPoints, panics, verify};

#[test]
fn a_question_or_a_request_that_panics_is_answered_and_the_next_is_served() {
    let points = FailPoints::new();
    let app = points.server(&[]);
    let terminal = app.terminal(&Enterprise::new("提问"));
    terminal.upload(&[day(ELECTRICITY, "2025-01-01", 1.0)]).received();
    let mut failed = 0;
    wait_until("eight questions that panic", || {
        points.arm(&[("reader:question", 1)]);
        let answer = app.get("/api/v1/uploads");
        assert!(points.are_spent());
        // The quality worker queries as well, and may have had the panic.
        if answer.status != 200 {
            answer.problem(500, "internal");
            failed += 1;
        }
        app.get("/api/v1/uploads").ok();
        failed == 8
    });
    assert!(panics(&app, "reader") + panics(&app, "quality") >= 8);
    points.arm(&[("request:read", 1)]);
    let answer = terminal.upload(&[day(ELECTRICITY, "2025-01-02", 1.0)]);
    answer.refused();
    assert_eq!(answer.status, 503, "{}", answer.text());
    terminal.upload(&[day(ELECTRICITY, "2025-01-02", 1.0)]).received();
    assert_eq!(terminal.readings(ELECTRICITY, 1).len(), 2);
    assert!(app.is_ready());
}

#[test]
fn a_backup_that_panics_can_be_made_again() {
    let points = FailPoints::new();
    let app = points.server(&[]);
    app.terminal(&Enterprise::new("备份"))
        .upload(&[day(ELECTRICITY, "2025-01-01", 1.0)])
        .received();
    let folder = tempfile::tempdir().expect("a folder");
    let mut made = 0;
    let mut backup = || {
        made += 1;
        let output = command()
            .args(["backup", "--data"])
            .arg(app.server.data())
            .arg(folder.path().join(made.to_string()))
            .output()
            .expect("nengce runs");
        output.status.success()
    };
    for place in ["backup:start", "backup:copied"] {
        points.arm(&[(place, 1)]);
        // The nightly maintenance may run first.
        wait_until(place, || {
            assert!(!backup(), "{place}: a backup is said to be made");
            points.are_spent()
        });
        wait_until("it is made again", &mut backup);
    }
    verify(&app);
}

fn import(app: &TestApp, unit: &str) -> Value {
    let mapping = json!({"kind": "readings", "unit": unit, "time_column": "time", "interval": "1h",
        "items": [{"column": "kwh", "data_code": ELECTRICITY, "multiplier": 1.0}], "fields": []});
    let encoded: String = mapping.to_string().bytes().map(|it| format!("%{it:02X}")).collect();
    let mut file = "time,kwh\n".to_owned();
    for hour in 0..24 {
        file.push_str(&format!("2025-01-01 {hour:02}:00:00,{hour}\n"));
    }
    let path = format!("/api/v1/imports/readings/jobs?mapping={encoded}");
    let answer = app.admin_post(&path, file.into_bytes(), "text/csv");
    assert_eq!(answer.status, 202, "{}", answer.text());
    app.ended_job(&answer.json()["job_id"])
}

#[test]
fn an_import_that_panics_is_failed_and_the_same_file_counts_once() {
    let points = FailPoints::new();
    let app = points.server(&[]);
    let terminal = app.terminal(&Enterprise::new("导入"));
    for place in ["import:check", "import:piece", "writer:in_group"] {
        points.arm(&[(place, 1)]);
        let job = import(&app, &terminal.enterprise.code);
        assert_eq!(job["state"], "failed", "{place}: {job}");
        assert!(job["error"]["reason_zh"].is_string(), "{place}: {job}");
        wait_until("ready", || app.is_ready());
        let again = import(&app, &terminal.enterprise.code);
        assert_eq!(again["state"], "done", "{place}: {again}");
    }
    assert_eq!(terminal.readings(ELECTRICITY, 0).len(), 24);
    verify(&app);
}

#[test]
fn a_bulk_upload_that_panics_goes_on_under_the_same_key() {
    let points = FailPoints::new();
    let app = points.server(&[]);
    let terminal = app.terminal(&Enterprise::new("系统"));
    let code = &terminal.enterprise.code;
    let made = json!({"name": "system", "units": [code], "all_units": false});
    let made = app.admin("POST", "/api/v1/tokens", made.to_string().into_bytes()).ok();
    let token = format!("Bearer {}", made["token"].as_str().expect("a token"));
    let places =
        ["bulk:read", "bulk:stored", "bulk:noted", "writer:in_group", "writer:after_change"];
    for (at, place) in places.iter().enumerate() {
        let body: String = (1..=28)
            .map(|day| {
                let row = json!({"enterpriseCode": code, "dataCode": ELECTRICITY, "statType": 1, "inputType": 1,
                    "statDate": format!("2025-{:02}-{day:02} 00:00:00", at + 1), "dataValue": day, "valid": true,
                    "scope": 1});
                format!("{row}\n")
            })
            .collect();
        let key = format!("key-{at}");
        let headers = [
            ("authorization", token.as_str()),
            ("content-type", "application/x-ndjson"),
            ("idempotency-key", key.as_str()),
        ];
        let send = || app.post_bytes("/api/v1/bulk/readings", body.clone().into_bytes(), &headers);
        points.arm(&[(place, 1)]);
        let answer = send();
        assert!(
            [500, 503].contains(&answer.status),
            "{place}: {} {}",
            answer.status,
            answer.text()
        );
        assert!(points.are_spent(), "{place}");
        wait_until("done under the same key", || send().status == 200);
        assert_eq!(terminal.readings(ELECTRICITY, 1).len(), 28 * (at + 1), "{place}");
    }
    verify(&app);
}

#[test]
fn the_quality_rules_go_on_after_a_panic_and_assess_everything() {
    let points = FailPoints::new();
    let app = points.server(&[("NENGCE_QUALITY_INTERVAL_MS", "20")]);
    let terminal = app.terminal(&Enterprise::new("质量").collects(ELECTRICITY, 1));
    let places =
        ["quality:start", "quality:assess", "quality:assessed", "quality:saved", "chore:step"];
    for (at, place) in places.iter().enumerate() {
        points.arm(&[(place, 1)]);
        let (from, to) = (format!("2025-{:02}-01", at + 1), format!("2025-{:02}-28", at + 1));
        terminal.upload(&days(ELECTRICITY, &from, &to, |_| -1.0));
        wait_until(place, || points.are_spent());
        wait_until("ready", || app.is_ready());
        app.wait_until_assessed();
    }
    let list = format!(
        "/api/v1/quality/findings?unit={}&rule=negative&limit=100",
        terminal.enterprise.code
    );
    let found = app.get(&list).ok();
    assert!(found["rows"].as_array().is_some_and(|it| !it.is_empty()), "{found}");
    assert!(panics(&app, "quality") >= 4);
    verify(&app);
}

#[test]
fn the_nightly_maintenance_is_through_after_a_panic() {
    for place in ["maintenance:look", "maintenance:retired", "maintenance:compacted"] {
        let points = FailPoints::new();
        points.arm(&[(place, 1)]);
        let app = points.server(&[]);
        wait_until(place, || points.are_spent());
        wait_until("it is through", || app.server.log().contains("maintenance is through"));
        assert_eq!(panics(&app, "maintenance"), 1);
        let told = app.admin_get("/readyz").ok();
        assert_eq!((&told["ready"], &told["resting"]), (&json!(true), &json!([])));
    }
}

#[test]
fn the_snapshot_is_built_again_after_a_panic() {
    let points = FailPoints::new();
    let app = points.server(&[]);
    let terminal = app.terminal(&Enterprise::new("快照"));
    let ask = || app.get("/api/v1/meta").ok();
    ask();
    points.arm(&[("snapshot:refresh", 1)]);
    wait_until("the panic", || points.are_spent());
    points.arm(&[]);
    terminal.upload(&[day(ELECTRICITY, "2025-01-01", 1.0)]).received();
    assert_eq!(ask()["data_until"], "2025-01-01");
    points.arm(&[("snapshot:refresh", 1)]);
    wait_until("it is kept fresh again", || points.are_spent());
    assert_eq!(panics(&app, "snapshot"), 2);
}
