//! What the savings of a unit are computed from, beside the snapshot: energy and outputs by day, and the energy
//! of single items.

use std::collections::BTreeMap;

use duckdb::{Connection, params};
use jiff::civil::Date;
use nengce_shared::basis::Basis;
use nengce_shared::month::Month;
use nengce_shared::period::DayRange;

use crate::store::database::{day_of, each};
use crate::store::error::Result;

/// An item whose energy can be computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnergyItem {
    pub data_code: String,
    /// 1 whole plant … 4 key equipment.
    pub scope: u8,
    /// It has values of days; else of months alone.
    pub by_day: bool,
}

/// The energy of a day or a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Energy {
    pub tce: f64,
    /// Each item came, with nine tenths of its points.
    pub is_complete: bool,
}

/// Process and product of an output.
pub type Output = (String, String);

/// The items of a unit whose energy can be computed, those of the whole plant first.
pub fn items(conn: &Connection, unit: i32, basis: Basis) -> Result<Vec<EnergyItem>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/energy_items.sql"), params![unit, basis.as_str()], |row| {
        found.push(EnergyItem { data_code: row.get(0)?, scope: row.get(1)?, by_day: row.get(2)? });
        Ok(())
    })?;
    Ok(found)
}

/// The energy of the unit by day, or of some of its items (data codes by comma).
pub fn energy_days(
    conn: &Connection,
    unit: i32,
    basis: Basis,
    items: &str,
    span: DayRange,
) -> Result<BTreeMap<Date, Energy>> {
    energy(conn, include_str!("sql/energy_days.sql"), (unit, basis, items), span)
}

/// The energy of some items by month; keys are the first days of the months.
pub fn energy_months(
    conn: &Connection,
    unit: i32,
    basis: Basis,
    items: &str,
    span: DayRange,
) -> Result<BTreeMap<Month, Energy>> {
    let found = energy(conn, include_str!("sql/energy_months.sql"), (unit, basis, items), span)?;
    Ok(found.into_iter().map(|(day, it)| (Month::of(day), it)).collect())
}

fn energy(
    conn: &Connection,
    sql: &str,
    (unit, basis, items): (i32, Basis, &str),
    span: DayRange,
) -> Result<BTreeMap<Date, Energy>> {
    let mut found = BTreeMap::new();
    let (from, to) = (span.from().to_string(), span.to().to_string());
    each(conn, sql, params![unit, basis.as_str(), items, from, to], |row| {
        if let (Some(day), Some(tce)) = (day_of(row.get(0)?), row.get(1)?) {
            found.insert(day, Energy { tce, is_complete: row.get(2)? });
        }
        Ok(())
    })?;
    Ok(found)
}

/// The outputs of the unit by day.
pub fn outputs(
    conn: &Connection,
    unit: i32,
    span: DayRange,
) -> Result<BTreeMap<Output, BTreeMap<Date, f64>>> {
    let mut found: BTreeMap<Output, BTreeMap<Date, f64>> = BTreeMap::new();
    let (from, to) = (span.from().to_string(), span.to().to_string());
    each(conn, include_str!("sql/output_days.sql"), params![unit, from, to], |row| {
        if let Some(day) = day_of(row.get(0)?) {
            found.entry((row.get(1)?, row.get(2)?)).or_default().insert(day, row.get(3)?);
        }
        Ok(())
    })?;
    Ok(found)
}
