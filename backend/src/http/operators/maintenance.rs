//! `POST /api/v1/maintenance/…`: backup, check, compaction, export to Parquet; uploads go on meanwhile.

use std::time::Instant;

use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use nengce_messages::echo;
use nengce_shared::api::maintenance::{
    BackupBody, BackupDone, BackupTable, CompactBody, CompactDone, ParquetBody, ParquetDone,
    VerifyCheck, VerifyReport,
};
use serde_json::json;

use super::target_folders;
use crate::http::access::reader::Reader;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query;
use crate::http::state::AppState;
use crate::maintenance_schedule;
use crate::store::audit::scope;
use crate::store::maintenance::compact::quarter_of;
use crate::store::maintenance::parquet::ParquetExport;

/// Copies the database in one snapshot into a folder of this machine, reads it back and compares.
#[utoipa::path(post, path = "/api/v1/maintenance/backup", tag = "maintenance", request_body = BackupBody,
    responses((status = 200, body = BackupDone), (status = 401), (status = 403), (status = 409), (status = 422), (status = 507)), security(("admin" = [])))]
pub async fn backup(
    State(state): State<AppState>,
    reader: Reader,
    JsonBody(body): JsonBody<BackupBody>,
) -> ApiResult<Json<BackupDone>> {
    let config = &state.config;
    let allowed = target_folders::allowed(&config.backup_folders, &config.data, "backups");
    let folder = target_folders::resolve(&body.folder, &allowed, &reader)?;
    let done = state.store.backup(folder.clone(), state.clock.now()).await;
    let done = done.map_err(|error| target_folders::told(error, &folder))?;
    let about = json!({"folder": folder.display().to_string(), "bytes": done.bytes,
        "sha256": done.sha256});
    scope::tell(about);
    let table = |it: crate::store::maintenance::backup::TableSum| BackupTable {
        table: it.table,
        rows: it.rows,
    };
    Ok(Json(BackupDone {
        folder: folder.display().to_string(),
        bytes: done.bytes,
        sha256: done.sha256,
        seconds: done.seconds,
        tables: done.tables.into_iter().map(table).collect(),
    }))
}

/// Asks every invariant of the stored data in one snapshot.
#[utoipa::path(post, path = "/api/v1/maintenance/verify", tag = "maintenance",
    responses((status = 200, body = VerifyReport), (status = 401), (status = 409)), security(("admin" = [])))]
pub async fn verify(State(state): State<AppState>) -> ApiResult<Json<VerifyReport>> {
    let started = Instant::now();
    let checks = state.store.verify().await?;
    let ok = checks.iter().all(crate::store::maintenance::verify::Check::holds);
    scope::tell(json!({"ok": ok, "checks": checks.len()}));
    Ok(Json(VerifyReport {
        ok,
        seconds: started.elapsed().as_secs_f64(),
        checks: checks.into_iter().map(check).collect(),
    }))
}

pub fn check(it: crate::store::maintenance::verify::Check) -> VerifyCheck {
    VerifyCheck {
        name: it.invariant.name.to_owned(),
        zh: it.invariant.zh.to_owned(),
        en: it.invariant.en.to_owned(),
        checked: it.checked,
        wrong: it.wrong,
        example: it.example,
    }
}

/// Writes the readings of closed quarters anew in the order of their items.
#[utoipa::path(post, path = "/api/v1/maintenance/compact", tag = "maintenance", request_body = CompactBody,
    responses((status = 200, body = CompactDone), (status = 401), (status = 409)), security(("admin" = [])))]
pub async fn compact(
    State(state): State<AppState>,
    JsonBody(body): JsonBody<CompactBody>,
) -> ApiResult<Json<CompactDone>> {
    let started = Instant::now();
    let now = state.clock.now();
    let before = if body.all {
        quarter_of(now.date()).saturating_add(jiff::Span::new().months(6))
    } else {
        maintenance_schedule::closed_before(&state.config, now.date())
    };
    state.store.checkpoint().await?;
    let size_before = state.store.size().await?;
    let pace = maintenance_schedule::pace(&state.config);
    let done = state.store.compact(before, pace, now).await?;
    // A second one gives the blocks free that the first still needed.
    state.store.checkpoint().await?;
    let size_after = state.store.size().await?;
    scope::tell(json!({"quarters": done.quarters, "readings": done.readings}));
    Ok(Json(CompactDone {
        quarters: done.quarters,
        readings: done.readings,
        steps: done.steps,
        longest_step_ms: done.longest_step.as_secs_f64() * 1000.0,
        used_bytes_before: size_before.used_bytes,
        used_bytes_after: size_after.used_bytes,
        reading_bytes_before: size_before.reading_bytes,
        reading_bytes_after: size_after.reading_bytes,
        file_bytes: size_after.file_bytes,
        seconds: started.elapsed().as_secs_f64(),
    }))
}

/// Readings as Parquet, a file per month, into a folder of this machine.
#[utoipa::path(post, path = "/api/v1/maintenance/parquet", tag = "maintenance", request_body = ParquetBody,
    responses((status = 200, body = ParquetDone), (status = 401), (status = 403), (status = 409), (status = 422), (status = 507)), security(("admin" = [])))]
pub async fn parquet(
    State(state): State<AppState>,
    reader: Reader,
    JsonBody(body): JsonBody<ParquetBody>,
) -> ApiResult<Json<ParquetDone>> {
    let started = Instant::now();
    let last = day("to", body.to.as_deref(), Date::constant(9998, 12, 31))?;
    let config = &state.config;
    let allowed = target_folders::allowed(&config.export_folders, &config.data, "exports");
    let folder = target_folders::resolve(&body.folder, &allowed, &reader)?;
    let wanted = ParquetExport {
        folder: folder.clone(),
        from: day("from", body.from.as_deref(), Date::constant(1990, 1, 1))?,
        until: last.saturating_add(jiff::Span::new().days(1)),
        unit: body.unit.clone().unwrap_or_default(),
    };
    if let Some(code) = &body.unit
        && state.store.registry().unit_by_code(code).is_none()
    {
        return Err(ApiError::missing("单位", "unit", code));
    }
    let done = state.store.export_parquet(wanted).await;
    let done = done.map_err(|error| target_folders::told(error, &folder))?;
    scope::tell(json!({"folder": folder.display().to_string(), "files": done.files,
        "readings": done.readings, "unit": body.unit}));
    Ok(Json(ParquetDone {
        folder: folder.display().to_string(),
        files: done.files,
        readings: done.readings,
        bytes: done.bytes,
        seconds: started.elapsed().as_secs_f64(),
    }))
}

fn day(name: &str, text: Option<&str>, default: Date) -> ApiResult<Date> {
    text.map_or(Ok(default), |text| {
        query::day(text).ok_or_else(|| {
            let text = echo(text);
            ApiError::parameter(name, format!("{text} 不是 YYYY-MM-DD / is not YYYY-MM-DD"))
        })
    })
}
