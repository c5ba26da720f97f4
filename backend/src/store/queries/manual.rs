//! What is needed to type values of a unit by hand: its items with their gaps, and the history of one item.

use duckdb::{Connection, params};
use jiff::ToSpan;
use jiff::civil::Date;
use nengce_shared::api::submission::{HistoryDay, HistoryMonth, ItemHistory};
use nengce_shared::month::Month;
use nengce_shared::period::DayRange;

use super::each;

/// Days before the days asked for from which the usual values are taken.
const PAST_DAYS: i64 = 60;

/// The items of a unit that have values of days or months: data code, energy type, and days of the range without a value.
pub fn items(
    conn: &Connection,
    unit: i32,
    range: DayRange,
) -> duckdb::Result<Vec<(String, String, u32)>> {
    let mut all = Vec::new();
    let (from, to) = (range.from().to_string(), range.to().to_string());
    each(conn, include_str!("sql/manual_items.sql"), params![unit, from, to], |row| {
        all.push((row.get(0)?, row.get(1)?, row.get(2)?));
        Ok(())
    })?;
    Ok(all)
}

/// The days of an item in a range, the values before it, and the months that the range touches; none where the unit has no
/// such item.
pub fn history(
    conn: &Connection,
    unit: i32,
    data_code: &str,
    range: DayRange,
) -> duckdb::Result<Option<ItemHistory>> {
    let mut it = ItemHistory {
        data_code: data_code.to_owned(),
        past: Vec::new(),
        days: Vec::new(),
        months: Vec::new(),
    };
    let mut is_known = false;
    let (from, to) = (range.from().to_string(), range.to().to_string());
    let wanted = params![unit, data_code, from, to];
    each(conn, include_str!("sql/manual_days.sql"), wanted, |row| {
        is_known = true;
        it.days.push(HistoryDay {
            day: row.get(0)?,
            value: row.get(1)?,
            by_hand: row.get(2)?,
            whole: row.get(3)?,
            parts: row.get(4)?,
        });
        Ok(())
    })?;
    if !is_known {
        return Ok(None);
    }
    let before = |day: Date, days: i64| day.saturating_sub(days.days()).to_string();
    let wanted = params![unit, data_code, before(range.from(), PAST_DAYS), before(range.from(), 1)];
    each(conn, include_str!("sql/manual_past.sql"), wanted, |row| {
        it.past.push(row.get(0)?);
        Ok(())
    })?;
    let (first, last) = (Month::of(range.from()).first_day(), Month::of(range.to()).last_day());
    let wanted = params![unit, data_code, first.to_string(), last.to_string()];
    each(conn, include_str!("sql/manual_months.sql"), wanted, |row| {
        it.months.push(HistoryMonth {
            month: row.get(0)?,
            value: row.get(1)?,
            days_sum: row.get(2)?,
            days: row.get(3)?,
        });
        Ok(())
    })?;
    Ok(Some(it))
}
