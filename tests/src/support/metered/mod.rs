//! A plant that a test measures by: meters whose counters the test moves, the unit's terminal as a process of its own, and
//! what the platform has of it at the end.

mod meters;
mod process;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use serde_json::Value;

pub use meters::{Counter, Meters, serve};
pub use process::{Kept, Setup, TerminalProcess};

use super::app::TestApp;
use super::city_clock::{today, zone};
use super::enterprise::Enterprise;
use super::wait::wait_for;

/// A moment of the plant's wall as seconds of UTC.
pub fn unix(moment: DateTime) -> i64 {
    moment.to_zoned(zone()).expect("a moment").timestamp().as_second()
}

/// Two days ago: a day that has ended on every clock of the test.
pub fn day() -> Date {
    today().saturating_sub(2.days())
}

/// Waits until the unit's terminal has registered and lets it in; gives the device.
#[track_caller]
pub fn let_in(platform: &TestApp, enterprise: &Enterprise) -> String {
    let device = wait_for("the terminal registers", || {
        let list = platform.admin_get(&format!("/api/v1/devices?q={}", enterprise.code)).ok();
        list["rows"][0]["device_id"].as_str().map(str::to_owned)
    });
    platform.approve(&device).ok();
    device
}

/// The values of an item that the platform has, by the start of their period.
pub fn values(
    platform: &TestApp,
    enterprise: &Enterprise,
    item: &str,
    stat_type: u8,
) -> BTreeMap<String, f64> {
    let path = format!(
        "/api/v1/units/{}/readings?data_code={item}&stat_type={stat_type}&limit=1000",
        enterprise.code
    );
    let answer = platform.get(&path);
    if answer.status != 200 {
        return BTreeMap::new();
    }
    let list = answer.ok();
    let rows = list["rows"].as_array().expect("rows").iter();
    let row = |it: &Value| Some((it["stat_date"].as_str()?.to_owned(), it["value"].as_f64()?));
    let found: Vec<_> = rows.filter_map(row).collect();
    let count = found.len();
    let by_start: BTreeMap<_, _> = found.into_iter().collect();
    assert_eq!(by_start.len(), count, "a period has one value");
    by_start
}
