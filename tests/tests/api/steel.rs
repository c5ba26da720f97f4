//! The proof on real input: 35,040 quarter-hours of a steel plant, from the file that `NENGCE_STEEL_CSV` names.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::ELECTRICITY;
use nengce_tests::support::server::{ADMIN_TOKEN, command};

/// The real plant of the public data set. The file is not part of the project, so the test runs when it is asked for:
/// `NENGCE_STEEL_CSV=FILE cargo xtask test api -- --ignored steel`.
#[test]
#[ignore = "needs the public data set of a steel plant: NENGCE_STEEL_CSV names the file"]
fn the_steel_plant_stands_complete_in_the_portal() {
    let file = std::env::var_os("NENGCE_STEEL_CSV").expect("NENGCE_STEEL_CSV names the file");
    let app = TestApp::new();
    let unit = Enterprise::new("钢厂").code;
    let mut import = command();
    import.args(["import", "readings"]).arg(file).args(["--unit", &unit, "--map", "time=date"]);
    import.arg("--map").arg(format!("{ELECTRICITY}=Usage_kWh*0.0001"));
    import.args([
        "--dates",
        "dmy",
        "--stamps",
        "end",
        "--interval",
        "15m",
        "--midnight",
        "closes-day",
    ]);
    import.args(["--server", &app.url(), "--token", ADMIN_TOKEN]);
    let output = import.output().expect("nengce runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let energy = app
        .get(&format!("/api/v1/units/{unit}/energy?from=2018&to=2018&grain=year&basis=calorific"))
        .ok();
    let row = &energy["rows"][0];
    let kwh = row["quantity"].as_f64().expect("a quantity") * 10_000.0;
    assert!((kwh - 959_636.71).abs() < 0.01, "{kwh} kWh");
    assert!((energy["total_tce"].as_f64().expect("a total") - 117.94).abs() < 0.005, "{energy}");
    assert_eq!(energy["completeness"], 1.0, "365 days × 96 quarter-hours");
    let days =
        app.get(&format!("/api/v1/units/{unit}/calendar?from=2018-01-01&to=2018-12-31")).ok();
    let days = days["days"].as_array().expect("days");
    assert_eq!(days.len(), 365);
    assert!(
        days.iter().all(|day| day["received"] == 96 && day["expected"] == 96),
        "every day has its 96"
    );
}
