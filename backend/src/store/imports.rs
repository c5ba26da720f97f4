//! Writes imported rows of economy, targets and units; a row with the same key gives way.

use duckdb::{Connection, params};
use jiff::civil::DateTime;

use super::error::Result;
use super::registry::UnitEntry;
use super::write::Write;
use crate::import::rows::{EconomyRow, TargetRow, UnitRow};

pub fn economy(conn: &Connection, rows: &[EconomyRow]) -> Result<()> {
    let mut delete = conn.prepare(include_str!("sql/economy_delete.sql"))?;
    let mut insert = conn.prepare(include_str!("sql/economy_insert.sql"))?;
    for it in rows {
        let month = it.month.first_day().to_string();
        delete.execute(params![it.region_code, month])?;
        insert.execute(params![
            it.region_code,
            month,
            it.value_added,
            it.price_year,
            it.estimated,
            it.source
        ])?;
    }
    Ok(())
}

pub fn targets(conn: &Connection, rows: &[TargetRow]) -> Result<()> {
    let mut delete = conn.prepare(include_str!("sql/target_delete.sql"))?;
    let mut insert = conn.prepare(include_str!("sql/target_insert.sql"))?;
    for it in rows {
        delete.execute(params![it.scope, it.code, it.kind, it.from_year, it.basis])?;
        insert.execute(params![
            it.scope,
            it.code,
            it.kind,
            it.from_year,
            it.to_year,
            it.value,
            it.basis,
            it.source
        ])?;
    }
    Ok(())
}

/// Creates or updates units; the number of new ones.
pub fn units(write: &mut Write<'_>, rows: &[UnitRow], now: DateTime) -> Result<u32> {
    let mut created = 0;
    for it in rows {
        let known = write.unit(&it.enterprise_code);
        created += u32::from(known.is_none());
        let unit = UnitEntry {
            unit_id: known.as_ref().map_or(0, |it| it.unit_id),
            enterprise_code: it.enterprise_code.clone(),
            name: it.name.clone(),
            region_code: it.region_code.clone(),
            // A list without the industry leaves what the terminal said.
            industry_code: match known {
                Some(known) if it.industry_code.is_empty() => known.industry_code,
                _ => it.industry_code.clone(),
            },
            class: it.class.clone(),
        };
        write.put_unit(unit, now)?;
    }
    Ok(created)
}
