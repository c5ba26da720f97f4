//! Figures of one unit by day and month, and its completeness by item.

use duckdb::{Connection, OptionalExt, Row, params};
use jiff::civil::Date;
use nengce_analysis::unit_energy::Figure;
use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::period::DayRange;

use super::{day_of, each};

const DAY: &str = include_str!("sql/unit_energy_day.sql");
const MONTH: &str = include_str!("sql/unit_energy_month.sql");
const POINTS: &str = include_str!("sql/unit_points.sql");
const LAST_DAY: &str = include_str!("sql/unit_last_day.sql");

/// A unit's id and the span of its data.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    pub id: i32,
    pub first_day: Option<Date>,
    pub last_day: Option<Date>,
}

/// Points of one item.
#[derive(Debug, Clone)]
pub struct ItemPoints {
    pub data_code: String,
    pub received: u64,
    pub expected: u64,
}

/// The unit with this credit code; its data as far as today.
pub fn find(conn: &Connection, code: &str, today: Date) -> duckdb::Result<Option<Known>> {
    let read = |row: &Row<'_>| {
        Ok(Known { id: row.get(0)?, first_day: day_of(row.get(1)?), last_day: day_of(row.get(2)?) })
    };
    conn.query_row(LAST_DAY, params![code, today.to_string()], read).optional()
}

/// Daily figures.
pub fn days(
    conn: &Connection,
    unit: i32,
    basis: Basis,
    range: DayRange,
) -> duckdb::Result<Vec<Figure>> {
    figures(conn, DAY, unit, basis, range)
}

/// Monthly figures of the months that begin inside the range.
pub fn months(
    conn: &Connection,
    unit: i32,
    basis: Basis,
    range: DayRange,
) -> duckdb::Result<Vec<Figure>> {
    figures(conn, MONTH, unit, basis, range)
}

fn figures(
    conn: &Connection,
    sql: &str,
    unit: i32,
    basis: Basis,
    range: DayRange,
) -> duckdb::Result<Vec<Figure>> {
    let mut all = Vec::new();
    let (from, to) = (range.from().to_string(), range.to().to_string());
    each(conn, sql, params![unit, basis.as_str(), from, to], |row| {
        let group: String = row.get(3)?;
        let Some(day) = day_of(row.get(0)?) else {
            return Ok(());
        };
        all.push(Figure {
            day,
            data_code: row.get(1)?,
            energy_type: row.get(2)?,
            group: EnergyGroup::parse(&group).unwrap_or(EnergyGroup::Other),
            quantity_unit: row.get(4)?,
            quantity: row.get(5)?,
            tce: row.get(6)?,
            sign: row.get(7)?,
            factor_kgce: row.get(8)?,
            factor_source: row.get(9)?,
            reported: row.get(10)?,
        });
        Ok(())
    })?;
    Ok(all)
}

/// Points of every counted item over the days; the caller ends them at yesterday.
pub fn points(
    conn: &Connection,
    unit: i32,
    range: DayRange,
    yesterday: Date,
) -> duckdb::Result<Vec<ItemPoints>> {
    let mut all = Vec::new();
    let (from, to) = (range.from().to_string(), range.to().to_string());
    let given = params![unit, from, to, yesterday.to_string()];
    each(conn, POINTS, given, |row| {
        all.push(ItemPoints {
            data_code: row.get(0)?,
            received: row.get(1)?,
            expected: row.get(2)?,
        });
        Ok(())
    })?;
    Ok(all)
}
