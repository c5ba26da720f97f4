//! A clock that jumps backwards, while running and between two starts: nothing is lost, history keeps its order, and
//! versions only rise.

use std::fs;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::city_clock::{today, zone};
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use nengce_tests::support::server::Options;
use nengce_tests::support::wait::wait_until;

const DAY: i64 = 86_400;

#[test]
fn a_clock_that_jumps_backwards_loses_and_reorders_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let offset = folder.path().join("offset");
    let jump = |days: i64| fs::write(&offset, (days * DAY).to_string()).expect("the clock jumps");
    jump(0);
    let mut app = TestApp::with(Options {
        environment: vec![
            ("NENGCE_CLOCK_OFFSET_FILE".to_owned(), offset.display().to_string()),
            ("NENGCE_MAX_REQUESTS_PER_DEVICE_PER_MINUTE".to_owned(), "1000".to_owned()),
        ],
        ..Options::default()
    });
    let enterprise = Enterprise::new("时钟");
    drop(app.terminal(&enterprise));
    let version =
        |app: &TestApp| app.admin_get("/readyz").ok()["data_version"].as_u64().expect("a version");
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
        terminal.upload(&[day(ELECTRICITY, "2024-01-05", value)]).received();
        terminal.upload(&[day(ELECTRICITY, "2024-01-05", value)]).received();
        let energy =
            terminal.get("/energy?from=2024-01&to=2024-01&grain=month&basis=calorific").ok();
        nengce_tests::support::figures::check_value(
            &energy["total_tce"],
            value * 1.229,
            "the newest value counts",
        );
        let now = version(&app);
        assert!(now > last_version, "versions rise: {last_version}, then {now}");
        last_version = now;
        values.push(value);
    }
    let terminal = app.registered(&enterprise);
    let rows = terminal.readings(ELECTRICITY, 1);
    assert_eq!(rows.len(), 1, "one key, one reading");
    let history = rows[0]["history"].as_array().cloned().unwrap_or_default();
    let found: Vec<f64> = history.iter().filter_map(|it| it["value"].as_f64()).collect();
    values.pop();
    values.reverse();
    assert_eq!(found, values, "newest first, whatever the clock said");
}

/// Readings that a clock that was ahead accepted lie in the future once the clock is right. They are kept, but they do
/// not count as the end of the data of the city, of a unit, or of a query's default span.
#[test]
fn data_of_the_future_are_no_end_of_the_data_once_the_clock_is_right() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let offset = folder.path().join("offset");
    let jump = |days: i64| fs::write(&offset, (days * DAY).to_string()).expect("the clock jumps");
    jump(0);
    let mut app = TestApp::with(Options {
        environment: vec![("NENGCE_CLOCK_OFFSET_FILE".to_owned(), offset.display().to_string())],
        ..Options::default()
    });
    let today = today();
    let clock_now = || {
        let now = jiff::Timestamp::now().to_zoned(zone());
        now.strftime("%Y-%m-%d %H:%M:%S").to_string()
    };
    let at = |days: i64| (today + jiff::ToSpan::days(days)).to_string();
    let (one, other) = (Enterprise::new("快钟"), Enterprise::new("只有未来"));
    drop(app.terminal(&one));
    drop(app.terminal(&other));
    app.registered(&one)
        .upload(&[day(ELECTRICITY, &at(-5), 1.0), day(ELECTRICITY, &at(-4), 1.0)])
        .received();
    jump(60);
    app.registered(&one).upload(&[day(ELECTRICITY, &at(50), 9.0)]).received();
    app.registered(&other).upload(&[day(ELECTRICITY, &at(55), 9.0)]).received();
    assert_eq!(app.get("/api/v1/meta").ok()["data_until"], at(55));
    jump(0);
    for restarted in [false, true] {
        if restarted {
            app.server.kill();
            app.server.launch();
        }
        let meta = app.get("/api/v1/meta").ok();
        let city = app.get("/api/v1/dual-control").ok()["scope"].clone();
        for told in [&meta, &city] {
            assert_eq!(told["data_until"], at(-4), "restarted: {restarted}");
            let newest = told["data_time"].as_str().expect("a time").to_owned();
            assert!(newest <= clock_now(), "{newest}");
        }
        let months = app.get("/api/v1/timeline").ok()["months"].clone();
        let last = months.as_array().and_then(|it| it.last()).expect("a month")["period"].clone();
        assert_eq!(last, at(-4)[..7]);
        let rows = app.get("/api/v1/units?limit=100").ok()["rows"].clone();
        for row in rows.as_array().expect("rows") {
            let said = row.to_string();
            for ahead in [at(50), at(55), at(60)] {
                assert!(!said.contains(&ahead), "{said}");
            }
        }
        let unit = |code: &str| {
            app.get(&format!("/api/v1/units/{code}/energy?grain=day")).ok().to_string()
        };
        assert!(!unit(&one.code).contains(&at(50)), "{}", unit(&one.code));
        assert!(!unit(&other.code).contains(&at(55)), "{}", unit(&other.code));
    }
    // The reading itself is kept, and a right one replaces it when its day comes.
    assert_eq!(app.registered(&one).readings(ELECTRICITY, 1).len(), 3);
    app.registered(&one).upload(&[day(ELECTRICITY, &at(-1), 2.0)]).received();
    assert_eq!(app.get("/api/v1/meta").ok()["data_until"], at(-1));
}

/// Findings about days that have not come are withdrawn, and the calendar is followed again at once.
#[test]
fn findings_about_days_that_have_not_come_are_taken_back_once_the_clock_is_right() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let offset = folder.path().join("offset");
    let jump = |days: i64| fs::write(&offset, (days * DAY).to_string()).expect("the clock jumps");
    jump(0);
    let app = TestApp::with(Options {
        environment: vec![
            ("NENGCE_CLOCK_OFFSET_FILE".to_owned(), offset.display().to_string()),
            ("NENGCE_QUALITY_INTERVAL_MS".to_owned(), "50".to_owned()),
        ],
        ..Options::default()
    });
    let zone = jiff::tz::TimeZone::get("Asia/Shanghai").expect("a zone");
    let today = jiff::Timestamp::now().to_zoned(zone).date();
    let at = |days: i64| (today + jiff::ToSpan::days(days)).to_string();
    let enterprise = Enterprise::new("快钟质量").collects(ELECTRICITY, 1);
    app.terminal(&enterprise)
        .upload(&[day(ELECTRICITY, &at(-6), 1.0), day(ELECTRICITY, &at(-5), 1.0)])
        .received();
    let open_until = || {
        let list = app.get("/api/v1/quality/findings?limit=1000").ok();
        let rows = list["rows"].as_array().expect("rows").clone();
        let open = rows.into_iter().filter(|it| it["state"] == "open");
        open.filter_map(|it| it["to"].as_str().map(str::to_owned)).max()
    };
    jump(60);
    wait_until("silence until the clock's day", || open_until().is_some_and(|it| it > at(30)));
    jump(0);
    wait_until("it is taken back", || open_until().is_some_and(|it| it <= at(0)));
}
