//! The whole chain: a simulated meter, the terminal's process, a city, a nation. What the nation has of a day is what the
//! meter's own counter gained on it, though the network was cut and the terminal lost its power meanwhile.

use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;

use jiff::ToSpan;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::ELECTRICITY;
use nengce_tests::support::metered::{self, Setup, TerminalProcess};
use nengce_tests::support::proxy::Proxy;
use nengce_tests::support::wait::wait_until;
use serde_json::json;

use super::link::{below, token, wait_until_equal};

/// Power of the plant while it runs, in kW.
const KILOWATTS: f64 = 1_250.0;
/// A step of the plant's clock, and the hours before and after the day.
const STEP_SECONDS: i64 = 3_600;
const HOURS: i64 = 26;

/// What the counter shows at a moment, in kWh since 2026-01-01. The plant stands from 22:00 to 02:00, so that the part of a
/// second in which the meter is read decides nothing about the day.
fn counter(seconds: f64) -> f64 {
    let hours = (seconds - 1_767_225_600.0) / 3_600.0 + 8.0;
    let (days, hour) = (hours.div_euclid(24.0), hours.rem_euclid(24.0));
    (days * 20.0 + (hour - 2.0).clamp(0.0, 20.0)) * KILOWATTS
}

/// The moment of the plant's clock: the machine's, with the seconds of a file.
fn now(clock: &Path) -> f64 {
    let offset = std::fs::read_to_string(clock).expect("the offset");
    let offset: i64 = offset.parse().expect("seconds");
    jiff::Timestamp::now().as_millisecond() as f64 / 1_000.0 + offset as f64
}

#[test]
fn the_nation_has_what_the_meter_counted() {
    let nation = TestApp::new();
    let of_nation = token(&nation, &["12"]);
    let proxy = Proxy::new();
    let public = proxy.url();
    let settings = [("NENGCE_PUBLIC_ADDRESS", public.as_str())];
    let city = below(&[("nation", &nation.url(), &of_nation, "")], &settings);
    proxy.lead_to(&city.url());
    let enterprise = Enterprise::new("全链厂");
    let folder = tempfile::tempdir().expect("a folder");
    let clock = folder.path().join("offset");
    // The meter and the terminal have one clock.
    let of_meter = clock.clone();
    let meter =
        metered::serve(Ipv4Addr::LOCALHOST.into(), vec![Arc::new(move || counter(now(&of_meter)))]);
    let day = metered::day();
    let start = metered::unix(day.at(0, 0, 0, 0)) - STEP_SECONDS + 5;
    let offset = start - jiff::Timestamp::now().as_second();
    let mut terminal = TerminalProcess::new(Setup {
        of_store: "gap_seconds = 7200",
        clock: Some(clock),
        ..Setup::new(&enterprise, meter, &public)
    });
    terminal.set_clock(offset);
    terminal.start();
    metered::let_in(&city, &enterprise);
    for hour in 1..=HOURS {
        // The meter is read every second.
        std::thread::sleep(std::time::Duration::from_millis(1_300));
        match hour {
            // The network is away for some hours of the day, and the power once.
            5 | 17 => proxy.cut(),
            9 | 20 => proxy.lead_to(&city.url()),
            13 => {
                terminal.kill();
                terminal.start();
            }
            _ => {}
        }
        terminal.set_clock(offset + hour * STEP_SECONDS);
    }
    let of_day = |app: &TestApp| -> Option<f64> {
        let days = metered::values(app, &enterprise, ELECTRICITY, 1);
        days.into_iter().find(|it| it.0.starts_with(&day.to_string())).map(|it| it.1)
    };
    wait_until("the city has the day", || of_day(&city).is_some());
    wait_until_equal(&city, &nation, &enterprise.code);
    let (start, end) = (day.at(0, 0, 0, 0), day.saturating_add(1.day()).at(0, 0, 0, 0));
    let counter_at = |it| counter(metered::unix(it) as f64);
    let counted = (counter_at(end) - counter_at(start)) / 10_000.0;
    let found = of_day(&nation).expect("the nation has the day");
    // The meter shows hundredths of a kWh.
    assert!(
        (found - counted).abs() < 0.000_01,
        "the meter counted {counted}, the nation has {found}"
    );
    let unit = nation.get(&format!("/api/v1/units/{}", enterprise.code)).ok();
    assert_eq!(unit["unit"]["name"], json!(enterprise.name), "{unit}");
}
