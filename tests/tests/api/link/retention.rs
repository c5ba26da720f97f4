//! What the platform above has of days whose readings left by retention is forgotten, and these days are not sent again.

use jiff::ToSpan;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::city_clock::today;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, NATURAL_GAS, day, hour, month};
use nengce_tests::support::wait::wait_until;
use serde_json::json;

use super::{
    below_in, below_of, configured, step, token, upper, values, wait_until_equal, wait_until_up,
    write_file,
};

#[test]
fn days_that_left_are_forgotten_and_not_sent_again() {
    let nation = TestApp::new();
    let of_nation = token(&nation, &["12"]);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("link.toml");
    write_file(&file, &[("nation", &nation.url(), &of_nation, "")]);
    let city = below_of(&file, &[]);
    let enterprise = Enterprise::new("留存厂");
    let yesterday = today().saturating_sub(1.days()).to_string();
    let entries = [
        day(ELECTRICITY, "2025-03-02", 1.0),
        hour(ELECTRICITY, "2025-03-02", 5, 4.0),
        month(NATURAL_GAS, "2025-02", 31.0),
        day(ELECTRICITY, &yesterday, 2.0),
    ];
    let sender = configured(&city, &enterprise).device_id;
    city.registered(&enterprise).upload(&entries).received();
    wait_until_equal(&city, &nation, &enterprise.code);
    wait_until_up(&city, "nation");
    let days = |app: &TestApp| -> Vec<String> {
        let shown = upper(app, "nation");
        let rows = shown["days"].as_array().expect("days").iter();
        rows.map(|it| it["day"].as_str().expect("a day").to_owned()).collect()
    };
    assert_eq!(days(&city), [yesterday.as_str(), "2025-03-02", "2025-02-01"]);
    // The maintenance of the night runs at once in a server with places where a test makes it panic.
    let places = folder.path().join("places");
    std::fs::write(&places, "").expect("a file");
    let settings = [
        ("NENGCE_RETENTION_REALTIME_DAYS", "90"),
        ("NENGCE_RETENTION_DAY_DAYS", "90"),
        ("NENGCE_FAIL_POINT_FILE", places.to_str().expect("a path")),
    ];
    let before = city.server.into_folder();
    let city = below_in(&file, &settings, Some(before.path().join("data")));
    city.know_device(&enterprise.code, &sender);
    wait_until("the maintenance is through", || {
        city.server.log().contains("maintenance is through")
    });
    assert_eq!(values(&city, &enterprise.code).len(), 2, "the day left");
    assert_eq!(days(&city), [yesterday.as_str(), "2025-02-01"], "a month is kept for ever");
    step(&city, "nation", "retry");
    let terminal = city.registered(&enterprise);
    terminal.upload(&[day(NATURAL_GAS, &yesterday, 5.0)]).received();
    wait_until("the new value is above", || values(&nation, &enterprise.code).len() == 5);
    wait_until_up(&city, "nation");
    assert_eq!(days(&city), [yesterday.as_str(), "2025-02-01"]);
    let metrics = city.admin_get("/metrics").text();
    assert!(metrics.contains("nengce_link_values_sent_total{upper=\"nation\"} 1"), "{metrics}");
    assert_eq!(upper(&city, "nation")["refused_entries"], json!(0));
}
