//! Writes imported rows of economy, targets and units; a row replaces the one with the same key. Also keeps saved
//! column mappings.

use std::collections::{BTreeMap, BTreeSet};

use duckdb::{Connection, params};
use jiff::civil::DateTime;
use nengce_messages::{Reading, stamp};
use nengce_shared::api::imports::{ImportMapping, ImportProfile};

use crate::list_rows::{EconomyRow, TargetRow, UnitRow};
use crate::store::change::Transaction;
use crate::store::change::{unit_approval, unit_change_records};
use crate::store::database::append::{append_temp, dates, doubles, flags, ints, maybe_ints, texts};
use crate::store::database::each;
use crate::store::error::{Result, StoreError};
use crate::store::json;
use crate::store::registry::UnitEntry;

/// Puts rows in the place of those of the same region and month; the last one of a file stands.
pub fn economy(conn: &Connection, rows: &[EconomyRow]) -> Result<()> {
    let key = |it: &EconomyRow| (it.region_code.clone(), it.month.first_day());
    let rows: BTreeMap<_, _> = rows.iter().map(|it| (key(it), it)).collect();
    conn.execute_batch(include_str!("sql/economy_stage.sql"))?;
    let month = |it: &&EconomyRow| Some(stamp::day_number(it.month.first_day()));
    let columns = vec![
        texts(rows.values().map(|it| it.region_code.as_str())),
        dates(rows.values().map(month)),
        doubles(rows.values().map(|it| it.value_added)),
        maybe_ints(rows.values().map(|it| it.price_year.map(i32::from))),
        flags(rows.values().map(|it| it.estimated)),
        texts(rows.values().map(|it| it.source.as_str())),
    ];
    append_temp(conn, "economy_incoming", columns)?;
    Ok(conn.execute_batch(include_str!("sql/economy_put.sql"))?)
}

/// The same for targets: of one scope, code, kind, first year and basis.
pub fn targets(conn: &Connection, rows: &[TargetRow]) -> Result<()> {
    let key = |it: &TargetRow| {
        (it.scope.clone(), it.code.clone(), it.kind.clone(), it.from_year, it.basis.clone())
    };
    let rows: BTreeMap<_, _> = rows.iter().map(|it| (key(it), it)).collect();
    conn.execute_batch(include_str!("sql/target_stage.sql"))?;
    let columns = vec![
        texts(rows.values().map(|it| it.scope.as_str())),
        texts(rows.values().map(|it| it.code.as_str())),
        texts(rows.values().map(|it| it.kind.as_str())),
        ints(rows.values().map(|it| i32::from(it.from_year))),
        ints(rows.values().map(|it| i32::from(it.to_year))),
        doubles(rows.values().map(|it| it.value)),
        texts(rows.values().map(|it| it.basis.as_str())),
        texts(rows.values().map(|it| it.source.as_str())),
    ];
    append_temp(conn, "target_incoming", columns)?;
    Ok(conn.execute_batch(include_str!("sql/target_put.sql"))?)
}

/// Creates or updates units; the number of new ones.
pub fn units(write: &mut Transaction<'_>, rows: &[UnitRow], now: DateTime) -> Result<u32> {
    let mut created = 0;
    let (mut new, mut changed) = (Vec::new(), Vec::new());
    for it in rows {
        let known = write.unit(&it.enterprise_code);
        created += u32::from(known.is_none());
        let unit = UnitEntry {
            unit_id: known.as_ref().map_or(0, |it| it.unit_id),
            enterprise_code: it.enterprise_code.clone(),
            name: it.name.clone(),
            region_code: it.region_code.clone(),
            // A list without the industry leaves what the terminal said.
            industry_code: match &known {
                Some(known) if it.industry_code.is_empty() => known.industry_code.clone(),
                _ => it.industry_code.clone(),
            },
            class: it.class.clone(),
            approved: true,
        };
        match &known {
            // Nothing waits for a unit that nobody knew.
            None => new.push(unit),
            Some(known) if *known == unit => {}
            Some(known) if known.approved => changed.push(unit),
            Some(_) => drop(unit_approval::list_unit(write, unit, now)?),
        }
    }
    write.add_units(new, now)?;
    let listed: BTreeSet<i32> = changed.iter().map(|it| it.unit_id).collect();
    write.change_units(changed, now)?;
    let mut waiting = Vec::new();
    each(write.conn, include_str!("sql/unit_changes_waiting.sql"), [], |row| {
        waiting.push(row.get(0)?);
        Ok(())
    })?;
    for unit in waiting.into_iter().filter(|it| listed.contains(it)) {
        unit_change_records::recheck(write, unit, now)?;
    }
    Ok(created)
}

/// Saved column mappings, by name.
pub fn profiles(conn: &Connection) -> Result<Vec<ImportProfile>> {
    find(conn, "")
}

pub fn profile(conn: &Connection, name: &str) -> Result<Option<ImportProfile>> {
    Ok(find(conn, name)?.pop())
}

fn find(conn: &Connection, name: &str) -> Result<Vec<ImportProfile>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/profiles.sql"), params![name], |row| {
        let (mapping, columns): (String, String) = (row.get(1)?, row.get(2)?);
        let read =
            (serde_json::from_str::<ImportMapping>(&mapping), serde_json::from_str(&columns));
        if let (Ok(mapping), Ok(columns)) = read {
            found.push(ImportProfile {
                name: row.get(0)?,
                mapping,
                columns,
                saved_at: row.get(3)?,
                saved_by: row.get(4)?,
            });
        }
        Ok(())
    })?;
    Ok(found)
}

/// Bytes of a saved mapping with the header of its file.
const PROFILE_BYTES: usize = 64 << 10;

/// Saves a mapping; one of that name gives way. Not more than `most` of them.
pub fn save_profile(conn: &Connection, it: &ImportProfile, most: usize) -> Result<()> {
    let (mapping, columns) = (json::text(&it.mapping)?, json::text(&it.columns)?);
    if mapping.len() + columns.len() > PROFILE_BYTES {
        return Err(StoreError::Refused(format!(
            "方案超过 {PROFILE_BYTES} 字节 / the profile is larger than {PROFILE_BYTES} bytes"
        )));
    }
    delete_profile(conn, &it.name)?;
    if find(conn, "")?.len() >= most {
        return Err(StoreError::Refused(format!(
            "已有 {most} 个方案，请先删除不用的 / there are {most} profiles; delete some first"
        )));
    }
    conn.execute(
        include_str!("sql/profile_insert.sql"),
        params![it.name, mapping, columns, it.saved_at, it.saved_by],
    )?;
    Ok(())
}

/// Whether there was one of that name.
pub fn delete_profile(conn: &Connection, name: &str) -> Result<bool> {
    let gone = conn.execute(include_str!("sql/profile_delete.sql"), params![name])?;
    Ok(gone > 0)
}

/// Data codes and years of a unit for which days or months are there.
pub fn years_with_finer(conn: &Connection, unit: i32) -> Result<Vec<(String, i16)>> {
    let mut found = Vec::new();
    let sql = include_str!("sql/years_with_finer.sql");
    each(conn, sql, params![unit], |row| {
        found.push((row.get(0)?, row.get(1)?));
        Ok(())
    })?;
    Ok(found)
}

/// How many readings differ from a stored value of the same period, by data code.
pub fn replacements(
    conn: &Connection,
    readings: Vec<(i32, Reading)>,
) -> Result<Vec<(String, u32)>> {
    let column = |cell: &dyn Fn(&(i32, Reading)) -> String| {
        format!("[{}]", readings.iter().map(cell).collect::<Vec<_>>().join(","))
    };
    let columns = params![
        column(&|(unit, _)| unit.to_string()),
        column(&|(_, it)| it.data_code.to_string()),
        column(&|(_, it)| it.stat_type.code().to_string()),
        column(&|(_, it)| it.at.to_string()),
        column(&|(_, it)| it.value.to_string()),
        column(&|(_, it)| it.valid.to_string()),
    ];
    let mut found = Vec::new();
    each(conn, include_str!("sql/replacements_of_file.sql"), columns, |row| {
        found.push((row.get(0)?, row.get::<_, i64>(1)? as u32));
        Ok(())
    })?;
    Ok(found)
}
