//! A year of 15-minute readings of a few units, sent day by day as terminals do.

use serde_json::Value;

use crate::support::app::TestApp;
use crate::support::enterprise::Enterprise;
use crate::support::message::quarters;

const UNITS: u32 = 4;
const DAYS: i32 = 365;
/// Energy types of each unit, electricity among them.
const TYPES: [&str; 5] = ["3300", "1500", "3200", "0100", "2200"];

/// The year of the readings.
pub(super) const YEAR: i16 = 2025;

/// Readings of one item.
pub(super) const READINGS_PER_ITEM: f64 = DAYS as f64 * 96.0;

/// The data codes that every unit sends.
pub(super) fn codes() -> [String; 5] {
    TYPES.map(|kind| format!("00-00-0000-02{kind}-11"))
}

/// Sends the readings and returns the units once the server has everything.
pub(super) fn fill(app: &TestApp) -> Vec<Enterprise> {
    let units: Vec<Enterprise> =
        (0..UNITS).map(|at| Enterprise::numbered(8_800 + at, "刻钟")).collect();
    let terminals: Vec<_> = units.iter().map(|it| app.terminal(it)).collect();
    let mut wave = Wave(0x9E37_79B9);
    for day in 0..DAYS {
        let date = (jiff::civil::date(YEAR, 1, 1) + jiff::ToSpan::days(day)).to_string();
        for (at, terminal) in terminals.iter().enumerate() {
            let mut entries: Vec<Value> = Vec::new();
            for (item, code) in codes().iter().enumerate() {
                let level = 1.0 + (at * TYPES.len() + item) as f64;
                let values: Vec<f64> = (0..96).map(|at| wave.at(level, at)).collect();
                entries.extend(quarters(code, &date, |at| values[at as usize]));
            }
            terminal.upload(&entries).received();
        }
    }
    units
}

/// A load curve: a level, the hours of the day, and noise, to four digits.
struct Wave(u32);

impl Wave {
    fn at(&mut self, level: f64, quarter: u32) -> f64 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = f64::from(self.0 >> 8) / f64::from(1 << 24);
        let hour = f64::from(quarter) / 4.0;
        let shape = 1.0 + 0.4 * ((hour - 13.0) / 24.0 * std::f64::consts::TAU).cos();
        (level * shape * (0.95 + 0.1 * noise) * 1_000.0).round() / 1_000.0
    }
}
