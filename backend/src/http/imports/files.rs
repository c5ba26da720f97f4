//! `POST /api/v1/imports/{kind}`: files of an administrator, CSV or XLSX, through the same store paths
//! as uploads. `dry_run=true` says what would be stored and stores nothing.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::Uri;
use nengce_core::reference::DictionaryName;
use nengce_shared::api::imports::{ImportMapping, ImportProfileBody, MappedField};
use nengce_shared::lang::Lang;
use nengce_shared::problem::{FieldProblem, Problem, ProblemCode};
use nengce_shared::stat_type::StatType;
use serde_json::json;

use super::check::{self, CheckedImport};
use super::commit::{self, count};
use super::{body, profiles};
use crate::http::access::reader::Reader;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::operators::name_conflicts::Names;
use crate::http::state::AppState;
use crate::import::checked_file::ValidRows;
use crate::import::mapping::take_text;
use crate::import::results::report::ConflictingName;
use crate::import::results::report::ImportReport;
use crate::store::audit::scope::{self, ChangeNote};
use crate::store::dictionaries;

/// Conflicts of names that a report tells.
const MOST_CONFLICTS: usize = 200;

const PARAMETERS: [&str; 22] = [
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
    "profile",
    "mapping",
    "sheet",
    "header_line",
    "unit_column",
    "columns",
    "multiplier",
    "save_profile",
];

/// A file of readings, economy, targets, units, temperatures, or one dictionary.
#[utoipa::path(post, path = "/api/v1/imports/{kind}", tag = "imports", request_body(content = String, content_type = "text/csv"),
    params(("kind" = String, Path, description = "readings, records, economy, targets, units, temperatures or dictionary"),
           ("file" = Option<String>, Query, description = "name under which the import is kept"),
           ("dry_run" = Option<bool>, Query, description = "true: store nothing"),
           ("unit" = Option<String>, Query, description = "readings: credit code; an unknown unit is created with name, region, industry"),
           ("map" = Option<String>, Query, description = "readings: time=COLUMN;CODE=COLUMN*MULTIPLIER;… or CODE=COLUMN*UNIT; without either the heading's unit is converted"),
           ("unit_column" = Option<String>, Query, description = "readings: the column of credit codes, where the file holds many units"),
           ("columns" = Option<String>, Query, description = "other kinds: FIELD=COLUMN;…"),
           ("multiplier" = Option<f64>, Query, description = "records, economy, targets: value times this"),
           ("sheet" = Option<String>, Query, description = "sheet of a workbook; else the first visible one with a table"),
           ("header_line" = Option<u32>, Query, description = "line of the header; else the first row of names with data below"),
           ("dates" = Option<String>, Query, description = "ymd, dmy, mdy or a strptime pattern; else what the column's cells settle"),
           ("stamps" = Option<String>, Query, description = "readings: start or end"),
           ("interval" = Option<String>, Query, description = "readings: 15m, 1h, 1d"),
           ("midnight" = Option<String>, Query, description = "readings: opens-day or closes-day"),
           ("stat_type" = Option<u8>, Query, description = "readings: 0 real-time, 1 day, 2 month, 3 year"),
           ("dictionary" = Option<String>, Query, description = "dictionary: its name"),
           ("profile" = Option<String>, Query, description = "a saved mapping"),
           ("save_profile" = Option<String>, Query, description = "name under which the mapping is saved"),
           ("mapping" = Option<String>, Query, description = "an ImportMapping as JSON")),
    responses((status = 200, description = "what was stored, and every refused row"), (status = 401), (status = 422)), security(("admin" = [])))]
pub async fn import_file(
    State(state): State<AppState>,
    reader: Reader,
    Path(kind): Path<String>,
    uri: Uri,
    request: Request,
) -> ApiResult<Json<ImportReport>> {
    let params = Params::read(&uri, &PARAMETERS, Lang::Zh)?;
    let file = params.text("file").unwrap_or(&kind).to_owned();
    // A word that is not understood must not store what was only to be looked at.
    let flag = |it: &str| match it.to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    };
    let dry_run = params.one_of("dry_run", &["true", "false"], flag)?.unwrap_or(false);
    let taken = body::body(&state, request).await?;
    let mut report = ImportReport::new(&kind, &file, dry_run);
    if kind == "dictionary" {
        import_dictionary(&state, &params, &taken.bytes, &mut report).await?;
        return Ok(Json(report));
    }
    let mapping = mapping(&state, &params, &kind).await?;
    let save = params.text("save_profile").map(str::to_owned).filter(|_| !dry_run);
    let body = save.as_ref().map(|_| mapping.clone());
    let mut work = check::check(&state, taken, mapping).await?;
    if dry_run {
        check::count_replacements(&state.store, &mut work).await?;
    }
    if let (Some(name), Some(mapping)) = (save, body) {
        let columns = work.sheet.titles.clone();
        let body = ImportProfileBody { mapping, columns };
        profiles::save(&state, name, body, reader.name.to_string()).await?;
    }
    report.rows = count(work.sheet.rows.len());
    report.accepted = count(work.checked.good.count());
    report.reject(&work.sheet, &work.checked.rejected);
    report.series.clone_from(&work.checked.series);
    report.created_units = work.unit.iter().map(|it| u32::from(!it.approved)).sum();
    report.name_conflicts = name_conflicts(&state, &work).await?;
    report.notes.clone_from(&work.checked.notes);
    if !dry_run {
        let totals = commit::commit(&state, work.checked, work.unit, &file, |_| {}).await?;
        (report.stored, report.unchanged) = (totals.stored, totals.unchanged);
        (report.replaced, report.awaiting_approval) = (totals.replaced, totals.awaiting_approval);
        report.created_units = totals.created_units;
        let first = totals.upload_ids.first();
        report.upload_id = first.and_then(|it| i32::try_from(*it).ok());
    }
    // What lists changed stands in their transaction; of readings and of a mere check it is told here.
    if dry_run || report.upload_id.is_some() {
        scope::tell(json!({"file": file, "dry_run": dry_run, "rows": report.rows,
            "stored": report.stored, "unchanged": report.unchanged, "replaced": report.replaced,
            "awaiting_approval": report.awaiting_approval, "upload": report.upload_id}));
    }
    Ok(Json(report))
}

/// The names of a list, or of a unit that is listed by its readings, that are like those of other units.
async fn name_conflicts(state: &AppState, work: &CheckedImport) -> ApiResult<Vec<ConflictingName>> {
    let named: Vec<(&str, &str)> = match (&work.checked.good, &work.unit) {
        (ValidRows::Units(rows), _) => {
            rows.iter().map(|it| (it.enterprise_code.as_str(), it.name.as_str())).collect()
        }
        (_, Some(it)) if !it.approved && it.name != it.enterprise_code => {
            vec![(it.enterprise_code.as_str(), it.name.as_str())]
        }
        _ => return Ok(Vec::new()),
    };
    let names = Names::of(state).await?;
    let found = named.into_iter().map(|(code, name)| ConflictingName {
        enterprise_code: code.to_owned(),
        name: name.to_owned(),
        conflicts: names.conflicts(code, name),
    });
    Ok(found.filter(|it| !it.conflicts.is_empty()).take(MOST_CONFLICTS).collect())
}

/// The mapping of a saved profile or of the query's own words.
async fn mapping(state: &AppState, params: &Params, kind: &str) -> ApiResult<ImportMapping> {
    if let Some(it) = check::mapping(state, params, kind).await? {
        return Ok(it);
    }
    let text = |name: &str| params.text(name).map(str::to_owned);
    let mut mapping = ImportMapping {
        unit: text("unit"),
        unit_name: text("name"),
        region: text("region"),
        industry: text("industry"),
        dates: text("dates"),
        stamps: text("stamps"),
        interval: text("interval"),
        midnight: text("midnight"),
        stat_type: params.number("stat_type", 0, 3)?.and_then(|it| StatType::from_code(it as u8)),
        input_type: params.number("input_type", 0, 7)?.map(|it| it as u8),
        sheet: text("sheet"),
        header_line: params.number("header_line", 1, u32::MAX)?,
        unit_column: text("unit_column"),
        multiplier: multiplier(params)?,
        ..ImportMapping::of_kind(kind)
    };
    if let Some(columns) = params.text("columns") {
        mapping.fields = fields(columns).map_err(|it| ApiError::parameter("columns", it))?;
    }
    if kind == "readings" {
        let map = params.text("map");
        if let Some(map) = map {
            take_text(&mut mapping, map).map_err(|it| ApiError::parameter(it.part, it.reason))?;
        }
        if mapping.unit.is_none() && mapping.unit_column.is_none() {
            return Err(missing("unit"));
        }
        map.ok_or_else(|| missing("map"))?;
    }
    Ok(mapping)
}

fn multiplier(params: &Params) -> ApiResult<Option<f64>> {
    let Some(text) = params.text("multiplier") else {
        return Ok(None);
    };
    let number = text.parse::<f64>().ok().filter(|it| it.is_finite());
    let wrong = || params.refuse("multiplier", text, "0.0001");
    Ok(Some(number.ok_or_else(wrong)?))
}

/// `FIELD=COLUMN;…`.
fn fields(text: &str) -> Result<Vec<MappedField>, String> {
    let parts = text.split(';').map(str::trim).filter(|it| !it.is_empty());
    let field = |part: &str| {
        let (field, column) =
            part.split_once('=').ok_or_else(|| format!("{part}: FIELD=COLUMN"))?;
        let (field, column) = (field.trim().to_owned(), column.trim().to_owned());
        match field.is_empty() || column.is_empty() {
            true => Err(format!("{part}: 列名为空 / a name is empty")),
            false => Ok(MappedField { field, column }),
        }
    };
    parts.map(field).collect()
}

fn missing(name: &str) -> ApiError {
    ApiError::at_parameter(ProblemCode::ParameterMissing, name, name)
}

/// A dictionary is taken whole or not at all.
async fn import_dictionary(
    state: &AppState,
    params: &Params,
    bytes: &Bytes,
    report: &mut ImportReport,
) -> ApiResult<()> {
    let names = DictionaryName::ALL.map(DictionaryName::as_str).join(", ");
    let name = params.text("dictionary").ok_or_else(|| missing("dictionary"))?;
    let name =
        DictionaryName::parse(name).ok_or_else(|| params.refuse("dictionary", name, &names))?;
    let content = std::str::from_utf8(bytes)
        .map_err(|error| ApiError::new(ProblemCode::ImportFileUnreadable, error.to_string()))?
        .to_owned();
    let changed = state.dictionaries().with(name, &content).map_err(|problems| {
        let errors = problems.iter().map(|problem| {
            let code = match problem.code {
                "missing_column" => ProblemCode::ImportColumnMissing,
                "unreadable" => ProblemCode::ImportFileUnreadable,
                "duplicate" => ProblemCode::EntryDuplicate,
                "dangling" | "not_listed" => ProblemCode::ImportCodeUnknown,
                _ => ProblemCode::ImportValueUnreadable,
            };
            let line = u32::try_from(problem.line).unwrap_or(0);
            FieldProblem::new(code, format!("{} / {}", problem.reason_zh, problem.reason_en))
                .at_row(line)
                .in_field(&problem.field)
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
    let (by, rows) = (format!("import:{}", report.file), report.rows);
    state
        .store
        .write(move |write| {
            dictionaries::replace(write.conn, &changed, name, &at, &by)?;
            write.use_dictionaries(changed);
            let object = format!("dictionary/{}", name.as_str());
            let after = json!({"rows": rows, "by": by});
            write.note_change(ChangeNote { object, ..ChangeNote::after(after) });
            Ok(())
        })
        .await?;
    report.stored = report.accepted;
    Ok(())
}
