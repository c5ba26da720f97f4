//! Pages answer at once while a newer snapshot is built: from the last complete one, and then from the newer.

use std::time::{Duration, Instant};

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use nengce_tests::support::wait::wait_until;

use crate::panics::FailPoints;

/// Longer than `view_wait_ms` and shorter than the build takes.
const AT_ONCE: Duration = Duration::from_millis(1_500);

fn units(app: &TestApp) -> u64 {
    app.get("/api/v1/dual-control?from=2025&to=2025").ok()["scope"]["units_reporting"]
        .as_u64()
        .expect("a count")
}

#[test]
fn a_view_answers_from_the_last_complete_state_while_a_newer_one_is_built() {
    let points = FailPoints::new();
    let app = points.server(&[("NENGCE_VIEW_WAIT_MS", "100")]);
    let send = |number| {
        let terminal = app.terminal(&Enterprise::numbered(number, &format!("第{number}厂")));
        terminal.upload(&[day(ELECTRICITY, "2025-03-01", 1.0)]).received();
    };
    send(1);
    wait_until("the first unit is shown", || units(&app) == 1);
    points.arm(&[("stall:snapshot:load", 40)]);
    send(2);
    let start = Instant::now();
    assert_eq!(units(&app), 1, "the newer snapshot is not there yet");
    assert!(start.elapsed() < AT_ONCE, "{:?}", start.elapsed());
    wait_until("the second unit is shown", || units(&app) == 2);
}
