//! Commits a bulk upload from its file: pieces are committed as groups, and the outcome of each row is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use nengce_messages::{Bounds, Problem};
use nengce_shared::api::bulk::TokenRow;
use nengce_shared::lang::Lang;
use nengce_shared::problem::ProblemCode;
use nengce_shared::stat_type::StatType;
use serde_json::{Value, json};

use super::commit::{UnitRows, batches, ingest_all};
use crate::clock;
use crate::config::Config;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::http::yearly_values;
use crate::import::readings::bulk::{Format, Limits, Row, Source};
use crate::link::rules::begins;
use crate::store::StoreError;
use crate::store::audit::scope::ChangeNote;
use crate::store::commit::batch::Outcome;
use crate::store::imports::bulk_uploads::{self, BulkUploadQuery, RowProblem, RowResult};
use crate::store::imports::column_files;
use crate::{fail_point, panics};

/// Refused rows that an answer spells out; the result has all of them.
const SPELLED_OUT: u32 = 1_000;
/// Bytes that their reasons may take in it.
const SPELLED_OUT_BYTES: usize = 64 << 10;
/// Entries that the sentence names.
const MOST_ENTRIES_NAMED: usize = 3;

/// What is to be done.
pub(super) struct Upload {
    pub id: i32,
    pub skip: u32,
    pub system: TokenRow,
    pub format: Format,
    pub gzip: bool,
    /// Set where stamps were declared as ends: the length of real-time intervals in seconds, 0 where not said.
    pub ends: Option<i64>,
}

/// Does it, keeps the answer, and gives it.
pub(super) async fn run(state: &AppState, upload: Upload, body: &Path) -> ApiResult<Value> {
    let id = upload.id;
    let sent_by = format!("bulk:{}", upload.system.name);
    let (give, mut pieces) = tokio::sync::mpsc::channel::<Vec<Row>>(1);
    let reader = {
        let (state, path) = (state.clone(), body.to_owned());
        tokio::task::spawn_blocking(move || {
            let units = |code: &str| unit_of(&state, &upload.system, code);
            let dictionaries = state.dictionaries();
            let source = Source {
                path,
                format: upload.format,
                gzip: upload.gzip,
                limits: limits(&state.config),
                skip: upload.skip,
                bounds: Bounds { ends: upload.ends, ..state.bounds() },
                units: &units,
                dictionaries: &dictionaries,
            };
            panics::inside(panics::BULK, || {
                fail_point::hit("bulk:read");
                source.read(&mut |piece| give.blocking_send(piece).is_ok())
            })
        })
    };
    let mut years = Vec::new();
    while let Some(piece) = pieces.recv().await {
        let of = |row: &Row| {
            let reading = row.reading.as_ref().ok().filter(|it| it.stat_type == StatType::Year)?;
            Some(yearly_values::item_year(row.unit, reading))
        };
        years.extend(piece.iter().filter_map(of));
        let results = store(state, piece, &sent_by).await?;
        let keep = move |write: &mut crate::store::change::Transaction<'_>| {
            bulk_uploads::progress(write.conn, id, &results)
        };
        fail_point::hit("bulk:stored");
        state.store.write(keep).await?;
        fail_point::hit("bulk:noted");
    }
    let read = reader.await.map_err(ApiError::internal)?;
    let not_counted = yearly_values::not_counted(&state.store, years, BTreeSet::new()).await?.len();
    finish(state, id, read.err(), not_counted).await
}

fn limits(config: &Config) -> Limits {
    Limits {
        bytes: config.max_bulk_bytes,
        rows: config.max_bulk_rows,
        row_bytes: config.max_bulk_row_bytes,
        rejected: config.max_bulk_rejected_rows,
        columnar: column_files::Bounds {
            columns: config.max_bulk_columns,
            cell_bytes: usize::try_from(config.max_bulk_row_bytes).unwrap_or(usize::MAX),
            batch_bytes: config.max_bulk_batch_bytes,
            parquet_memory_mib: config.bulk_parquet_memory_mib,
        },
    }
}

/// The unit of a row, if the token may speak for it.
fn unit_of(state: &AppState, system: &TokenRow, code: &str) -> Result<i32, ProblemCode> {
    let registry = state.store.registry();
    let unit = registry.approved_unit(code);
    let is_of_region = || unit.is_some_and(|it| begins(&system.regions, &it.region_code));
    if !system.all_units && !system.units.iter().any(|it| it == code) && !is_of_region() {
        return Err(ProblemCode::EntryUnitForbidden);
    }
    unit.map(|it| it.unit_id).ok_or(ProblemCode::ImportUnitUnknown)
}

/// Commits a piece and returns the result of each row, in the order of the rows.
async fn store(
    state: &AppState,
    piece: Vec<Row>,
    sent_by: &str,
) -> Result<Vec<RowResult>, StoreError> {
    let mut by_unit: BTreeMap<i32, UnitRows> = BTreeMap::new();
    let mut numbers: BTreeMap<i32, Vec<u32>> = BTreeMap::new();
    let mut results = Vec::with_capacity(piece.len());
    for row in piece {
        let unit = by_unit.entry(row.unit).or_default();
        match row.reading {
            Ok(reading) => {
                numbers.entry(row.unit).or_default().push(row.number);
                unit.readings.push(reading);
            }
            Err(it) => {
                results.push(RowResult {
                    row: row.number,
                    outcome: "rejected",
                    problem: Some(RowProblem {
                        field: it.field.clone(),
                        code: it.code.as_str().to_owned(),
                        reason_zh: it.reason_zh.clone(),
                        reason_en: it.reason_en.clone(),
                    }),
                });
                unit.rejected.push(*it);
            }
        }
    }
    metrics::counter!("nengce_entries_rejected_total").increment(results.len() as u64);
    let batches = batches(state, by_unit, sent_by, "bulk");
    let units: Vec<i32> = batches.iter().map(|it| it.unit_id).collect();
    for (unit, receipt) in units.iter().zip(ingest_all(state, batches).await?) {
        let rows = numbers.remove(unit).unwrap_or_default();
        results.extend(rows.into_iter().zip(receipt.outcomes).map(|(row, outcome)| RowResult {
            row,
            outcome: word(outcome),
            problem: None,
        }));
    }
    results.sort_unstable_by_key(|it| it.row);
    Ok(results)
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Stored => "stored",
        Outcome::Unchanged => "unchanged",
        Outcome::Replaced => "replaced",
        Outcome::AwaitingApproval => "awaiting_approval",
    }
}

/// Writes the answer: success, what was refused, or why the file could not be read on.
async fn finish(
    state: &AppState,
    id: i32,
    problem: Option<Problem>,
    not_counted: usize,
) -> ApiResult<Value> {
    state.store.wait_for_roll_ups().await?;
    let (kept, rejected) = state
        .store
        .read(move |conn| {
            let wanted = BulkUploadQuery { id, ..BulkUploadQuery::default() };
            let kept = bulk_uploads::find(conn, &wanted)?.pop();
            Ok((kept, bulk_uploads::rejected(conn, id, SPELLED_OUT)?))
        })
        .await?;
    let view = kept.ok_or_else(|| ApiError::internal("an upload is gone"))?.view;
    let mut room = SPELLED_OUT_BYTES;
    let mut errors: Vec<Value> = rejected
        .iter()
        .filter_map(error_of)
        .map_while(|error| {
            room = room.checked_sub(error.to_string().len())?;
            Some(error)
        })
        .collect();
    let more = view.rejected.saturating_sub(errors.len() as u64);
    let mut said: Vec<String> =
        rejected.iter().take(MOST_ENTRIES_NAMED).filter_map(sentence_of).collect();
    if view.rejected > MOST_ENTRIES_NAMED as u64 {
        said.push(format!("等共{}条有误", view.rejected));
    }
    if let Some(problem) = &problem {
        let reason = problem.reason(Lang::Zh);
        errors.insert(0, json!({"field": problem.field, "code": problem.code, "reason": reason}));
        said.insert(0, format!("{reason}；此前 {} 行已处理", view.rows));
    } else if view.rejected > 0 && view.rejected < view.rows {
        said.push("其余已接收".to_owned());
    }
    let good = problem.is_none() && view.rejected == 0;
    if good {
        said.push("RECEIVE SUCCESS".to_owned());
    }
    let mut answer = json!({
        "responseCode": if good { "0" } else { "1" }, "responseMessage": said.join("；"), "errors": errors,
        "bulkId": id, "rows": view.rows, "stored": view.stored, "unchanged": view.unchanged,
        "replaced": view.replaced, "awaitingApproval": view.awaiting_approval, "rejected": view.rejected,
        "result": format!("/api/v1/bulk/{id}/result"),
    });
    if not_counted > 0 {
        answer["notCounted"] = json!(not_counted);
        answer["hint"] = json!(yearly_values::sentence(not_counted));
    }
    if more > 0 {
        answer["errorsMore"] = json!(more);
    }
    let at = clock::text(state.clock.now());
    // Only a key asks for it again.
    let text = view.idempotency_key.is_some().then(|| answer.to_string());
    let end = if problem.is_some() { "failed" } else { "done" };
    let note = ChangeNote {
        object: id.to_string(),
        ..ChangeNote::after(json!({"end": end, "rows": view.rows, "stored": view.stored,
            "unchanged": view.unchanged, "replaced": view.replaced,
            "awaiting_approval": view.awaiting_approval, "rejected": view.rejected}))
    };
    state
        .store
        .write(move |write| {
            write.note_change(note);
            bulk_uploads::finish(write.conn, id, end, &at, text.as_deref())
        })
        .await?;
    Ok(answer)
}

fn error_of(it: &RowResult) -> Option<Value> {
    let problem = it.problem.as_ref()?;
    Some(json!({
        "index": it.row - 1, "row": it.row, "field": problem.field, "code": problem.code,
        "reason": problem.reason_zh,
    }))
}

fn sentence_of(it: &RowResult) -> Option<String> {
    let problem = it.problem.as_ref()?;
    Some(format!("第{}条 {}：{}", it.row, problem.field, problem.reason_zh))
}
