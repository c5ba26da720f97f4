//! One unit's days: points, hand entries, tce.

use duckdb::{Connection, params};
use jiff::civil::Date;
use nengce_shared::api::unit_readings::CalendarDay;
use nengce_shared::basis::Basis;
use nengce_shared::period::DayRange;

use super::each;

const DAYS: &str = include_str!("sql/unit_calendar.sql");

/// Every day of the range; nothing is expected after the horizon.
pub fn days(
    conn: &Connection,
    unit: i32,
    basis: Basis,
    range: DayRange,
    horizon: Date,
) -> duckdb::Result<Vec<CalendarDay>> {
    let mut all = Vec::new();
    let (from, to) = (range.from().to_string(), range.to().to_string());
    each(conn, DAYS, params![unit, from, to, basis.as_str(), horizon.to_string()], |row| {
        all.push(CalendarDay {
            day: row.get(0)?,
            received: row.get(1)?,
            expected: row.get(2)?,
            manual: row.get(3)?,
            tce: row.get(4)?,
        });
        Ok(())
    })?;
    Ok(all)
}
