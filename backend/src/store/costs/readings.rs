//! The items of a unit whose energy is paid for, and their quantities by day, month and hour.

use std::collections::HashMap;

use duckdb::{Connection, params};
use jiff::civil::Date;
use nengce_core::costs::spans::HOURS;
use nengce_core::costs::year::{Item, Readings};
use nengce_shared::basis::Basis;
use nengce_shared::month::Month;
use nengce_shared::period::DayRange;

use crate::store::database::each;
use crate::store::error::Result;
use crate::store::queries::unit_energy;

/// tce of a unit by energy type and month, net, on one basis.
pub type TceOfMonths = HashMap<(String, Month), f64>;

/// What is needed for the costs of a span.
#[derive(Debug, Clone, Default)]
pub struct CostReadings {
    pub items: Vec<Item>,
    pub readings: Readings,
    /// Calorific and equivalent.
    pub tce: [TceOfMonths; 2],
}

/// The items of a unit that count.
pub fn items(conn: &Connection, unit_id: i32) -> Result<Vec<Item>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/cost_items.sql"), params![unit_id], |row| {
        let first_day: Option<String> = row.get(4)?;
        found.push(Item {
            data_code: row.get(0)?,
            energy_type: row.get(1)?,
            sign: row.get(2)?,
            is_daily: row.get(3)?,
            first_day: first_day.and_then(|it| it.parse().ok()),
        });
        Ok(())
    })?;
    Ok(found)
}

/// The items and quantities of a unit. Hours are read of these energy types alone, `,3300,3200,`.
pub fn of_span(
    conn: &Connection,
    unit_id: i32,
    span: DayRange,
    by_hour: &str,
) -> Result<CostReadings> {
    let mut found = CostReadings { items: items(conn, unit_id)?, ..CostReadings::default() };
    // Quantities are the same on both bases.
    for it in unit_energy::days(conn, unit_id, Basis::Equivalent, span)? {
        found.readings.days.insert((it.data_code, it.day), it.quantity);
    }
    for (at, basis) in [Basis::Calorific, Basis::Equivalent].into_iter().enumerate() {
        for it in unit_energy::months(conn, unit_id, basis, span)? {
            let month = Month::of(it.day);
            if it.reported {
                found.readings.months.insert((it.data_code, month), it.quantity);
            }
            *found.tce[at].entry((it.energy_type, month)).or_default() += it.tce;
        }
    }
    let (from, to) = (span.from().to_string(), span.to().to_string());
    let given = params![unit_id, by_hour, from, to];
    each(conn, include_str!("sql/cost_hours.sql"), given, |row| {
        let (code, day, hour): (String, String, usize) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if let Ok(day) = day.parse::<Date>() {
            let hours = found.readings.hours.entry((code, day)).or_insert([f64::NAN; HOURS]);
            if let Some(slot) = hours.get_mut(hour) {
                *slot = row.get(3)?;
            }
        }
        Ok(())
    })?;
    Ok(found)
}
