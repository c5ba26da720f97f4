//! Checks a file for import outside of the runtime's threads, by the mapping that the query names.

use std::collections::BTreeMap;

use nengce_messages::{Reading, checks, echo};
use nengce_shared::api::imports::ImportMapping;
use nengce_shared::credit_code::CreditCode;
use nengce_shared::lang::Lang;
use nengce_shared::problem::ProblemCode;
use nengce_shared::stat_type::StatType;
use tokio::sync::OwnedSemaphorePermit;

use super::body::{self, Taken};
use super::commit::PIECE_READINGS;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::state::AppState;
use crate::http::yearly_values::{item_year, not_counted};
use crate::import::check::{self, KINDS};
use crate::import::checked_file::{CheckContext, CheckProblem, CheckedFile, ValidRows};
use crate::import::problem::FileProblem;
use crate::import::sheet::Sheet;
use crate::store::Store;
use crate::store::imports::lists;
use crate::store::registry::UnitEntry;
use crate::{fail_point, panics};

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
pub(super) async fn mapping(
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

/// A checked file. `unit` is set where all readings are of one unit; the unit is not approved if the import lists it.
pub(super) struct CheckedImport {
    pub(super) sheet: Sheet,
    pub(super) checked: CheckedFile,
    pub(super) unit: Option<UnitEntry>,
    pub(super) turn: OwnedSemaphorePermit,
}

/// Reads and checks a file.
pub(super) async fn check(
    state: &AppState,
    taken: Taken,
    mapping: ImportMapping,
) -> ApiResult<CheckedImport> {
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
        Ok::<_, CheckProblem>(CheckedImport { sheet, checked, unit, turn })
    };
    let work = move || panics::inside(panics::IMPORT, work);
    let done = tokio::task::spawn_blocking(work).await;
    let mut work = done.map_err(ApiError::internal)??;
    count_not_counted(&store, &mut work).await?;
    Ok(work)
}

/// Counts for each data item the yearly values that will not count because finer ones exist or come with them.
async fn count_not_counted(store: &Store, work: &mut CheckedImport) -> ApiResult<()> {
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

/// Counts for each data item how many of its values differ from a stored one of the same period.
pub(super) async fn count_replacements(store: &Store, work: &mut CheckedImport) -> ApiResult<()> {
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
