//! What only the server knows of a unit: its device, its meters, its last days, and what it made by converting energy.

use std::collections::BTreeMap;

use jiff::civil::Date;
use nengce_shared::basis::Basis;
use nengce_shared::month::Month;
use nengce_shared::period::DayRange;

use super::snapshot::{GROUPS, Points, basis_index};

/// Days before today that are kept one by one: the evidence of silence.
pub const RECENT_DAYS: usize = 30;

/// The state of one unit, in the order of the snapshot's units.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitStatus {
    /// Its number in the database.
    pub id: i32,
    /// The first day with data.
    pub first_day: Option<Date>,
    /// The last day with data.
    pub last_day: Option<Date>,
    /// Of a unit that sends no days: the first day after its last month with a figure, once the next one is overdue.
    pub silent_since: Option<Date>,
    /// `approved`, `pending`, `revoked` or `none`.
    pub device_state: String,
    /// The day the unit's oldest device was approved.
    pub approved_on: Option<Date>,
    /// The day on which the unit was listed.
    pub listed_on: Option<Date>,
    /// The unit says itself that it converts energy.
    pub declares_conversion: bool,
    /// The number of meters.
    pub meters: u32,
    /// The number of meters whose calibration is overdue.
    pub meters_overdue: u32,
    /// Name of one overdue meter.
    pub overdue_name: Option<String>,
    /// Points of the last days up to yesterday, oldest first.
    pub recent: [Points; RECENT_DAYS],
    /// Conversion output that the snapshot's energy has taken off, by month, basis and group.
    pub outputs: BTreeMap<Month, [[f64; GROUPS]; 2]>,
}

impl UnitStatus {
    /// Conversion output by month and group, above zero.
    pub fn outputs(&self, basis: Basis) -> impl Iterator<Item = (Month, [f64; GROUPS])> {
        self.outputs.iter().map(move |(month, both)| (*month, both[basis_index(basis)]))
    }

    /// Sets the points of a day `days_ago` before today (1 = yesterday).
    pub fn set_recent(&mut self, days_ago: usize, points: Points) {
        if let Some(day) = RECENT_DAYS.checked_sub(days_ago).and_then(|at| self.recent.get_mut(at))
        {
            *day = points;
        }
    }

    /// Adds conversion output of a month, where there is any.
    pub fn add_output(&mut self, month: Month, group: usize, tce: [Option<f64>; 2]) {
        if tce.iter().all(Option::is_none) {
            return;
        }
        let both = self.outputs.entry(month).or_default();
        for (side, value) in both.iter_mut().zip(tce) {
            side[group] += value.unwrap_or(0.0);
        }
    }
}

/// Conversion output of units over days of one month, by unit and group.
#[derive(Debug, Clone)]
pub struct PartialOutput {
    /// The days.
    pub range: DayRange,
    /// The basis of tce.
    pub basis: Basis,
    /// tce by unit index and energy group.
    pub units: BTreeMap<usize, [f64; GROUPS]>,
}
