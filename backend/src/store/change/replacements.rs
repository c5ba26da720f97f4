//! Decisions of an operator about replacements that wait, and their undoing.

use duckdb::{OptionalExt, Row, params};
use jiff::civil::DateTime;

use super::Transaction;
use crate::clock;
use crate::store::database::{each, list, stat_type};
use crate::store::error::Result;
use crate::store::replacement::decisions;
use crate::store::replacement::pending::stored_value;
use crate::store::replacement::policy::State;
use crate::store::value::{Key, StoredValue};

/// Which of the open replacements a decision is about.
#[derive(Debug, Clone, Default)]
pub struct ReplacementSelection {
    pub all: bool,
    pub ids: Vec<u64>,
    pub upload_ids: Vec<u64>,
    /// Credit code; empty: none.
    pub unit: String,
    /// The last id that the decision is about; none: any.
    pub up_to: Option<i32>,
}

/// Approves or refuses; the decision's id and the number of replacements decided.
pub fn decide(
    write: &mut Transaction<'_>,
    selection: &ReplacementSelection,
    approve: bool,
    by: &str,
    now: DateTime,
) -> Result<Option<(u32, u64)>> {
    let mut ids = Vec::<u64>::new();
    let mut rows = Vec::new();
    let (by_id, by_upload) = (list(&selection.ids), list(&selection.upload_ids));
    each(
        write.conn,
        include_str!("../replacement/sql/replacements_selected.sql"),
        params![
            selection.all,
            by_id,
            by_upload,
            selection.unit,
            selection.up_to.unwrap_or(i32::MAX)
        ],
        |row| {
            ids.push(row.get(0)?);
            rows.push(keyed_value(row, 1)?);
            Ok(())
        },
    )?;
    if ids.is_empty() {
        return Ok(None);
    }
    let state = if approve {
        write.put_approved(rows, now)?;
        State::Approved
    } else {
        State::Refused
    };
    let (state, at) = (state.as_str(), clock::text(now));
    let decision: u32 = write.conn.query_row(
        include_str!("../replacement/sql/decision_insert.sql"),
        params![state, ids.len() as u64, at, by],
        |row| row.get(0),
    )?;
    let decided = params![state, at, by, decision, list(&ids)];
    write.conn.execute(include_str!("../replacement/sql/replacements_decide.sql"), decided)?;
    Ok(Some((decision, ids.len() as u64)))
}

fn keyed_value(row: &Row<'_>, at: usize) -> duckdb::Result<(Key, StoredValue)> {
    let key = (row.get(at)?, stat_type(row, at + 1)?, row.get(at + 2)?);
    Ok((key, stored_value(row, at + 3)?))
}

/// What became of an undo.
pub enum Undo {
    /// So many replacements wait again.
    Done(u64),
    NoSuchDecision,
    UndoneBefore,
    /// A value that the decision was about has changed since, or another one was proposed for it.
    ChangedSince,
}

/// Undoes a decision as a whole: what an approval replaced stands again, and the replacements wait as before.
pub fn undo(write: &mut Transaction<'_>, id: i32, by: &str, now: DateTime) -> Result<Undo> {
    let conn = write.conn;
    let sql = include_str!("../replacement/sql/decision_state.sql");
    match conn.query_row(sql, params![id], |row| row.get(0)).optional()? {
        None => return Ok(Undo::NoSuchDecision),
        Some(true) => return Ok(Undo::UndoneBefore),
        Some(false) => {}
    }
    let Some(decision) = decisions::undoable(conn, id)?.pop() else {
        return Ok(Undo::ChangedSince);
    };
    if decision.state == State::Approved.as_str() {
        let mut replaced = Vec::new();
        let sql = include_str!("../replacement/sql/decision_replaced.sql");
        each(conn, sql, params![id], |row| {
            replaced.push(keyed_value(row, 0)?);
            Ok(())
        })?;
        write.put_back(replaced, now)?;
        let sql = include_str!("../replacement/sql/decision_history_delete.sql");
        conn.execute(sql, params![id])?;
    }
    conn.execute(include_str!("../replacement/sql/decision_reopen.sql"), params![id])?;
    let undone = params![id, clock::text(now), by];
    conn.execute(include_str!("../replacement/sql/decision_undo.sql"), undone)?;
    Ok(Undo::Done(decision.replacements))
}
