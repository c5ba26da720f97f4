//! Real-time values of one item in falling order, thinned by rank: the highest and the lowest stay.

use duckdb::{Connection, OptionalExt, params};
use nengce_shared::period::DayRange;

use super::each;

const ITEM: &str = include_str!("sql/load_duration_item.sql");
const SORTED: &str = include_str!("sql/load_duration.sql");

/// A real-time item and how many values a day it has.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RealTimeItem {
    pub id: i32,
    pub data_code: String,
    pub points_per_day: u32,
}

/// Values with their place from 0 among all `readings`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sorted {
    pub readings: u64,
    pub points: Vec<(u32, f64)>,
}

/// The named real-time item, or the main one of the unit.
pub fn item(conn: &Connection, unit: i32, data_code: &str) -> duckdb::Result<Option<RealTimeItem>> {
    conn.query_row(ITEM, params![unit, data_code], |row| {
        Ok(RealTimeItem { id: row.get(0)?, data_code: row.get(1)?, points_per_day: row.get(2)? })
    })
    .optional()
}

/// At most `points` values of the span.
pub fn sorted(conn: &Connection, item: i32, span: DayRange, points: u32) -> duckdb::Result<Sorted> {
    let before = span.to().tomorrow().unwrap_or(span.to()).to_string();
    let mut found = Sorted::default();
    let params = params![item, span.from().to_string(), before, i64::from(points)];
    each(conn, SORTED, params, |row| {
        found.readings = row.get(0)?;
        found.points.push((row.get(1)?, row.get(2)?));
        Ok(())
    })?;
    Ok(found)
}
