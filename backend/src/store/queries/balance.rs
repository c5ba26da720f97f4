//! What the energy items of a unit measured over a span, the whole plant and its sub-units alike.

use std::collections::{BTreeMap, HashMap};

use duckdb::{Connection, params};
use jiff::civil::Date;
use nengce_shared::period::DayRange;

use super::{day_of, each};

/// An energy item that counts as used or made.
#[derive(Debug, Clone)]
pub struct BalanceItem {
    pub data_code: String,
    pub energy_type: String,
    /// +1 what is used, −1 what is made.
    pub sign: f64,
    /// 0 where only months come, 1 for days, else the points of a day.
    pub points_per_day: u8,
}

/// Quantities by data code and first day of the period.
pub type Quantities = HashMap<String, BTreeMap<Date, f64>>;

/// The items of a unit.
pub fn items(conn: &Connection, unit: i32) -> duckdb::Result<Vec<BalanceItem>> {
    let mut all = Vec::new();
    each(conn, include_str!("sql/balance_items.sql"), params![unit], |row| {
        all.push(BalanceItem {
            data_code: row.get(0)?,
            energy_type: row.get(1)?,
            sign: row.get(2)?,
            points_per_day: row.get(3)?,
        });
        Ok(())
    })?;
    Ok(all)
}

/// The whole days of the span.
pub fn days(conn: &Connection, unit: i32, span: DayRange) -> duckdb::Result<Quantities> {
    quantities(conn, include_str!("sql/balance_days.sql"), unit, span)
}

/// The whole months that lie in the span.
pub fn months(conn: &Connection, unit: i32, span: DayRange) -> duckdb::Result<Quantities> {
    quantities(conn, include_str!("sql/balance_months.sql"), unit, span)
}

fn quantities(
    conn: &Connection,
    sql: &str,
    unit: i32,
    span: DayRange,
) -> duckdb::Result<Quantities> {
    let mut all = Quantities::new();
    let wanted = params![unit, span.from().to_string(), span.to().to_string()];
    each(conn, sql, wanted, |row| {
        if let Some(day) = day_of(row.get(1)?) {
            all.entry(row.get(0)?).or_default().insert(day, row.get(2)?);
        }
        Ok(())
    })?;
    Ok(all)
}

/// The name that the configuration of a unit gives each data code, and its whole configuration.
pub fn names(
    conn: &Connection,
    unit: i32,
) -> duckdb::Result<(HashMap<String, String>, Option<String>)> {
    let mut all = HashMap::new();
    each(conn, include_str!("sql/balance_names.sql"), params![unit], |row| {
        all.insert(row.get(0)?, row.get(1)?);
        Ok(())
    })?;
    let config =
        conn.query_row(include_str!("sql/config_read.sql"), params![unit], |row| row.get(0))?;
    Ok((all, config))
}
