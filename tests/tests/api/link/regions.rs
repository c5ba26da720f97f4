//! Regions by level, with who lags.

use jiff::ToSpan;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::city_clock::today;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};

#[test]
fn regions_show_who_reports_who_lags_and_who_is_silent() {
    let app = TestApp::new();
    let yesterday = today().saturating_sub(1.days()).to_string();
    let send = |enterprise: &Enterprise, days: &[&str]| {
        let terminal = app.terminal(enterprise);
        let entries: Vec<_> = days.iter().map(|it| day(ELECTRICITY, it, 1.0)).collect();
        if !entries.is_empty() {
            terminal.upload(&entries).received();
        }
    };
    send(&Enterprise::new("按时"), &[&yesterday]);
    send(&Enterprise::new("滞后"), &["2025-03-01"]);
    send(&Enterprise::new("无数据"), &[]);
    send(&Enterprise::new("邻市").region("130102"), &[&yesterday]);
    let ask = |query: &str| app.admin_get(&format!("/api/v1/link/regions?{query}")).ok();
    let provinces = ask("level=province");
    let codes: Vec<&str> = provinces["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .filter_map(|it| it["region"].as_str())
        .collect();
    assert_eq!(codes, ["12", "13"], "the one that lags comes first: {provinces}");
    assert_eq!(provinces["rows"][1]["name_zh"], "河北省", "{provinces}");
    let districts = ask("level=district&within=12");
    let row = &districts["rows"][0];
    assert_eq!(row["region"], "120116");
    let counts =
        ["units", "reporting", "late", "silent"].map(|it| row[it].as_u64().expect("a number"));
    assert_eq!(counts, [3, 1, 1, 1], "{districts}");
    assert_eq!(
        (row["last_day"].as_str(), &row["complete_through"]),
        (Some(yesterday.as_str()), &serde_json::Value::Null)
    );
    assert_eq!(app.admin_get("/api/v1/link/regions?level=town").status, 400);
    assert_eq!(app.admin_get("/api/v1/link/regions?within=x").status, 400);
    assert_eq!(app.get("/api/v1/link/regions").status, 401);
}
