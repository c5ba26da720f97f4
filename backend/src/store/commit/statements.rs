//! The statements of a group commit: reads stored values, writes history, new readings, uploads and rejected entries in
//! one transaction.

use std::collections::HashMap;

use duckdb::Connection;
use jiff::civil::DateTime;
use nengce_messages::rejected_entries::cut;
use nengce_messages::stamp;

use crate::store::commit::batch::{Batch, Receipt};
use crate::store::commit::columnar_batch::IncomingBatch;
use crate::store::commit::conflicts::NewReadings;
use crate::store::commit::items::Items;
use crate::store::commit::resolve::{Outcome, Resolution};
use crate::store::commit::upload_rows;
use crate::store::database::append::{
    append, bytes, doubles, flags, ints, maybe_bytes, stamps, texts,
};
use crate::store::database::stat_type;
use crate::store::error::Result;
use crate::store::replacement::pending;
use crate::store::value::{Key, KeyedReadings, StoredValue, put_keys};

const DAY: i64 = 86_400;

/// Reads the stored values of the keys whose item has data on that day.
pub fn stored_values<'a>(
    conn: &Connection,
    items: &Items,
    staged: impl Iterator<Item = &'a KeyedReadings>,
) -> Result<HashMap<Key, StoredValue>> {
    let mut keys: Vec<Key> = staged
        .flat_map(|it| it.rows.iter().map(|(key, _)| *key))
        .filter(|(item, stat, at)| items.has_day(*item, *stat, at.div_euclid(DAY) as i32))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    put_keys(conn, "group_key", &keys)?;
    let mut statement = conn.prepare(include_str!("sql/stored_values.sql"))?;
    let mut rows = statement.query([])?;
    let mut found = HashMap::with_capacity(keys.len());
    while let Some(row) = rows.next()? {
        let value = StoredValue {
            value: row.get(3)?,
            valid: row.get(4)?,
            input_type: row.get(5)?,
            upload_id: row.get(6)?,
        };
        found.insert((row.get(0)?, stat_type(row, 1)?, row.get(2)?), value);
    }
    Ok(found)
}

/// Resolves a batch's readings in order and counts the outcomes.
pub fn resolve(
    resolution: &mut Resolution,
    staged: &KeyedReadings,
    receipt: &mut Receipt,
) -> Vec<Outcome> {
    let mut outcomes = Vec::with_capacity(staged.rows.len());
    for (key, value) in &staged.rows {
        let outcome = resolution.resolve(*key, *value);
        outcomes.push(outcome);
        match outcome {
            Outcome::Stored => receipt.stored += 1,
            Outcome::Unchanged => receipt.unchanged += 1,
            Outcome::Replaced => receipt.replaced += 1,
            Outcome::AwaitingApproval => receipt.awaiting_approval += 1,
        }
    }
    outcomes
}

/// Writes a resolved group: replaced values go to the history, and new ones are appended together with `fresh`.
/// Returns the keys that were resolved.
pub fn write(
    conn: &Connection,
    resolution: &Resolution,
    mut new: NewReadings,
    now: DateTime,
) -> Result<Vec<Key>> {
    let superseded = resolution.superseded_keys();
    if !superseded.is_empty() {
        put_keys(conn, "superseded_key", &superseded)?;
        conn.execute_batch(include_str!("sql/delete_superseded.sql"))?;
    }
    let history = &resolution.history;
    if !history.is_empty() {
        append(
            conn,
            "reading_history",
            vec![
                ints(history.iter().map(|it| it.key.0)),
                bytes(history.iter().map(|it| it.key.1.code())),
                stamps(history.iter().map(|it| Some(it.key.2))),
                doubles(history.iter().map(|it| it.value.value)),
                flags(history.iter().map(|it| it.value.valid)),
                maybe_bytes(history.iter().map(|it| it.value.input_type)),
                ints(history.iter().map(|it| it.value.upload_id)),
                ints(history.iter().map(|it| it.replaced_by)),
                stamps(history.iter().map(|_| Some(stamp::seconds(now)))),
            ],
        )?;
    }
    pending::write(conn, &resolution.pending, now)?;
    let keys = new.add_resolved(resolution);
    new.append(conn)?;
    Ok(keys)
}

/// Keeps the readings of devices that wait for approval, as they came.
pub fn write_pending(conn: &Connection, pending: &[(&Batch, i32)]) -> Result<()> {
    let rows: Vec<_> = pending
        .iter()
        .flat_map(|(batch, upload)| {
            batch.readings.iter().map(move |it| (&batch.sent_by, *upload, it))
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    append(
        conn,
        "pending_reading",
        vec![
            texts(rows.iter().map(|it| it.0)),
            texts(rows.iter().map(|it| it.2.data_code.to_string())),
            bytes(rows.iter().map(|it| it.2.stat_type.code())),
            stamps(rows.iter().map(|it| Some(it.2.at))),
            doubles(rows.iter().map(|it| it.2.value)),
            flags(rows.iter().map(|it| it.2.valid)),
            maybe_bytes(rows.iter().map(|it| it.2.input_type)),
            ints(rows.iter().map(|it| it.1)),
        ],
    )
}

/// Writes the uploads and their rejected entries, of each entry at most `entry_bytes`.
pub fn write_uploads(
    conn: &Connection,
    uploads: &[(&IncomingBatch, &Receipt)],
    entry_bytes: usize,
) -> Result<()> {
    let batches: Vec<_> = uploads.iter().map(|it| (&it.0.batch, it.1)).collect();
    let count = |it: u32| i32::try_from(it).unwrap_or(i32::MAX);
    upload_rows::insert(conn, uploads)?;
    write_marked(conn, uploads)?;
    let not_kept: Vec<_> = batches
        .iter()
        .map(|it| (it.1.upload_id, it.1.rejected - it.1.rejected_kept))
        .filter(|it| it.1 > 0)
        .collect();
    if !not_kept.is_empty() {
        let columns =
            vec![ints(not_kept.iter().map(|it| it.0)), ints(not_kept.iter().map(|it| count(it.1)))];
        append(conn, "refusal_count", columns)?;
    }
    let rejected: Vec<_> = batches
        .iter()
        .flat_map(|(batch, receipt)| {
            let kept = batch.rejected.iter().take(receipt.rejected_kept as usize);
            kept.map(|it| (receipt.upload_id, it))
        })
        .collect();
    if rejected.is_empty() {
        return Ok(());
    }
    append(
        conn,
        "rejected",
        vec![
            ints(rejected.iter().map(|it| it.0)),
            ints(rejected.iter().map(|it| count(it.1.index))),
            texts(rejected.iter().map(|it| &it.1.field)),
            texts(rejected.iter().map(|it| it.1.code.as_str())),
            texts(rejected.iter().map(|it| &it.1.reason_zh)),
            texts(rejected.iter().map(|it| &it.1.reason_en)),
            texts(rejected.iter().map(|it| cut(&it.1.entry, entry_bytes))),
        ],
    )
}

/// Notes which readings came with a stamp off the start of their period.
fn write_marked(conn: &Connection, uploads: &[(&IncomingBatch, &Receipt)]) -> Result<()> {
    let marked = |(ready, receipt): &(&IncomingBatch, &Receipt)| {
        let (readings, upload) = (ready.batch.readings.clone(), receipt.upload_id);
        let places = ready.rows.marked.clone();
        places.into_iter().map(move |at| (upload, readings[at as usize]))
    };
    let rows: Vec<_> =
        uploads.iter().filter(|it| !it.0.rows.marked.is_empty()).flat_map(marked).collect();
    if rows.is_empty() {
        return Ok(());
    }
    append(
        conn,
        "marked_stamp",
        vec![
            ints(rows.iter().map(|it| it.0)),
            texts(rows.iter().map(|it| it.1.data_code.to_string())),
            bytes(rows.iter().map(|it| it.1.stat_type.code())),
            stamps(rows.iter().map(|it| Some(it.1.at))),
            ints(rows.iter().map(|it| it.1.off)),
        ],
    )
}
