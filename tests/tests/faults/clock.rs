//! A clock that jumps backwards, while running and between two starts: nothing is lost, history keeps its order, and
//! versions only rise.

use std::fs;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use nengce_tests::support::server::Options;

const DAY: i64 = 86_400;

#[test]
fn a_clock_that_jumps_backwards_loses_and_reorders_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let offset = folder.path().join("offset");
    let jump = |days: i64| fs::write(&offset, (days * DAY).to_string()).expect("the clock jumps");
    jump(0);
    let mut app = TestApp::with(Options {
        environment: vec![
            (
                "NENGCE_CLOCK_OFFSET_FILE".to_owned(),
                offset.display().to_string(),
            ),
            (
                "NENGCE_MAX_REQUESTS_PER_DEVICE_PER_MINUTE".to_owned(),
                "1000".to_owned(),
            ),
        ],
        ..Options::default()
    });
    let enterprise = Enterprise::new("时钟");
    drop(app.terminal(&enterprise));
    let version = |app: &TestApp| {
        app.get("/readyz").ok()["data_version"]
            .as_u64()
            .expect("a version")
    };
    let mut values = Vec::new();
    let mut last_version = 0;
    for (round, days) in [0, -3, 2, -40, 5, -400].into_iter().enumerate() {
        jump(days);
        if round % 2 == 1 {
            app.server.kill();
            app.server.launch();
        }
        let terminal = app.registered(&enterprise);
        let value = round as f64 + 1.0;
        terminal
            .upload(&[day(ELECTRICITY, "2024-01-05", value)])
            .received();
        terminal
            .upload(&[day(ELECTRICITY, "2024-01-05", value)])
            .received();
        let energy = terminal
            .get("/energy?from=2024-01&to=2024-01&grain=month&basis=calorific")
            .ok();
        nengce_tests::support::figures::check_value(
            &energy["total_tce"],
            value * 1.229,
            "the newest value counts",
        );
        let now = version(&app);
        assert!(
            now > last_version,
            "versions rise: {last_version}, then {now}"
        );
        last_version = now;
        values.push(value);
    }
    let terminal = app.registered(&enterprise);
    let rows = terminal.readings(ELECTRICITY, 1);
    assert_eq!(rows.len(), 1, "one key, one reading");
    let history = rows[0]["history"].as_array().cloned().unwrap_or_default();
    let found: Vec<f64> = history
        .iter()
        .filter_map(|it| it["value"].as_f64())
        .collect();
    values.pop();
    values.reverse();
    assert_eq!(found, values, "newest first, whatever the clock said");
}
