//! `POST /api/v1/imports/{kind}`: files of an administrator, CSV or XLSX, through the same store paths
//! as uploads. `dry_run=true` says what would be stored and stores nothing.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::Uri;
use nengce_core::ingest::{Reading, Rejected};
use nengce_core::reference::DictionaryName;
use nengce_shared::credit_code::CreditCode;
use nengce_shared::lang::Lang;
use nengce_shared::problem::{FieldProblem, Problem, ProblemCode};

use super::auth::Admin;
use super::problem::{ApiError, ApiResult};
use super::query::Params;
use super::state::AppState;
use crate::import::readings::{self, ReadingsPlan};
use crate::import::rows::{self, EconomyRow, TargetRow, UnitRow};
use crate::import::sheet::Sheet;
use crate::import::stamps::{DateFormat, Stamps, interval};
use crate::import::{FileProblem, ImportReport};
use crate::store::batch::Batch;
use crate::store::registry::UnitEntry;
use crate::store::{dictionaries, imports};

const KINDS: &str = "readings, economy, targets, units, dictionary";
const PARAMETERS: [&str; 14] = [
    "file",
    "dry_run",
    "unit",
    "name",
    "region",
    "industry",
    "map",
    "dates",
    "stamps",
    "interval",
    "midnight",
    "stat_type",
    "input_type",
    "dictionary",
];

impl From<FileProblem> for ApiError {
    fn from(it: FileProblem) -> Self {
        Self::new(it.code, it.detail)
    }
}

/// A file of readings, economy, targets, units, or one dictionary.
#[utoipa::path(post, path = "/api/v1/imports/{kind}", tag = "imports", request_body(content = String, content_type = "text/csv"),
    params(("kind" = String, Path, description = "readings, economy, targets, units or dictionary"),
           ("file" = Option<String>, Query, description = "name under which the import is kept"),
           ("dry_run" = Option<bool>, Query, description = "true: store nothing"),
           ("unit" = Option<String>, Query, description = "readings: credit code; an unknown unit is created with name, region, industry"),
           ("map" = Option<String>, Query, description = "readings: time=COLUMN;CODE=COLUMN*MULTIPLIER;…"),
           ("dates" = Option<String>, Query, description = "readings: ymd, dmy, mdy or a strptime pattern"),
           ("stamps" = Option<String>, Query, description = "readings: start or end"),
           ("interval" = Option<String>, Query, description = "readings: 15m, 1h, 1d"),
           ("midnight" = Option<String>, Query, description = "readings: opens-day or closes-day"),
           ("stat_type" = Option<u8>, Query, description = "readings: 0 real-time, 1 day, 2 month, 3 year"),
           ("dictionary" = Option<String>, Query, description = "dictionary: its name")),
    responses((status = 200, description = "what was stored, and every refused row"), (status = 401), (status = 422)), security(("admin" = [])))]
pub async fn import_file(
    State(state): State<AppState>,
    _admin: Admin,
    Path(kind): Path<String>,
    uri: Uri,
    request: Request,
) -> ApiResult<Json<ImportReport>> {
    let params = Params::read(&uri, &PARAMETERS, Lang::Zh)?;
    let file = params.text("file").unwrap_or(&kind).to_owned();
    let dry_run = matches!(params.text("dry_run"), Some("true" | "1"));
    let bytes = body(&state, request).await?;
    let mut report = ImportReport::new(&kind, &file, dry_run);
    match kind.as_str() {
        "readings" => import_readings(&state, &params, &bytes, &mut report).await?,
        "economy" | "targets" | "units" => import_rows(&state, &kind, &bytes, &mut report).await?,
        "dictionary" => import_dictionary(&state, &params, &bytes, &mut report).await?,
        _ => return Err(ApiError::not_found(format!("{kind}: {KINDS}"))),
    }
    Ok(Json(report))
}

async fn body(state: &AppState, request: Request) -> ApiResult<Bytes> {
    let limit = state.config.max_import_bytes;
    axum::body::to_bytes(request.into_body(), limit)
        .await
        .map_err(|_| {
            ApiError::new(
                ProblemCode::BodyTooLarge,
                format!("max_import_bytes = {limit}"),
            )
        })
}

/// Reads the file off the runtime's threads.
async fn sheet(bytes: &Bytes, report: &mut ImportReport) -> ApiResult<Sheet> {
    let bytes = bytes.clone();
    let sheet = tokio::task::spawn_blocking(move || Sheet::read(&bytes))
        .await
        .map_err(ApiError::internal)??;
    report.rows = count(sheet.rows.len());
    Ok(sheet)
}

async fn import_readings(
    state: &AppState,
    params: &Params,
    bytes: &Bytes,
    report: &mut ImportReport,
) -> ApiResult<()> {
    let plan = plan(params)?;
    let unit = wanted_unit(state, params)?;
    let sheet = sheet(bytes, report).await?;
    let bounds = state.bounds();
    let dictionaries = state.dictionaries();
    let read = move || {
        let (readings, rejected) = plan.read(&sheet, &bounds)?;
        let series = readings::series(&plan, &readings, &dictionaries);
        Ok::<_, FileProblem>((sheet, readings, rejected, series))
    };
    let (sheet, readings, rejected, series) = tokio::task::spawn_blocking(read)
        .await
        .map_err(ApiError::internal)??;
    report.series = series;
    report.accepted = count(readings.len());
    report.reject(&sheet, &rejected);
    report.created_units = u32::from(unit.unit_id == 0);
    if !report.dry_run {
        store_readings(state, unit, readings, rejected, report).await?;
    }
    Ok(())
}

async fn store_readings(
    state: &AppState,
    unit: UnitEntry,
    readings: Vec<Reading>,
    rejected: Vec<Rejected>,
    report: &mut ImportReport,
) -> ApiResult<()> {
    let now = state.clock.now();
    let unit = match unit.unit_id {
        0 => {
            state
                .store
                .write(move |write| write.put_unit(unit, now))
                .await?
        }
        _ => unit,
    };
    let batch = Batch {
        unit_id: unit.unit_id,
        sent_by: format!("import:{}", report.file),
        kind: "import",
        received_at: now,
        entries: count(readings.len() + rejected.len()),
        readings,
        rejected,
    };
    let receipt = state.store.ingest(batch).await?;
    state.store.settle().await?;
    (report.stored, report.unchanged, report.replaced) =
        (receipt.stored, receipt.unchanged, receipt.replaced);
    report.upload_id = Some(receipt.upload_id);
    Ok(())
}

/// The unit of the import; `unit_id` 0 when it has to be created.
fn wanted_unit(state: &AppState, params: &Params) -> ApiResult<UnitEntry> {
    let code = params.text("unit").ok_or_else(|| missing("unit"))?;
    let code = CreditCode::parse(code).map_err(|error| {
        ApiError::at_parameter(
            ProblemCode::EntryCreditCodeInvalid,
            "unit",
            format!("{}；{error}", error.reason_zh()),
        )
    })?;
    if let Some(unit) = state.store.registry().unit_by_code(code.as_str()) {
        return Ok(unit.clone());
    }
    let dictionaries = state.dictionaries();
    // Digits 3 to 8 of a credit code are the division that registered the unit.
    let region = params
        .text("region")
        .unwrap_or(&code.as_str()[2..8])
        .to_owned();
    if params.text("region").is_some() && dictionaries.region(&region).is_none() {
        return Err(ApiError::at_parameter(
            ProblemCode::ImportCodeUnknown,
            "region",
            region,
        ));
    }
    let industry = params.text("industry").unwrap_or_default().to_uppercase();
    if !industry.is_empty() && dictionaries.nearest_industry(&industry).is_none() {
        return Err(ApiError::at_parameter(
            ProblemCode::ImportCodeUnknown,
            "industry",
            industry,
        ));
    }
    Ok(UnitEntry {
        unit_id: 0,
        enterprise_code: code.to_string(),
        name: params.text("name").unwrap_or(code.as_str()).to_owned(),
        region_code: region,
        industry_code: industry,
        class: "ten_thousand".to_owned(),
    })
}

fn missing(name: &str) -> ApiError {
    ApiError::at_parameter(ProblemCode::ParameterMissing, name, name)
}

fn plan(params: &Params) -> ApiResult<ReadingsPlan> {
    let map = params.text("map").ok_or_else(|| missing("map"))?;
    let (time_column, maps) =
        ReadingsPlan::of_map(map).map_err(|it| ApiError::parameter("map", it))?;
    let dates = params.text("dates").unwrap_or("ymd");
    let format = DateFormat::parse(dates)
        .ok_or_else(|| params.refuse("dates", dates, "ymd, dmy, mdy, %…"))?;
    let number = |name: &str, default: u8, last: u8| match params.text(name) {
        None => Ok(default),
        Some(text) => match text.parse::<u8>() {
            Ok(it) if it <= last => Ok(it),
            _ => Err(params.refuse(name, text, &format!("0–{last}"))),
        },
    };
    let stat_type = number("stat_type", 0, 3)?;
    let interval_seconds = match params.text("interval") {
        None => 0,
        Some(text) => {
            interval(text).ok_or_else(|| params.refuse("interval", text, "15m, 1h, 1d"))?
        }
    };
    let ends = params.one_of("stamps", &["start", "end"], |it| {
        matches!(it, "start" | "end").then_some(it == "end")
    })?;
    let closes = params.one_of("midnight", &["opens-day", "closes-day"], |it| {
        matches!(it, "opens-day" | "closes-day").then_some(it == "closes-day")
    })?;
    let ends = ends.unwrap_or(false);
    if ends && interval_seconds == 0 {
        return Err(ApiError::parameter(
            "interval",
            "stamps=end 需要 interval / stamps=end needs an interval",
        ));
    }
    let midnight_closes_day = closes.unwrap_or(false);
    let stamps = Stamps {
        format,
        ends,
        interval_seconds,
        midnight_closes_day,
    };
    Ok(ReadingsPlan {
        time_column,
        maps,
        stat_type,
        input_type: number("input_type", 7, 7)?,
        stamps,
    })
}

async fn import_rows(
    state: &AppState,
    kind: &str,
    bytes: &Bytes,
    report: &mut ImportReport,
) -> ApiResult<()> {
    let sheet = sheet(bytes, report).await?;
    let dictionaries = state.dictionaries();
    let (dry, now) = (report.dry_run, state.clock.now());
    let rejected = match kind {
        "economy" => {
            let (rows, rejected) = rows::read::<EconomyRow>(&sheet, &dictionaries)?;
            report.accepted = count(rows.len());
            if !dry {
                state
                    .store
                    .write(move |write| imports::economy(write.conn, &rows))
                    .await?;
            }
            rejected
        }
        "targets" => {
            let (rows, rejected) = rows::read::<TargetRow>(&sheet, &dictionaries)?;
            report.accepted = count(rows.len());
            if !dry {
                state
                    .store
                    .write(move |write| imports::targets(write.conn, &rows))
                    .await?;
            }
            rejected
        }
        _ => {
            let (rows, rejected) = rows::read::<UnitRow>(&sheet, &dictionaries)?;
            report.accepted = count(rows.len());
            if !dry {
                report.created_units = state
                    .store
                    .write(move |write| imports::units(write, &rows, now))
                    .await?;
            }
            rejected
        }
    };
    report.reject(&sheet, &rejected);
    if !dry {
        report.stored = report.accepted;
    }
    Ok(())
}

/// A dictionary is taken whole or not at all.
async fn import_dictionary(
    state: &AppState,
    params: &Params,
    bytes: &Bytes,
    report: &mut ImportReport,
) -> ApiResult<()> {
    let names = DictionaryName::ALL.map(DictionaryName::as_str).join(", ");
    let name = params
        .text("dictionary")
        .ok_or_else(|| missing("dictionary"))?;
    let name =
        DictionaryName::parse(name).ok_or_else(|| params.refuse("dictionary", name, &names))?;
    let content = std::str::from_utf8(bytes)
        .map_err(|error| ApiError::new(ProblemCode::ImportFileUnreadable, error.to_string()))?
        .to_owned();
    let changed = state
        .dictionaries()
        .with(name, &content)
        .map_err(|problems| {
            let errors = problems.iter().map(|it| {
                let code = match it.code {
                    "missing_column" => ProblemCode::ImportColumnMissing,
                    "unreadable" => ProblemCode::ImportFileUnreadable,
                    "duplicate" => ProblemCode::EntryDuplicate,
                    "dangling" | "not_listed" => ProblemCode::ImportCodeUnknown,
                    _ => ProblemCode::ImportValueUnreadable,
                };
                let line = u32::try_from(it.line).unwrap_or(0);
                FieldProblem::new(code, format!("{} / {}", it.reason_zh, it.reason_en))
                    .at_row(line)
                    .in_field(&it.field)
            });
            let code = ProblemCode::ImportValueUnreadable;
            ApiError::from(
                Problem::new(code, params.lang)
                    .with_detail(format!(
                        "{}：{} 处 / {} places",
                        name.as_str(),
                        problems.len(),
                        problems.len()
                    ))
                    .with_errors(errors.collect()),
            )
        })?;
    report.rows = count(content.lines().count().saturating_sub(1));
    report.accepted = report.rows;
    if report.dry_run {
        return Ok(());
    }
    let at = crate::clock::text(state.clock.now());
    let by = format!("import:{}", report.file);
    state
        .store
        .write(move |write| {
            dictionaries::replace(write.conn, &changed, name, &at, &by)?;
            write.use_dictionaries(changed);
            Ok(())
        })
        .await?;
    report.stored = report.accepted;
    Ok(())
}

fn count(it: usize) -> u32 {
    u32::try_from(it).unwrap_or(u32::MAX)
}
