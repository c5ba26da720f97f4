//! The steps that every import takes: find the mapping, check the file outside of the runtime's threads, commit it in
//! pieces.

use std::collections::BTreeMap;

use nengce_core::ingest::{Reading, Rejected, checks, echo};
use nengce_shared::api::imports::ImportMapping;
use nengce_shared::credit_code::CreditCode;
use nengce_shared::lang::Lang;
use nengce_shared::problem::ProblemCode;
use nengce_shared::stat_type::StatType;

use tokio::sync::OwnedSemaphorePermit;

use super::body::{self, Taken};
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::state::AppState;
use crate::http::yearly_values::{item_year, not_counted};
use crate::import::check::{self, KINDS};
use crate::import::checked_file::{CheckContext, CheckProblem, CheckedFile, ValidRows};
use crate::import::problem::FileProblem;
use crate::import::sheet::Sheet;
use crate::store::change::unit_approval;
use crate::store::commit::batch::{Batch, Receipt};
use crate::store::imports::lists;
use crate::store::registry::UnitEntry;
use crate::store::{Store, StoreError};
use crate::{fail_point, panics};

/// Readings of one piece of a commit: progress is seen, and the queue stays free for terminals.
const PIECE_READINGS: usize = 20_000;

/// Letters of a file's name that are kept.
const FILE_LENGTH: usize = 200;

/// How long a piece waits for a place in a full queue.
const QUEUE_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(60);

impl From<FileProblem> for ApiError {
    fn from(it: FileProblem) -> Self {
        Self::new(it.code, it.detail)
    }
}

impl From<CheckProblem> for ApiError {
    fn from(it: CheckProblem) -> Self {
        match it {
            CheckProblem::File(it) => it.into(),
            CheckProblem::Mapping(it) => Self::parameter(it.part, it.reason),
        }
    }
}

/// The mapping that `mapping` or `profile` of the query names.
pub async fn mapping(
    state: &AppState,
    params: &Params,
    kind: &str,
) -> ApiResult<Option<ImportMapping>> {
    if !KINDS.contains(&kind) {
        return Err(ApiError::not_found(format!("{}: {}", echo(kind), KINDS.join(", "))));
    }
    let mapping = if let Some(text) = params.text("mapping") {
        let read = serde_json::from_str::<ImportMapping>(text);
        read.map_err(|error| ApiError::parameter("mapping", echo(&error.to_string())))?
    } else if let Some(name) = params.text("profile") {
        let wanted = name.to_owned();
        let found = state.store.read(move |conn| lists::profile(conn, &wanted)).await?;
        let missing = || ApiError::missing("方案", "profile", name);
        let mut mapping = found.ok_or_else(missing)?.mapping;
        if let Some(unit) = params.text("unit") {
            mapping.unit = Some(unit.to_owned());
        }
        mapping
    } else {
        return Ok(None);
    };
    if mapping.kind != kind {
        return Err(ApiError::parameter(
            "mapping",
            format!("kind: {} ≠ {kind}", echo(&mapping.kind)),
        ));
    }
    Ok(Some(mapping))
}

/// A file that was checked; `unit` where its readings are of one unit, not approved when it has to be listed first.
pub struct Work {
    pub sheet: Sheet,
    pub checked: CheckedFile,
    pub unit: Option<UnitEntry>,
    pub turn: OwnedSemaphorePermit,
}

/// Reads and checks a file.
pub async fn check(state: &AppState, taken: Taken, mapping: ImportMapping) -> ApiResult<Work> {
    let unit = match mapping.kind.as_str() {
        "readings" if !has_unit_column(&mapping) => Some(wanted_unit(state, &mapping)?),
        _ => None,
    };
    let Taken { bytes, turn } = taken;
    let (state, store) = (state.clone(), state.store.clone());
    let work = move || {
        fail_point::hit("import:check");
        let mut sheet = body::read(&state, &bytes, &mapping)?;
        drop(bytes);
        let units = |code: &str| {
            let registry = state.store.registry();
            let unit = registry.approved_unit(code);
            unit.map(|it| it.unit_id).ok_or(ProblemCode::ImportUnitUnknown)
        };
        let (bounds, dictionaries) = (state.bounds(), state.dictionaries());
        let frame = CheckContext {
            bounds: &bounds,
            dictionaries: &dictionaries,
            units: &units,
            max_problems: state.config.max_import_problems,
        };
        let checked = check::check(&mut sheet, &mapping, &frame)?;
        Ok::<_, CheckProblem>(Work { sheet, checked, unit, turn })
    };
    let work = move || panics::inside(panics::IMPORT, work);
    let done = tokio::task::spawn_blocking(work).await;
    let mut work = done.map_err(ApiError::internal)??;
    count_not_counted(&store, &mut work).await?;
    Ok(work)
}

/// Says of each data item how many years' values will not count, because finer ones stand or come with them.
async fn count_not_counted(store: &Store, work: &mut Work) -> ApiResult<()> {
    let ValidRows::Values { values, .. } = &work.checked.good else {
        return Ok(());
    };
    let one = work.unit.as_ref().map(|it| it.unit_id);
    let of = |(unit, it): &(i32, Reading)| item_year(one.unwrap_or(*unit), it);
    let years = values.iter().filter(|it| it.1.stat_type == StatType::Year).map(of).collect();
    let finer = values.iter().filter(|it| it.1.stat_type < StatType::Year).map(of).collect();
    for (_, code, _) in not_counted(store, years, finer).await? {
        let mut series = work.checked.series.iter_mut();
        if let Some(it) = series.find(|it| it.data_code == code) {
            it.not_counted += 1;
        }
    }
    Ok(())
}

/// Says of each data item how many of its values differ from a stored one of the same period.
pub async fn count_replacements(store: &Store, work: &mut Work) -> ApiResult<()> {
    let ValidRows::Values { values, .. } = &work.checked.good else {
        return Ok(());
    };
    let one = work.unit.as_ref().map(|it| it.unit_id);
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for piece in values.chunks(PIECE_READINGS) {
        let of_units = piece.iter().map(|(unit, it)| (one.unwrap_or(*unit), *it)).collect();
        let found = store.read(move |conn| lists::replacements(conn, of_units)).await?;
        for (code, count) in found {
            *counts.entry(code).or_default() += count;
        }
    }
    for it in &mut work.checked.series {
        it.replaces = counts.get(&it.data_code).copied().unwrap_or_default();
    }
    Ok(())
}

fn has_unit_column(mapping: &ImportMapping) -> bool {
    mapping.unit_column.as_deref().is_some_and(|it| !it.trim().is_empty())
}

/// The unit that a file's readings are of; not approved when it has to be listed first.
fn wanted_unit(state: &AppState, mapping: &ImportMapping) -> ApiResult<UnitEntry> {
    let given = |it: &Option<String>| it.clone().filter(|it| !it.trim().is_empty());
    let code = given(&mapping.unit)
        .ok_or_else(|| ApiError::at_parameter(ProblemCode::ParameterMissing, "unit", "unit"))?;
    let code = CreditCode::parse(&code).map_err(|error| {
        ApiError::at_parameter(
            ProblemCode::EntryCreditCodeInvalid,
            "unit",
            format!("{}；{error}", error.reason_zh()),
        )
    })?;
    let known = state.store.registry().unit_by_code(code.as_str()).cloned();
    if let Some(unit) = known.as_ref().filter(|it| it.approved) {
        return Ok(unit.clone());
    }
    let dictionaries = state.dictionaries();
    let unknown =
        |name, it: String| ApiError::at_parameter(ProblemCode::ImportCodeUnknown, name, echo(&it));
    // Digits 3 to 8 of a credit code are the division that registered the unit.
    let region = match given(&mapping.region) {
        Some(it) if !dictionaries.knows_region(&it) => return Err(unknown("region", it)),
        Some(it) => it,
        None => code.as_str()[2..8].to_owned(),
    };
    let industry = given(&mapping.industry).unwrap_or_default().to_uppercase();
    if !industry.is_empty() && !dictionaries.knows_industry(&industry) {
        return Err(unknown("industry", industry));
    }
    let name = given(&mapping.unit_name).unwrap_or_else(|| code.to_string());
    checks::text("unit_name", &name)
        .map_err(|it| ApiError::at_parameter(it.code, "unit_name", it.reason(Lang::Zh)))?;
    // A unit that only registered is listed by this import, as the operator says it is.
    Ok(UnitEntry {
        unit_id: known.map_or(0, |it| it.unit_id),
        enterprise_code: code.to_string(),
        name,
        region_code: region,
        industry_code: industry,
        class: "ten_thousand".to_owned(),
        approved: false,
    })
}

/// What a commit did so far.
#[derive(Debug, Clone, Default)]
pub struct Totals {
    /// Rows committed or refused.
    pub rows_done: usize,
    pub stored: u32,
    pub unchanged: u32,
    pub replaced: u32,
    pub awaiting_approval: u32,
    pub created_units: u32,
    pub upload_ids: Vec<u64>,
}

impl Totals {
    pub fn add(&mut self, receipt: &Receipt) {
        self.stored += receipt.stored;
        self.unchanged += receipt.unchanged;
        self.replaced += receipt.replaced;
        self.awaiting_approval += receipt.awaiting_approval;
        self.upload_ids.push(u64::try_from(receipt.upload_id).unwrap_or(0));
    }
}

/// Stores what is good; `progress` hears of every piece.
pub async fn commit(
    state: &AppState,
    checked: CheckedFile,
    unit: Option<UnitEntry>,
    file: &str,
    mut progress: impl FnMut(&Totals),
) -> ApiResult<Totals> {
    let mut totals = Totals {
        rows_done: crate::import::results::preview::bad_rows(&checked.rejected),
        ..Totals::default()
    };
    let now = state.clock.now();
    let store = &state.store;
    match checked.good {
        ValidRows::Values { values, per_row } => {
            let one = match unit {
                Some(it) if !it.approved => {
                    totals.created_units = 1;
                    let made =
                        store.write(move |write| unit_approval::list_unit(write, it, now)).await?;
                    Some(made.unit_id)
                }
                it => it.map(|it| it.unit_id),
            };
            progress(&totals);
            let name: String = file.chars().take(FILE_LENGTH).collect();
            let sent_by = format!("import:{name}");
            let mut rejected = checked.rejected;
            let rows_of_piece = (PIECE_READINGS / per_row.max(1)).max(1);
            let mut pieces: Vec<&[(i32, Reading)]> =
                values.chunks(rows_of_piece * per_row.max(1)).collect();
            if pieces.is_empty() {
                pieces.push(&[]);
            }
            for piece in pieces {
                let refused = std::mem::take(&mut rejected);
                let batches = batches(state, piece, one, refused, &sent_by, "import");
                for receipt in ingest_all(state, batches).await? {
                    totals.add(&receipt);
                }
                totals.rows_done += piece.len() / per_row.max(1);
                progress(&totals);
                fail_point::hit("import:piece");
            }
            store.wait_for_roll_ups().await?;
        }
        ValidRows::Economy(rows) => {
            totals.stored = count(rows.len());
            let work = move |write: &mut crate::store::change::Transaction<'_>| {
                lists::economy(write.conn, &rows)
            };
            store.write(work).await?;
        }
        ValidRows::Targets(rows) => {
            totals.stored = count(rows.len());
            let work = move |write: &mut crate::store::change::Transaction<'_>| {
                lists::targets(write.conn, &rows)
            };
            store.write(work).await?;
        }
        ValidRows::Units(rows) => {
            totals.stored = count(rows.len());
            totals.created_units =
                store.write(move |write| lists::units(write, &rows, now)).await?;
        }
    }
    Ok(totals)
}

/// A batch per unit, in the order of the rows; what was refused goes with the only unit, else with none.
fn batches(
    state: &AppState,
    piece: &[(i32, Reading)],
    one: Option<i32>,
    rejected: Vec<Rejected>,
    sent_by: &str,
    kind: &'static str,
) -> Vec<Batch> {
    let mut by_unit: BTreeMap<i32, Vec<Reading>> = BTreeMap::new();
    for (unit, it) in piece {
        by_unit.entry(one.unwrap_or(*unit)).or_default().push(*it);
    }
    if !rejected.is_empty() || by_unit.is_empty() {
        by_unit.entry(one.unwrap_or(0)).or_default();
    }
    let of_rejected = one.unwrap_or(0);
    let mut rejected = Some(rejected);
    let batch = |(unit_id, readings): (i32, Vec<Reading>)| {
        let rejected = match unit_id == of_rejected {
            true => rejected.take().unwrap_or_default(),
            false => Vec::new(),
        };
        Batch {
            unit_id,
            sent_by: sent_by.to_owned(),
            kind,
            received_at: state.clock.now(),
            entries: count(readings.len() + rejected.len()),
            readings,
            rejected,
            rejected_more: 0,
        }
    };
    by_unit.into_iter().map(batch).collect()
}

/// Hands several batches over at once, so that they are committed as a group; a full queue is waited for.
pub async fn ingest_all(state: &AppState, batches: Vec<Batch>) -> Result<Vec<Receipt>, StoreError> {
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

pub fn count(it: usize) -> u32 {
    u32::try_from(it).unwrap_or(u32::MAX)
}
