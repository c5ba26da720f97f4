//! Decisions of an operator about replacements that wait.

use duckdb::params;
use jiff::civil::DateTime;

use super::Transaction;
use crate::clock;
use crate::store::database::{each, stat_type};
use crate::store::error::Result;
use crate::store::replacement::pending::stored_value;
use crate::store::replacement::policy::State;

/// Which of the open replacements a decision is about.
#[derive(Debug, Clone, Default)]
pub struct ReplacementSelection {
    pub all: bool,
    pub ids: Vec<u64>,
    pub upload_ids: Vec<u64>,
    /// Credit code; empty: none.
    pub unit: String,
}

fn list(ids: &[u64]) -> String {
    let ids: Vec<String> = ids.iter().map(u64::to_string).collect();
    format!("[{}]", ids.join(","))
}

/// Approves or refuses; the number of replacements decided.
pub fn decide(
    write: &mut Transaction<'_>,
    selection: &ReplacementSelection,
    approve: bool,
    by: &str,
    now: DateTime,
) -> Result<u64> {
    let mut ids = Vec::new();
    let mut rows = Vec::new();
    let (by_id, by_upload) = (list(&selection.ids), list(&selection.upload_ids));
    each(
        write.conn,
        include_str!("../replacement/sql/replacements_selected.sql"),
        params![selection.all, by_id, by_upload, selection.unit],
        |row| {
            ids.push(row.get(0)?);
            rows.push(((row.get(1)?, stat_type(row, 2)?, row.get(3)?), stored_value(row, 4)?));
            Ok(())
        },
    )?;
    let state = if approve {
        write.put_approved(rows, now)?;
        State::Approved
    } else {
        State::Refused
    };
    let decided = params![state.as_str(), clock::text(now), by, list(&ids)];
    write.conn.execute(include_str!("../replacement/sql/replacements_decide.sql"), decided)?;
    Ok(ids.len() as u64)
}
