//! Commits checked rows: batches by unit go through the queue of terminals' messages, lists through one transaction.

use std::collections::BTreeMap;

use nengce_messages::{Reading, Rejected};
use serde_json::json;

use crate::fail_point;
use crate::http::content::problem::ApiResult;
use crate::http::state::AppState;
use crate::import::checked_file::{CheckedFile, ValidRows};
use crate::import::results::preview;
use crate::store::StoreError;
use crate::store::audit::scope::ChangeNote;
use crate::store::change::{Transaction, unit_approval};
use crate::store::commit::batch::{Batch, Receipt};
use crate::store::imports::{lists, temperatures};
use crate::store::registry::UnitEntry;

/// Readings of one piece of a commit. Between two pieces progress is reported and the queue is free for terminals.
pub(super) const PIECE_READINGS: usize = 20_000;

/// Letters of a file's name that are kept.
const FILE_LENGTH: usize = 200;

/// How long a piece waits for a place in a full queue.
const QUEUE_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(60);

/// What a commit did so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Totals {
    /// Rows committed or refused.
    pub(super) rows_done: usize,
    pub(super) stored: u32,
    pub(super) unchanged: u32,
    pub(super) replaced: u32,
    pub(super) awaiting_approval: u32,
    pub(super) created_units: u32,
    pub(super) upload_ids: Vec<u64>,
}

impl Totals {
    pub(super) fn add(&mut self, receipt: &Receipt) {
        self.stored += receipt.stored;
        self.unchanged += receipt.unchanged;
        self.replaced += receipt.replaced;
        self.awaiting_approval += receipt.awaiting_approval;
        self.upload_ids.push(u64::try_from(receipt.upload_id).unwrap_or(0));
    }
}

/// Commits the valid rows; `progress` receives the totals after every piece.
pub(super) async fn commit(
    state: &AppState,
    checked: CheckedFile,
    unit: Option<UnitEntry>,
    file: &str,
    mut progress: impl FnMut(&Totals),
) -> ApiResult<Totals> {
    let mut totals =
        Totals { rows_done: preview::bad_rows(&checked.rejected), ..Totals::default() };
    let now = state.clock.now();
    let store = &state.store;
    let name: String = file.chars().take(FILE_LENGTH).collect();
    match checked.good {
        ValidRows::Values { values, per_row } => {
            let one = listed(state, unit, &mut totals).await?;
            progress(&totals);
            let sent_by = format!("import:{name}");
            let mut rejected = checked.rejected;
            let per_row = per_row.max(1);
            let mut pieces: Vec<&[(i32, Reading)]> =
                values.chunks((PIECE_READINGS / per_row).max(1) * per_row).collect();
            if pieces.is_empty() {
                pieces.push(&[]);
            }
            for piece in pieces {
                let mut by_unit: BTreeMap<i32, UnitRows> = BTreeMap::new();
                for (unit, it) in piece {
                    by_unit.entry(one.unwrap_or(*unit)).or_default().readings.push(*it);
                }
                // Rejected rows go with the first piece, and with the only unit or with none.
                if !rejected.is_empty() || by_unit.is_empty() {
                    let of_rejected = by_unit.entry(one.unwrap_or(0)).or_default();
                    of_rejected.rejected = std::mem::take(&mut rejected);
                }
                let batches = batches(state, by_unit, &sent_by, "import");
                for receipt in ingest_all(state, batches).await? {
                    totals.add(&receipt);
                }
                totals.rows_done += piece.len() / per_row;
                progress(&totals);
                fail_point::hit("import:piece");
            }
            store.wait_for_roll_ups().await?;
        }
        ValidRows::Economy(rows) => {
            totals.stored = count(rows.len());
            store
                .write(move |write: &mut Transaction<'_>| {
                    write.note_change(of_file(&name, rows.len()));
                    lists::economy(write.conn, &rows)
                })
                .await?;
        }
        ValidRows::Targets(rows) => {
            totals.stored = count(rows.len());
            store
                .write(move |write: &mut Transaction<'_>| {
                    write.note_change(of_file(&name, rows.len()));
                    lists::targets(write.conn, &rows)
                })
                .await?;
        }
        ValidRows::Temperatures(rows) => {
            totals.stored = count(rows.len());
            store
                .write(move |write: &mut Transaction<'_>| {
                    write.note_change(of_file(&name, rows.len()));
                    temperatures::put(write.conn, &rows)
                })
                .await?;
        }
        ValidRows::Units(rows) => {
            totals.stored = count(rows.len());
            totals.created_units = store
                .write(move |write| {
                    write.note_change(of_file(&name, rows.len()));
                    lists::units(write, &rows, now)
                })
                .await?;
        }
    }
    Ok(totals)
}

/// The only unit of the file, which is listed if it was not yet.
async fn listed(
    state: &AppState,
    unit: Option<UnitEntry>,
    totals: &mut Totals,
) -> ApiResult<Option<i32>> {
    let it = match unit {
        Some(it) if !it.approved => it,
        known => return Ok(known.map(|it| it.unit_id)),
    };
    let now = state.clock.now();
    totals.created_units = 1;
    let made = state.store.write(move |write| {
        let object = it.enterprise_code.clone();
        let after = json!({"name": it.name, "approved": true});
        write.note_change(ChangeNote { object, ..ChangeNote::after(after) });
        unit_approval::list_unit(write, it, now)
    });
    Ok(Some(made.await?.unit_id))
}

/// What the audit log says of a list that a file replaces or completes.
fn of_file(name: &str, rows: usize) -> ChangeNote {
    ChangeNote::after(json!({"file": name, "rows": rows}))
}

/// Readings and rejected rows of one unit; unit 0 has the rows whose unit is not known.
#[derive(Default)]
pub(super) struct UnitRows {
    pub(super) readings: Vec<Reading>,
    pub(super) rejected: Vec<Rejected>,
}

/// The batch of each unit.
pub(super) fn batches(
    state: &AppState,
    by_unit: BTreeMap<i32, UnitRows>,
    sent_by: &str,
    kind: &'static str,
) -> Vec<Batch> {
    let batch = |(unit_id, UnitRows { readings, rejected })| Batch {
        unit_id,
        sent_by: sent_by.to_owned(),
        kind,
        received_at: state.clock.now(),
        entries: count(readings.len() + rejected.len()),
        readings,
        rejected,
        rejected_more: 0,
    };
    by_unit.into_iter().map(batch).collect()
}

/// Hands several batches over at once, so that they are committed as a group; a full queue is waited for.
pub(super) async fn ingest_all(
    state: &AppState,
    batches: Vec<Batch>,
) -> Result<Vec<Receipt>, StoreError> {
    let mut tasks = tokio::task::JoinSet::new();
    let mut receipts: Vec<Option<Receipt>> = vec![None; batches.len()];
    for (at, batch) in batches.into_iter().enumerate() {
        let store = state.store.clone();
        tasks.spawn(async move {
            let started = tokio::time::Instant::now();
            loop {
                match store.ingest(batch.clone()).await {
                    Err(StoreError::Overloaded) if started.elapsed() < QUEUE_TIMEOUT => {
                        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                    }
                    done => return done.map(|it| (at, it)),
                }
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        let done = done.map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let (at, receipt) = done?;
        receipts[at] = Some(receipt);
    }
    Ok(receipts.into_iter().flatten().collect())
}

pub(super) fn count(it: usize) -> u32 {
    u32::try_from(it).unwrap_or(u32::MAX)
}
