//! `GET /api/v1/units/{code}/…`: the readings of one unit, their days, and the curves drawn of them.

use super::common::PageInfo;
use super::wire;
use crate::codes::stat_type::StatType;

wire! {
/// Raw readings of one unit, each with the values that it replaced (`GET /units/{code}/readings`).
pub struct ReadingList {
    /// The credit code of the unit.
    pub enterprise_code: String,
    /// The readings of the page, in order of time.
    pub rows: Vec<ReadingRow>,
    /// The place of the page.
    pub page: PageInfo,
}
/// A reading, which is known by unit, data code, stat type and time.
pub struct ReadingRow {
    /// The data code.
    pub data_code: String,
    /// The length of the period.
    pub stat_type: StatType,
    /// The start of the period, local time `YYYY-MM-DD HH:MM:SS`.
    pub stat_date: String,
    /// The value in `unit`.
    pub value: f64,
    /// The unit of the dictionary; null where it names none.
    pub unit: Option<String>,
    /// Whether the sender gave it as valid; an invalid value is kept and does not count.
    pub valid: bool,
    /// How the value was taken, 1 to 7 (NECC-NHJC-04 `inputType`, 5 by hand); null where it was not sent.
    pub input_type: Option<u8>,
    /// The upload that brought the value.
    pub upload_id: u64,
    /// When that upload was received, local time `YYYY-MM-DD HH:MM:SS`.
    pub received_at: String,
    /// Who sent it: a device id (its last four characters to everyone but administrators), `import:FILE` or
    /// `bulk:NAME`.
    pub sent_by: String,
    /// The values that it replaced, newest first.
    pub history: Vec<ReplacedValue>,
}
/// A value that a later one replaced.
pub struct ReplacedValue {
    /// The value in the unit of the reading.
    pub value: f64,
    /// The upload that had brought it.
    pub upload_id: u64,
    /// When that upload was received, local time.
    pub received_at: String,
    /// Who had sent it.
    pub sent_by: String,
    /// Whether the sender gave it as valid.
    pub valid: bool,
    /// When it was replaced, local time.
    pub replaced_at: String,
    /// The upload that replaced it.
    pub replaced_by: u64,
    /// Who sent the upload that replaced it.
    pub replaced_by_sender: String,
    /// The operator who let an old value be replaced; null where none had to.
    pub approved_by: Option<String>,
}
/// The days of one unit with their points (`GET /units/{code}/calendar`).
pub struct Calendar {
    /// The credit code of the unit.
    pub enterprise_code: String,
    /// The first day, `YYYY-MM-DD`.
    pub from: String,
    /// The last day, included.
    pub to: String,
    /// Every day of the span, oldest first.
    pub days: Vec<CalendarDay>,
}
/// The points and the consumption of one day.
pub struct CalendarDay {
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// Points that came, no more than were expected of each item.
    pub received: u32,
    /// Points that were due; nothing is due after yesterday.
    pub expected: u32,
    /// True when any counted value of the day was entered by hand (inputType 5).
    pub manual: bool,
    /// Comprehensive energy consumption in tce on the basis asked for; null without a figure.
    pub tce: Option<f64>,
}
/// The load duration curve of one item (`GET /units/{code}/load-duration`): real-time values in falling order, thinned
/// by rank with both ends kept.
pub struct LoadDuration {
    /// The credit code of the unit.
    pub enterprise_code: String,
    /// The data code of the item; empty where the unit has no real-time item.
    pub data_code: String,
    /// The unit of the values; empty where the dictionary names none.
    pub unit: String,
    /// The first day, `YYYY-MM-DD`.
    pub from: String,
    /// The last day, included.
    pub to: String,
    /// The number of values of a complete day, 96 for quarter-hours; 0 where the reporting interval is not known.
    pub points_per_day: u32,
    /// Valid values in the period; the curve stands for all of them.
    pub readings: u64,
    /// The place of each point among the readings in falling order, from 0.
    pub places: Vec<u32>,
    /// The value of each point in `unit`.
    pub values: Vec<f64>,
}
/// The mean week of one item (`GET /units/{code}/load-profile`): hourly sums of real-time values, averaged by weekday
/// and hour over twelve weeks.
pub struct LoadProfile {
    /// The data code of the item; empty where the unit has no real-time readings.
    pub data_code: String,
    /// The unit of the values; empty where the dictionary names none.
    pub unit: String,
    /// The first of the 84 days, `YYYY-MM-DD`.
    pub from: String,
    /// The last day with real-time readings, included.
    pub to: String,
    /// Seven rows, Monday first, of 24 hours each, in `unit`; null for an hour without readings.
    pub hours: Vec<Vec<Option<f64>>>,
}
/// Real-time values thinned to the width of a screen: of each column first, last, lowest and highest.
pub struct SeriesView {
    /// The credit code of the unit.
    pub enterprise_code: String,
    /// The data code of the item; empty where the unit has no real-time item.
    pub data_code: String,
    /// The data codes of the unit's real-time items, the main one first.
    pub items: Vec<String>,
    /// The unit of the values; empty where the dictionary names none.
    pub unit: String,
    /// The first day, `YYYY-MM-DD`.
    pub from: String,
    /// The last day, included.
    pub to: String,
    /// The number of columns into which the span is cut.
    pub width: u32,
    /// Valid readings in the span, before thinning.
    pub readings: u64,
    /// The time of each point in seconds since the start of `from`, in order.
    pub seconds: Vec<u32>,
    /// The value of each point in `unit`.
    pub values: Vec<f64>,
}
}
