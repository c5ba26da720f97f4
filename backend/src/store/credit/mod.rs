//! Entries of the credit list with their steps, and the contents for the credit platform.

pub mod pushes;

use duckdb::{Connection, params};
use jiff::civil::{Date, DateTime};
use nengce_shared::api::credit::CreditRecord;
use nengce_shared::credit::{CreditStep, PushState};

use crate::clock;
use crate::store::database::{day_of, each};
use crate::store::error::Result;
use crate::store::json;
use crate::store::unit_columns::UnitColumns;
use crate::store::unit_ids::UnitIds;

/// An entry that is proposed now.
#[derive(Debug, Clone)]
pub struct NewEntry {
    pub unit_id: i32,
    pub case_id: u64,
    pub record: CreditRecord,
    pub act_en: String,
    pub months: u32,
}

/// An entry without its steps.
#[derive(Debug, Clone)]
pub struct EntryHead {
    pub entry_id: u64,
    pub case_id: u64,
    pub record: CreditRecord,
    pub act_en: String,
    pub months: u32,
    /// What became of its newest content for the credit platform.
    pub push: Option<PushState>,
    pub unit: UnitColumns,
}

/// A step as it was taken.
#[derive(Debug, Clone)]
pub struct KeptStep {
    pub entry_id: u64,
    pub step: CreditStep,
    pub by: String,
    pub on: Date,
    pub at: String,
    pub text: String,
}

/// Keeps an entry; its number.
pub fn insert(conn: &Connection, it: &NewEntry) -> Result<u64> {
    let record = json::text(&it.record)?;
    let row = params![it.unit_id, it.case_id, record, it.act_en, it.months];
    Ok(conn.query_row(include_str!("sql/insert.sql"), row, |row| row.get(0))?)
}

/// Adds a step.
pub fn add_step(
    conn: &Connection,
    entry: u64,
    step: CreditStep,
    (by, on, text): (&str, Date, &str),
    now: DateTime,
) -> Result<()> {
    let row = params![entry, step.as_str(), by, on.to_string(), clock::text(now), text];
    conn.execute(include_str!("sql/step_insert.sql"), row)?;
    Ok(())
}

/// How many entries there are.
pub fn count(conn: &Connection) -> Result<u64> {
    Ok(conn.query_row(include_str!("sql/count.sql"), [], |row| row.get(0))?)
}

/// Entries of units, newest first; by number unless it is 0.
pub fn entries(conn: &Connection, units: &UnitIds, id: u64, limit: u32) -> Result<Vec<EntryHead>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/entries.sql"), params![units, id, limit], |row| {
        let push: Option<String> = row.get(5)?;
        found.push(EntryHead {
            entry_id: row.get(0)?,
            case_id: row.get(1)?,
            record: json::column(row, 2)?,
            act_en: row.get(3)?,
            months: row.get(4)?,
            push: push.and_then(|it| PushState::parse(&it)),
            unit: UnitColumns::read(row, 6)?,
        });
        Ok(())
    })?;
    Ok(found)
}

/// The steps of some entries, in their order.
pub fn steps(conn: &Connection, entries: &[u64]) -> Result<Vec<KeptStep>> {
    let ids: String = entries.iter().map(|it| format!("{it},")).collect();
    let mut found = Vec::new();
    each(conn, include_str!("sql/steps.sql"), params![format!(",{ids}")], |row| {
        let (step, on): (String, Option<String>) = (row.get(1)?, row.get(3)?);
        if let (Some(step), Some(on)) = (CreditStep::parse(&step), day_of(on)) {
            let (by, at, text) = (row.get(2)?, row.get(4)?, row.get(5)?);
            found.push(KeptStep { entry_id: row.get(0)?, step, by, on, at, text });
        }
        Ok(())
    })?;
    Ok(found)
}
