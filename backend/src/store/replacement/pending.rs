//! Replacements that wait for approval, in the database: those under the keys of a group, their list, and the
//! decisions.

use duckdb::{Connection, params};
use jiff::civil::DateTime;
use nengce_shared::api::replacements::ReplacementRow;

use crate::clock;
use crate::store::database::append::{
    append, bytes, doubles, flags, ints, maybe_bytes, maybe_ints, maybe_texts, stamps, texts,
};
use crate::store::database::{each, stat_type};
use crate::store::error::Result;
use crate::store::replacement::policy::{PendingReplacements, State};
use crate::store::value::{Key, StoredValue, put_keys};
use nengce_messages::stamp;

/// Reads the replacements that wait or were refused under these keys. Where none can wait (`may_wait`), nothing is
/// read.
pub fn waiting(
    conn: &Connection,
    may_wait: bool,
    keys: impl Iterator<Item = Key>,
) -> Result<PendingReplacements> {
    let mut pending = PendingReplacements::default();
    if !may_wait {
        return Ok(pending);
    }
    let keys: Vec<Key> = keys.collect();
    if keys.is_empty() {
        return Ok(pending);
    }
    put_keys(conn, "pending_key", &keys)?;
    let sql = include_str!("sql/replacements_waiting.sql");
    each(conn, sql, [], |row| {
        let key = (row.get(0)?, stat_type(row, 1)?, row.get(2)?);
        let state: String = row.get(7)?;
        if state == State::Open.as_str() {
            pending.open.insert(key, stored_value(row, 3)?);
        } else if state == State::Refused.as_str() {
            pending.refused.insert(key, stored_value(row, 3)?);
        }
        Ok(())
    })?;
    Ok(pending)
}

pub(crate) fn stored_value(row: &duckdb::Row<'_>, at: usize) -> duckdb::Result<StoredValue> {
    Ok(StoredValue {
        value: row.get(at)?,
        valid: row.get(at + 1)?,
        input_type: row.get(at + 2)?,
        upload_id: row.get(at + 3)?,
    })
}

/// Whether a replacement ever waited for approval.
pub(crate) fn any(conn: &Connection) -> Result<bool> {
    Ok(last(conn)? > 0)
}

fn last(conn: &Connection) -> Result<i32> {
    Ok(conn.query_row(include_str!("sql/replacements_last.sql"), [], |row| row.get(0))?)
}

/// Writes the replacements of a group that wait, and those that it superseded; part of its transaction.
pub(crate) fn write(conn: &Connection, pending: &PendingReplacements, now: DateTime) -> Result<()> {
    if !pending.superseded.is_empty() {
        let keys: Vec<Key> = pending.superseded.iter().copied().collect();
        put_keys(conn, "pending_key", &keys)?;
        conn.execute(include_str!("sql/replacements_superseded.sql"), params![clock::text(now)])?;
    }
    let rows = &pending.proposals;
    if rows.is_empty() {
        return Ok(());
    }
    let first = last(conn)? + 1;
    let decided = |it: State| (it != State::Open).then(|| stamp::seconds(now));
    append(
        conn,
        "replacement",
        vec![
            ints((first..).take(rows.len())),
            ints(rows.iter().map(|it| it.key.0)),
            bytes(rows.iter().map(|it| it.key.1.code())),
            stamps(rows.iter().map(|it| Some(it.key.2))),
            doubles(rows.iter().map(|it| it.new.value)),
            flags(rows.iter().map(|it| it.new.valid)),
            maybe_bytes(rows.iter().map(|it| it.new.input_type)),
            ints(rows.iter().map(|it| it.new.upload_id)),
            doubles(rows.iter().map(|it| it.old.value)),
            flags(rows.iter().map(|it| it.old.valid)),
            ints(rows.iter().map(|it| it.old.upload_id)),
            texts(rows.iter().map(|it| it.state.as_str())),
            stamps(rows.iter().map(|it| decided(it.state))),
            maybe_texts(rows.iter().map(|_| None::<&str>)),
            maybe_ints(rows.iter().map(|_| None)),
        ],
    )
}

/// Selects records; empty texts select all.
#[derive(Debug, Clone)]
pub struct ReplacementQuery {
    pub state: String,
    pub unit: String,
    /// Id of the last row of the page before.
    pub before: i32,
    pub limit: u32,
}

pub fn count(conn: &Connection, state: &str, unit: &str) -> Result<u64> {
    let sql = include_str!("sql/replacements_count.sql");
    Ok(conn.query_row(sql, params![state, unit], |row| row.get(0))?)
}

/// A page, newest first.
pub fn page(conn: &Connection, it: &ReplacementQuery) -> Result<Vec<ReplacementRow>> {
    let mut rows = Vec::new();
    let query = params![it.state, it.unit, it.before, it.limit];
    each(conn, include_str!("sql/replacements_page.sql"), query, |row| {
        rows.push(ReplacementRow {
            replacement_id: row.get(0)?,
            enterprise_code: row.get(1)?,
            unit_name: row.get(2)?,
            data_code: row.get(3)?,
            stat_type: stat_type(row, 4)?,
            stat_date: row.get(5)?,
            unit: None,
            old_value: row.get(6)?,
            old_valid: row.get(7)?,
            old_upload_id: row.get(8)?,
            new_value: row.get(9)?,
            new_valid: row.get(10)?,
            upload_id: row.get(11)?,
            sent_by: row.get(12)?,
            received_at: row.get(13)?,
            state: row.get(14)?,
            decided_at: row.get(15)?,
            decided_by: row.get(16)?,
        });
        Ok(())
    })?;
    Ok(rows)
}
