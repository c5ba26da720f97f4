//! Daily mean temperatures: imported rows, and the degree days of months that they make.

use std::collections::BTreeMap;

use duckdb::{Connection, params};
use jiff::civil::Date;
use nengce_core::savings::degree_days::{COOLING_BASE, DegreeDays, HEATING_BASE};
use nengce_messages::stamp;
use nengce_shared::month::Month;
use nengce_shared::period::DayRange;

use crate::list_rows::TemperatureRow;
use crate::store::database::append::{append_temp, dates, doubles, texts};
use crate::store::database::{day_of, each};
use crate::store::error::Result;

/// Puts rows in the place of those of the same region and day; the last one of a file stands.
pub fn put(conn: &Connection, rows: &[TemperatureRow]) -> Result<()> {
    let rows: BTreeMap<_, _> = rows.iter().map(|it| ((&it.region_code, it.day), it)).collect();
    conn.execute_batch(include_str!("sql/temperature_stage.sql"))?;
    let columns = vec![
        texts(rows.values().map(|it| it.region_code.as_str())),
        dates(rows.values().map(|it| Some(stamp::day_number(it.day)))),
        doubles(rows.values().map(|it| it.mean_celsius)),
        texts(rows.values().map(|it| it.source.as_str())),
    ];
    append_temp(conn, "temperature_incoming", columns)?;
    Ok(conn.execute_batch(include_str!("sql/temperature_put.sql"))?)
}

/// The degree days of the months of which each day has a temperature, in the district or, where it has none at all, in the
/// city.
pub fn degree_days(
    conn: &Connection,
    district: &str,
    city: &str,
) -> Result<BTreeMap<Month, DegreeDays>> {
    let mut found = BTreeMap::new();
    let query = params![district, city, HEATING_BASE, COOLING_BASE];
    each(conn, include_str!("sql/degree_days.sql"), query, |row| {
        let Some(first) = day_of(row.get(0)?) else { return Ok(()) };
        let days: i64 = row.get(1)?;
        if days == i64::from(first.days_in_month()) {
            let it = DegreeDays { heating: row.get(2)?, cooling: row.get(3)? };
            found.insert(Month::of(first), it);
        }
        Ok(())
    })?;
    Ok(found)
}

/// The daily mean temperatures of the district or, where it has none at all, of the city, °C.
pub fn days(
    conn: &Connection,
    district: &str,
    city: &str,
    span: DayRange,
) -> Result<BTreeMap<Date, f64>> {
    let mut found = BTreeMap::new();
    let (from, to) = (span.from().to_string(), span.to().to_string());
    each(
        conn,
        include_str!("sql/temperature_days.sql"),
        params![district, city, from, to],
        |row| {
            if let Some(day) = day_of(row.get(0)?) {
                found.insert(day, row.get(1)?);
            }
            Ok(())
        },
    )?;
    Ok(found)
}
