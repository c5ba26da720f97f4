//! Builders of upload messages: entries of energy data, as a terminal of the national profile writes them.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use serde_json::{Value, json};

pub const ELECTRICITY: &str = "00-00-0000-023300-11";
pub const NATURAL_GAS: &str = "00-00-0000-011500-11";
pub const RAW_COAL: &str = "00-00-0000-010100-11";
pub const COKE: &str = "00-00-0000-020900-11";
pub const HEAT: &str = "00-00-0000-023200-11";
pub const VALUE_ADDED: &str = "00-00-0000-090200-30";

pub fn date(text: &str) -> Date {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// 1 whole plant, 2 process, 3 process unit, 4 key equipment.
pub fn scope_of(data_code: &str) -> u8 {
    let digits: String = data_code.chars().filter(|c| *c != '-').collect();
    match (digits.get(4..8), digits.get(2..4), digits.get(0..2)) {
        (Some(equipment), _, _) if equipment != "0000" => 4,
        (_, Some(unit), _) if unit != "00" => 3,
        (_, _, Some(process)) if process != "00" => 2,
        _ => 1,
    }
}

/// One entry with every attribute; `stat_date` as `YYYY-MM-DD HH:MM:SS`.
pub fn entry(data_code: &str, stat_type: u8, stat_date: &str, value: f64) -> Value {
    json!({
        "dataCode": data_code, "dataValue": value, "inputType": 1, "statType": stat_type, "statDate": stat_date,
        "uploadDate": "2026-01-02 03:04:05", "scope": scope_of(data_code), "valid": true,
    })
}

pub fn day(data_code: &str, day: &str, value: f64) -> Value {
    entry(data_code, 1, &format!("{day} 00:00:00"), value)
}

/// `month` as `YYYY-MM`.
pub fn month(data_code: &str, month: &str, value: f64) -> Value {
    entry(data_code, 2, &format!("{month}-01 00:00:00"), value)
}

pub fn hour(data_code: &str, day: &str, hour: u8, value: f64) -> Value {
    entry(data_code, 0, &format!("{day} {hour:02}:00:00"), value)
}

/// 24 hourly values.
pub fn hours(data_code: &str, day: &str, values: impl Fn(u8) -> f64) -> Vec<Value> {
    (0..24).map(|at| hour(data_code, day, at, values(at))).collect()
}

/// 96 quarter-hours.
pub fn quarters(data_code: &str, day: &str, values: impl Fn(u32) -> f64) -> Vec<Value> {
    let start: DateTime = date(day).at(0, 0, 0, 0);
    (0..96)
        .map(|at| {
            let ts = start.saturating_add((i64::from(at) * 15).minutes());
            entry(data_code, 0, &ts.strftime("%Y-%m-%d %H:%M:%S").to_string(), values(at))
        })
        .collect()
}

/// A daily value for each day of a span, both ends included.
pub fn days(data_code: &str, from: &str, to: &str, value: impl Fn(Date) -> f64) -> Vec<Value> {
    let (from, to) = (date(from), date(to));
    from.series(1.day())
        .take_while(|d| *d <= to)
        .map(|d| day(data_code, &d.to_string(), value(d)))
        .collect()
}

/// A monthly value for each month of a year.
pub fn months(data_code: &str, year: i16, value: f64) -> Vec<Value> {
    (1..=12).map(|at| month(data_code, &format!("{year}-{at:02}"), value)).collect()
}

/// Another value of one attribute.
pub fn with(mut entry: Value, field: &str, value: Value) -> Value {
    entry[field] = value;
    entry
}

/// The day so many days before the server's today, which is in China.
pub fn days_ago(days: i64) -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seconds = now.expect("after 1970").as_secs() as i64 + 8 * 3_600;
    let date = Date::constant(1970, 1, 1) + (seconds / 86_400 - days).days();
    date.to_string()
}
