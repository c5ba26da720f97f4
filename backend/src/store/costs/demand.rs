//! The highest mean power of each month, from the real-time readings of the plant's electricity.

use std::collections::HashMap;

use duckdb::{Connection, params};
use nengce_core::costs::tariff::ELECTRICITY;
use nengce_shared::month::Month;
use nengce_shared::period::DayRange;

use crate::store::database::{day_of, each};
use crate::store::error::Result;

/// The span of a month with the highest quantity.
#[derive(Debug, Clone)]
pub struct Peak {
    /// The quantity of the span, in the unit of the dictionary.
    pub quantity: f64,
    /// When the span began.
    pub at: String,
    /// The spans of the month that have readings of all items.
    pub points: u32,
    /// The length of a span.
    pub minutes: u8,
}

/// By month; months without a reading are not there.
pub fn of_span(conn: &Connection, unit_id: i32, span: DayRange) -> Result<HashMap<Month, Peak>> {
    let mut all = HashMap::new();
    let wanted = params![unit_id, span.from().to_string(), span.to().to_string(), ELECTRICITY];
    each(conn, include_str!("sql/demand.sql"), wanted, |row| {
        let peak = Peak {
            quantity: row.get(1)?,
            at: row.get(2)?,
            points: row.get(3)?,
            minutes: row.get(4)?,
        };
        if let Some(first) = day_of(row.get(0)?) {
            all.insert(Month::of(first), peak);
        }
        Ok(())
    })?;
    Ok(all)
}
