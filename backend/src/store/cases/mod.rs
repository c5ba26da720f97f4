//! Inspection cases with their steps. Steps are added, nothing is changed or deleted.

pub mod papers;

use duckdb::{Connection, params};
use jiff::civil::{Date, DateTime};
use nengce_core::cases::Step;
use nengce_shared::api::case::CaseFile;
use nengce_shared::case::{CaseActor, CaseOrigin, CaseStep};

use crate::clock;
use crate::store::database::{day_of, each, parsed};
use crate::store::error::Result;
use crate::store::json;
use crate::store::unit_columns::UnitColumns;
use crate::store::unit_ids::UnitIds;

/// A case that is taken down.
#[derive(Debug, Clone)]
pub struct NewCase {
    pub unit_id: i32,
    pub violation: String,
    pub origin: CaseOrigin,
    pub origin_ref: String,
    pub act_from: Option<Date>,
    pub act_to: Option<Date>,
    pub is_joint: bool,
    pub officer: String,
}

/// What a case is about, without its steps.
#[derive(Debug, Clone)]
pub struct CaseHead {
    pub case_id: u64,
    pub unit_id: i32,
    pub violation: String,
    pub origin: CaseOrigin,
    pub origin_ref: String,
    pub act_from: Option<Date>,
    pub act_to: Option<Date>,
    pub is_joint: bool,
    pub officer: String,
    pub unit: UnitColumns,
}

/// A step with what was kept of its entry.
#[derive(Debug, Clone)]
pub struct KeptStep {
    pub case_id: u64,
    pub step: Step,
    pub actor: CaseActor,
    pub at: String,
    pub file: Option<CaseFile>,
}

/// A step that is added now.
#[derive(Debug, Clone)]
pub struct NewStep {
    pub step: Step,
    pub actor: CaseActor,
    pub file_id: Option<i32>,
}

/// What a step changes of the case itself.
#[derive(Debug, Clone)]
pub struct CaseChange {
    pub state: CaseStep,
    pub is_told: bool,
    pub officer: String,
}

/// Which cases; empty texts, none and 0 mean all.
#[derive(Debug, Clone, Default)]
pub struct CaseQuery {
    pub units: UnitIds,
    pub id: u64,
    pub officer: String,
    pub unit: String,
    pub violation: String,
    pub states: Vec<CaseStep>,
    /// Only those that their unit has learnt of.
    pub is_told: bool,
    /// Only joint ones.
    pub is_joint: bool,
    pub limit: u32,
}

/// Takes down a case; its number.
pub fn insert(conn: &Connection, it: &NewCase, now: DateTime) -> Result<u64> {
    let day = |it: Option<Date>| it.map(|it| it.to_string());
    let row = params![
        it.unit_id,
        it.violation,
        it.origin.as_str(),
        it.origin_ref,
        day(it.act_from),
        day(it.act_to),
        it.is_joint,
        it.officer,
        clock::text(now)
    ];
    Ok(conn.query_row(include_str!("sql/insert.sql"), row, |row| row.get(0))?)
}

/// How many cases there are.
pub fn count(conn: &Connection) -> Result<u64> {
    Ok(conn.query_row(include_str!("sql/count.sql"), [], |row| row.get(0))?)
}

/// Adds a step.
pub fn add_step(conn: &Connection, case: u64, it: &NewStep, now: DateTime) -> Result<()> {
    let of = &it.step;
    let row = params![
        case,
        of.number,
        of.step.as_str(),
        it.actor.as_str(),
        of.by,
        of.on.to_string(),
        clock::text(now),
        of.text,
        json::text(&of.details)?,
        it.file_id
    ];
    conn.execute(include_str!("sql/step_insert.sql"), row)?;
    Ok(())
}

/// Keeps what the steps of a case come to.
pub fn update(conn: &Connection, case: u64, it: &CaseChange) -> Result<()> {
    let row = params![case, it.state.as_str(), it.is_told, it.officer];
    conn.execute(include_str!("sql/update.sql"), row)?;
    Ok(())
}

/// Cases, newest first.
pub fn list(conn: &Connection, it: &CaseQuery) -> Result<Vec<CaseHead>> {
    let states: String = it.states.iter().map(|it| format!("{it},")).collect();
    let states = if states.is_empty() { states } else { format!(",{states}") };
    let wanted = params![
        it.units,
        it.id,
        it.officer,
        it.unit,
        it.violation,
        states,
        it.is_told,
        it.is_joint,
        it.limit
    ];
    let mut found = Vec::new();
    each(conn, include_str!("sql/cases.sql"), wanted, |row| {
        let origin: String = row.get(3)?;
        found.push(CaseHead {
            case_id: row.get(0)?,
            unit_id: row.get(1)?,
            violation: row.get(2)?,
            origin: CaseOrigin::parse(&origin).unwrap_or(CaseOrigin::Letter),
            origin_ref: row.get(4)?,
            act_from: day_of(row.get(5)?),
            act_to: day_of(row.get(6)?),
            is_joint: row.get(7)?,
            officer: row.get(8)?,
            unit: UnitColumns::read(row, 9)?,
        });
        Ok(())
    })?;
    Ok(found)
}

/// The steps of some cases, by case and number.
pub fn steps(conn: &Connection, cases: &[u64]) -> Result<Vec<KeptStep>> {
    let ids: String = cases.iter().map(|it| format!("{it},")).collect();
    let mut found = Vec::new();
    each(conn, include_str!("sql/steps.sql"), params![format!(",{ids}")], |row| {
        let (actor, file_id): (String, Option<i32>) = (row.get(3)?, row.get(9)?);
        let file = file_id.map(|file_id| -> duckdb::Result<CaseFile> {
            let (name, bytes, sm3) = (row.get(10)?, row.get(11)?, row.get(12)?);
            Ok(CaseFile { file_id, name, bytes, sm3 })
        });
        let step = Step {
            number: row.get(1)?,
            step: parsed(row, 2, CaseStep::parse)?,
            by: row.get(4)?,
            on: parsed(row, 5, |it| it.parse().ok())?,
            text: row.get(7)?,
            details: json::column(row, 8)?,
        };
        found.push(KeptStep {
            case_id: row.get(0)?,
            step,
            actor: CaseActor::parse(&actor).unwrap_or(CaseActor::Officer),
            at: row.get(6)?,
            file: file.transpose()?,
        });
        Ok(())
    })?;
    Ok(found)
}
