//! What the audit pack of a unit asks of the store: energy by process and role, and indicators, by year.

use std::collections::BTreeMap;

use duckdb::{Connection, params};
use nengce_core::audit_pack::EnergyFacts;

use super::each;

/// Energy of the years, both included.
pub fn energy(
    conn: &Connection,
    unit: i32,
    (from, to): (i16, i16),
) -> duckdb::Result<Vec<EnergyFacts>> {
    let mut all = Vec::new();
    each(conn, include_str!("sql/audit_pack_energy.sql"), params![unit, from, to], |row| {
        all.push(EnergyFacts {
            year: row.get(0)?,
            process: row.get(1)?,
            energy_type: row.get(2)?,
            data_class: row.get(3)?,
            role: row.get(4)?,
            quantity: row.get(5)?,
            tce: [row.get(6)?, row.get(7)?],
            measured: row.get(8)?,
        });
        Ok(())
    })?;
    Ok(all)
}

/// The sums of an indicator of class 09 by year.
pub fn indicator(
    conn: &Connection,
    unit: i32,
    code: &str,
    (from, to): (i16, i16),
) -> duckdb::Result<BTreeMap<i16, f64>> {
    let mut all = BTreeMap::new();
    let wanted = params![unit, code, from, to];
    each(conn, include_str!("sql/audit_pack_indicator.sql"), wanted, |row| {
        all.insert(row.get(0)?, row.get(1)?);
        Ok(())
    })?;
    Ok(all)
}
