//! `POST /api/v1/imports/{kind}/preview` and `…/jobs`: previews a file, then commits it as a job whose progress can be
//! read.

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, StreamExt, stream};
use nengce_core::audit::Outcome;
use nengce_shared::api::imports::{ImportFailure, ImportJob, ImportMapping, ImportPreview};
use nengce_shared::lang::Lang;
use nengce_shared::problem::ProblemCode;
use serde_json::json;
use tokio::io::AsyncReadExt;

use super::body::{self, Taken};
use super::check::{self, CheckedImport};
use super::commit::{self, Totals, count};
use crate::clock;
use crate::http::content::negotiation;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::content::table::{CSV, XLSX};
use crate::http::state::AppState;
use crate::http::state::import_jobs::ImportJobs;
use crate::import::results::notes;
use crate::import::results::preview;
use crate::import::results::rejected_rows;
use crate::import::sheet::Sheet;
use crate::panics;
use crate::store::audit::scope::{self, Scope};
use crate::store::imports::lists;

const PARAMETERS: [&str; 6] = ["file", "profile", "unit", "mapping", "sheet", "header_line"];
/// Bytes of a file that are in memory while it is sent.
const PIECE_BYTES: usize = 64 << 10;
/// Refusals that a job shows beside its progress.
const SPELLED_OUT: usize = 200;

/// What the file holds, its first rows and every row with a problem; nothing is stored.
#[utoipa::path(post, path = "/api/v1/imports/{kind}/preview", tag = "imports", request_body(content = String, content_type = "application/octet-stream"),
    params(("kind" = String, Path, description = "readings, records, economy, targets, units or temperatures"),
           ("file" = Option<String>, Query, description = "name of the file"),
           ("profile" = Option<String>, Query, description = "a saved profile"),
           ("unit" = Option<String>, Query, description = "credit code that wins over the profile's"),
           ("mapping" = Option<String>, Query, description = "an ImportMapping as JSON; without it and a profile the bare columns are shown"),
           ("sheet" = Option<String>, Query, description = "of the bare columns: the sheet of a workbook"),
           ("header_line" = Option<u32>, Query, description = "of the bare columns: the line of the header")),
    responses((status = 200, body = ImportPreview), (status = 400), (status = 401), (status = 422)), security(("admin" = [])))]
pub async fn preview_file(
    State(state): State<AppState>,
    Path(kind): Path<String>,
    uri: Uri,
    request: Request,
) -> ApiResult<Json<ImportPreview>> {
    let params = Params::read(&uri, &PARAMETERS, Lang::Zh)?;
    let mapping = check::mapping(&state, &params, &kind).await?;
    let file = params.text("file").unwrap_or(&kind).to_owned();
    let taken = body::body(&state, request).await?;
    let (sheet, checked, unit) = match mapping.clone() {
        Some(it) => {
            let mut work = check::check(&state, taken, it).await?;
            check::count_replacements(&state.store, &mut work).await?;
            (work.sheet, Some(work.checked), work.unit)
        }
        None => {
            let choice = ImportMapping {
                sheet: params.text("sheet").map(str::to_owned),
                header_line: params.number("header_line", 1, u32::MAX)?,
                ..ImportMapping::of_kind(&kind)
            };
            (body::bare(&state, taken, choice).await?, None, None)
        }
    };
    let profiles = state.store.read(lists::profiles).await?;
    let fits =
        profiles.into_iter().find(|it| it.mapping.kind == kind && it.columns == sheet.titles);
    let rejected = checked.as_ref().map_or(&[][..], |it| &it.rejected);
    let (rows, more) = preview::rows(&sheet, rejected, state.config.max_preview_rows);
    let bad = preview::bad_rows(rejected);
    Ok(Json(ImportPreview {
        kind,
        file,
        format: sheet.format.as_str().to_owned(),
        rows_total: count(sheet.rows.len()),
        rows_good: match checked {
            Some(_) => count(sheet.rows.len() - bad),
            None => 0,
        },
        rows_bad: count(bad),
        readings: checked.as_ref().map_or(0, |it| count(it.good.count())),
        mapping,
        profile: fits.map(|it| it.name),
        creates_unit: unit.is_some_and(|it| !it.approved),
        notes: checked.as_ref().map_or_else(|| notes::of_sheet(&sheet), |it| it.notes.clone()),
        encoding: sheet.found.encoding,
        sheets: sheet.found.sheets,
        sheet: sheet.found.sheet,
        header_line: sheet.found.header_line,
        title_unit: sheet.found.title_unit,
        units: sheet.units,
        columns: sheet.titles,
        rows,
        more_bad_rows: more,
        series: checked.map(|it| it.series).unwrap_or_default(),
    }))
}

fn find(state: &AppState, id: u64) -> ApiResult<ImportJob> {
    state.jobs.get(id).ok_or_else(|| ApiError::missing("任务", "job", &id.to_string()))
}

/// Starts the commit and answers at once; the file's good rows count, the others come back.
#[utoipa::path(post, path = "/api/v1/imports/{kind}/jobs", tag = "imports", request_body(content = String, content_type = "application/octet-stream"),
    params(("kind" = String, Path, description = "readings, records, economy, targets, units or temperatures"),
           ("file" = Option<String>, Query, description = "name under which the import is kept"),
           ("profile" = Option<String>, Query, description = "a saved profile"),
           ("unit" = Option<String>, Query, description = "credit code that wins over the profile's"),
           ("mapping" = Option<String>, Query, description = "an ImportMapping as JSON")),
    responses((status = 202, body = ImportJob), (status = 400), (status = 401)), security(("admin" = [])))]
pub async fn start_job(
    State(state): State<AppState>,
    Path(kind): Path<String>,
    uri: Uri,
    request: Request,
) -> ApiResult<Response> {
    let params = Params::read(&uri, &PARAMETERS, Lang::Zh)?;
    let mapping = check::mapping(&state, &params, &kind)
        .await?
        .unwrap_or_else(|| ImportMapping::of_kind(&kind));
    let file = params.text("file").unwrap_or(&kind).to_owned();
    let taken = body::body(&state, request).await?;
    let job = state.jobs.start(&kind, &file, clock::text(state.clock.now()));
    let id = job.job_id;
    let scope = scope::current();
    tokio::spawn(async move {
        let work = run(state.clone(), id, taken, mapping, file);
        let work = scope::within(scope.clone(), work);
        let done = panics::caught_task(panics::IMPORT, work).await;
        let done = done.map_err(ApiError::internal).flatten();
        let at = clock::text(state.clock.now());
        record_end(&state, scope.as_deref(), id, done.is_ok()).await;
        state.jobs.change(id, |job| {
            job.finished_at = Some(at);
            job.state = if done.is_ok() { "done" } else { "failed" }.to_owned();
            job.error = done.err().map(|it| failure(&it));
        });
    });
    Ok((StatusCode::ACCEPTED, Json(job)).into_response())
}

/// Records in the audit log what a job has done; its start was recorded with the request.
async fn record_end(state: &AppState, scope: Option<&Scope>, id: u64, done: bool) {
    let (Some(scope), Some(job)) = (scope, state.jobs.get(id)) else {
        return;
    };
    let mut event = scope.event(if done { Outcome::Done } else { Outcome::Failed });
    event.at = clock::text(state.clock.now());
    let after = json!({"file": job.file, "stored": job.stored, "unchanged": job.unchanged, "replaced": job.replaced,
        "rejected": job.rejected, "uploads": job.upload_ids});
    event.after = Some(after.to_string());
    state.store.record(event).await;
    if let Err(error) = state.store.flush_audit().await {
        tracing::error!(%error, "the end of an import is not in the audit log yet");
    }
}

fn failure(error: &ApiError) -> ImportFailure {
    let code = error.0.code;
    let detail = error.0.detail.clone().unwrap_or_default();
    ImportFailure {
        code: code.as_str().to_owned(),
        reason_zh: format!("{}：{detail}", code.title(Lang::Zh)),
        reason_en: format!("{}: {detail}", code.title(Lang::En)),
    }
}

async fn run(
    state: AppState,
    id: u64,
    taken: Taken,
    mapping: ImportMapping,
    file: String,
) -> ApiResult<()> {
    let CheckedImport { sheet, checked, unit, turn } = check::check(&state, taken, mapping).await?;
    let rejected = checked.rejected.clone();
    state.jobs.change(id, |job| {
        job.rows_total = count(sheet.rows.len());
        job.rejected = count(preview::bad_rows(&rejected));
        job.problems = preview::problems(&sheet, &rejected, SPELLED_OUT);
        job.notes.clone_from(&checked.notes);
    });
    if !rejected.is_empty() {
        let of_job = state.clone();
        let write = move || {
            let jobs = &of_job.jobs;
            panics::inside(panics::IMPORT, || write_rejected_rows(jobs, id, &sheet, &rejected))
        };
        let kept = tokio::task::spawn_blocking(write).await;
        kept.map_err(ApiError::internal)??;
        let path = format!("/api/v1/imports/jobs/{id}/rejected");
        state.jobs.change(id, |job| job.rejected_file = Some(path));
    }
    let progress = |totals: &Totals| state.jobs.change(id, |job| note(job, totals));
    let totals = commit::commit(&state, checked, unit, &file, progress).await?;
    state.jobs.change(id, |job| {
        note(job, &totals);
        job.rows_done = job.rows_total;
    });
    drop(turn);
    Ok(())
}

fn note(job: &mut ImportJob, totals: &Totals) {
    job.rows_done = count(totals.rows_done).min(job.rows_total);
    job.stored = totals.stored;
    job.unchanged = totals.unchanged;
    job.replaced = totals.replaced;
    job.awaiting_approval = totals.awaiting_approval;
    job.created_units = totals.created_units;
    job.upload_ids.clone_from(&totals.upload_ids);
}

fn write_rejected_rows(
    jobs: &ImportJobs,
    id: u64,
    sheet: &Sheet,
    rejected: &[nengce_messages::Rejected],
) -> ApiResult<()> {
    let Some(bytes) = rejected_rows::file(sheet, rejected) else {
        return Err(ApiError::internal("rejected rows could not be written"));
    };
    std::fs::create_dir_all(&jobs.folder).map_err(ApiError::internal)?;
    let path = jobs.rejected_file(id, rejected_rows::extension(sheet));
    std::fs::write(path, bytes).map_err(ApiError::internal)
}

/// How far a commit is.
#[utoipa::path(get, path = "/api/v1/imports/jobs/{job_id}", tag = "imports", params(("job_id" = u64, Path)),
    responses((status = 200, body = ImportJob), (status = 401), (status = 404)), security(("admin" = [])))]
pub async fn get_job(
    State(state): State<AppState>,
    Path(id): Path<u64>,
) -> ApiResult<Json<ImportJob>> {
    Ok(Json(find(&state, id)?))
}

/// A file in pieces, so that it is never in memory as a whole.
fn pieces(file: tokio::fs::File) -> impl Stream<Item = std::io::Result<Bytes>> {
    let read = |mut file: tokio::fs::File| async move {
        let mut piece = vec![0; PIECE_BYTES];
        match file.read(&mut piece).await {
            Ok(0) => None,
            Ok(length) => {
                piece.truncate(length);
                Some((Ok(piece.into()), file))
            }
            Err(error) => Some((Err(error), file)),
        }
    };
    // The compression asks once more after the end.
    stream::unfold(file, read).fuse()
}

/// The rejected rows in the format and columns of the file, with line and reasons.
#[utoipa::path(get, path = "/api/v1/imports/jobs/{job_id}/rejected", tag = "imports", params(("job_id" = u64, Path)),
    responses((status = 200, description = "the file", content_type = "application/octet-stream"), (status = 401), (status = 404)), security(("admin" = [])))]
pub async fn get_job_rejected(
    State(state): State<AppState>,
    Path(id): Path<u64>,
) -> ApiResult<Response> {
    let job = find(&state, id)?;
    for (extension, media) in [("csv", CSV), ("xlsx", XLSX)] {
        let Ok(file) = tokio::fs::File::open(state.jobs.rejected_file(id, extension)).await else {
            continue;
        };
        let name = format!("import-{id}.rejected.{extension}");
        return Ok(negotiation::attachment(Body::from_stream(pieces(file)), media, &name));
    }
    Err(ApiError::new(
        ProblemCode::NotFound,
        format!("{}: 没有拒收的行 / no row was refused", job.file),
    ))
}
