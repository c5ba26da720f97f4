//! The tariffs of units.

use duckdb::{Connection, params};
use jiff::civil::{Date, DateTime};
use nengce_core::costs::tariff::Tariff;
use nengce_shared::api::tariff::TariffLine;
use nengce_shared::tariff::TariffCharge;

use crate::clock;
use crate::store::database::{each, parsed};
use crate::store::error::Result;
use crate::store::json;

/// A tariff as it is stored.
#[derive(Debug, Clone)]
pub struct StoredTariff {
    pub id: u64,
    pub energy_type: String,
    pub charge: TariffCharge,
    pub from: Date,
    pub lines: Vec<TariffLine>,
    pub saved_by: String,
    pub saved_at: String,
    /// `replaced` or `withdrawn`; none while it counts.
    pub ended: Option<String>,
}

/// All tariffs of a unit by energy type and charge, the newest first.
pub fn of_unit(conn: &Connection, unit_id: i32) -> Result<Vec<StoredTariff>> {
    let mut all = Vec::new();
    each(conn, include_str!("sql/tariffs.sql"), params![unit_id], |row| {
        all.push(StoredTariff {
            id: row.get(0)?,
            energy_type: row.get(1)?,
            charge: parsed(row, 2, TariffCharge::parse)?,
            from: parsed(row, 3, |it| it.parse().ok())?,
            lines: json::column(row, 4)?,
            saved_by: row.get(5)?,
            saved_at: row.get(6)?,
            ended: row.get(7)?,
        });
        Ok(())
    })?;
    Ok(all)
}

/// Keeps tariffs; one of the same energy type, charge and day is replaced from now on. How many were.
pub fn insert(
    conn: &Connection,
    unit_id: i32,
    tariffs: &[Tariff],
    by: &str,
    now: DateTime,
) -> Result<u32> {
    let now = clock::text(now);
    let mut replaced = 0;
    for it in tariffs {
        let lines = json::text(&it.typed)?;
        let (charge, from) = (it.charge.as_str(), it.from.to_string());
        let row = params![unit_id, it.energy_type, charge, from, by, now];
        replaced += conn.execute(include_str!("sql/tariff_replace.sql"), row)?;
        let row = params![unit_id, it.energy_type, charge, from, lines, by, now];
        conn.execute(include_str!("sql/tariff_insert.sql"), row)?;
    }
    Ok(u32::try_from(replaced).unwrap_or(u32::MAX))
}

/// A tariff no longer counts; whether there was one that did.
pub fn withdraw(
    conn: &Connection,
    (unit_id, id): (i32, u64),
    by: &str,
    now: DateTime,
) -> Result<bool> {
    let row = params![unit_id, id, by, clock::text(now)];
    Ok(conn.execute(include_str!("sql/tariff_withdraw.sql"), row)? > 0)
}
