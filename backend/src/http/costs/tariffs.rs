//! `/api/v1/units/{code}/tariffs`: the list of tariffs, typing new ones, withdrawing one.

use axum::Json;
use axum::extract::{Path, State};
use jiff::civil::Date;
use nengce_core::costs::tariff::{self, Tariff as CoreTariff};
use nengce_core::reference::Dictionaries;
use nengce_shared::api::tariff::{
    Tariff, TariffEnergy, TariffImport, TariffLine, TariffList, TariffRequest,
};
use nengce_shared::lang::Lang;
use nengce_shared::problem::{FieldProblem, Problem, ProblemCode};
use nengce_shared::tariff::TariffCharge;
use serde_json::json;

use super::unit_id;
use crate::http::access::reader::Reader;
use crate::http::content::json_body::JsonBody;
use crate::http::content::names::energy_name;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::http::submissions::turn::turn_of_unit;
use crate::store::audit::scope::ChangeNote;
use crate::store::costs::readings;
use crate::store::costs::tariffs::{self, StoredTariff};

/// The tariffs of a unit, and the energy types that it reports.
#[utoipa::path(get, path = "/api/v1/units/{code}/tariffs", tag = "costs", params(("code" = String, Path)),
    responses((status = 200, body = TariffList), (status = 404)))]
pub async fn list_tariffs(
    State(state): State<AppState>,
    Path(code): Path<String>,
) -> ApiResult<Json<TariffList>> {
    Ok(Json(list(&state, &code).await?))
}

async fn list(state: &AppState, code: &str) -> ApiResult<TariffList> {
    let unit = unit_id(state, code)?;
    let ask = move |conn: &_| Ok((tariffs::of_unit(conn, unit)?, readings::items(conn, unit)?));
    let (stored, items) = state.store.read(ask).await?;
    let (known, today) = (state.dictionaries(), state.clock.today());
    let mut types: Vec<String> = items.into_iter().map(|it| it.energy_type).collect();
    types.sort_unstable();
    types.dedup();
    let counting = counting(&stored, &known);
    let energies = types.into_iter().map(|it| TariffEnergy {
        energy: energy_name(&known, &it),
        unit: unit_of(&known, &it).unwrap_or_default(),
        has_price: tariff::in_force(&counting, &it, TariffCharge::Quantity, today).is_some(),
    });
    let energies = energies.collect();
    let tariffs = stored.iter().map(|it| row(it, &stored, &known, today)).collect();
    Ok(TariffList { enterprise_code: code.to_owned(), energies, tariffs })
}

/// The unit of measure of an energy type.
pub(super) fn unit_of(known: &Dictionaries, energy_type: &str) -> Option<String> {
    known.energy_type(energy_type).map(|it| it.unit.clone())
}

/// The tariffs that count, as the arithmetic takes them.
pub(super) fn counting(stored: &[StoredTariff], known: &Dictionaries) -> Vec<CoreTariff> {
    let good = stored.iter().filter(|it| it.ended.is_none()).filter_map(|it| {
        let read = tariff::read(&it.lines, |of| unit_of(known, of));
        read.inspect_err(|_| {
            tracing::warn!(tariff = it.id, "the dictionary no longer knows a stored tariff")
        })
        .ok()
    });
    good.flatten().collect()
}

fn row(it: &StoredTariff, all: &[StoredTariff], known: &Dictionaries, today: Date) -> Tariff {
    let same = |other: &&StoredTariff| {
        other.ended.is_none() && (&other.energy_type, other.charge) == (&it.energy_type, it.charge)
    };
    let next = all.iter().filter(same).map(|it| it.from).filter(|from| *from > it.from).min();
    let to = next.and_then(|it| it.yesterday().ok());
    let state = match &it.ended {
        Some(word) => word.as_str(),
        None if it.from > today => "to_come",
        None if to.is_some_and(|it| it < today) => "over",
        None => "in_force",
    };
    Tariff {
        tariff_id: it.id,
        energy: energy_name(known, &it.energy_type),
        charge: it.charge,
        from: it.from.to_string(),
        to: to.map(|it| it.to_string()),
        state: state.to_owned(),
        lines: it.lines.clone(),
        saved_by: it.saved_by.clone(),
        saved_at: it.saved_at.clone(),
    }
}

/// Keeps the lines that a person of the unit typed. A tariff holds from its day on, until the next one of its energy type
/// begins; one of the same day is replaced and stays in the list.
#[utoipa::path(post, path = "/api/v1/units/{code}/tariffs", tag = "costs", params(("code" = String, Path)), request_body = TariffRequest,
    responses((status = 200, body = TariffImport), (status = 400), (status = 404), (status = 422)))]
pub async fn post_tariffs(
    State(state): State<AppState>,
    reader: Reader,
    Path(code): Path<String>,
    JsonBody(request): JsonBody<TariffRequest>,
) -> ApiResult<Json<TariffImport>> {
    let unit = unit_id(&state, &code)?;
    let most = state.config.max_tariff_rows;
    if request.lines.is_empty() || request.lines.len() > most {
        let reason = format!("应有 1 至 {most} 行（max_tariff_rows） / 1 to {most} lines");
        return Err(ApiError::parameter("lines", reason));
    }
    let known = state.dictionaries();
    let read = tariff::read(&request.lines, |it| unit_of(&known, it)).map_err(|problems| {
        let code = ProblemCode::ParameterInvalid;
        let errors = problems.iter().map(|it| {
            let field = format!("lines[{}].{}", it.line, it.field);
            FieldProblem::new(code, format!("{} / {}", it.zh, it.en)).in_field(field)
        });
        let errors: Vec<FieldProblem> = errors.collect();
        let detail = errors.first().map(|it| it.reason.clone()).unwrap_or_default();
        ApiError::from(Problem::new(code, Lang::Zh).with_detail(detail).with_errors(errors))
    })?;
    Ok(Json(keep(&state, &reader, unit, read, request.lines).await?))
}

/// Stores tariffs that are right.
pub(super) async fn keep(
    state: &AppState,
    reader: &Reader,
    unit: i32,
    read: Vec<CoreTariff>,
    lines: Vec<TariffLine>,
) -> ApiResult<TariffImport> {
    let _turn = turn_of_unit(state, reader, unit).await?;
    let (by, now) = (reader.name.to_string(), state.clock.now());
    let (count, kept) = (read.len(), lines.clone());
    let replaced = state.store.write(move |write| {
        let replaced = tariffs::insert(write.conn, unit, &read, &by, now)?;
        write.note_change(ChangeNote::after(json!({"lines": kept, "replaced": replaced})));
        Ok(replaced)
    });
    let replaced = replaced.await?;
    Ok(TariffImport {
        rows: lines.len() as u32,
        dry_run: false,
        errors: Vec::new(),
        lines,
        tariffs: count as u32,
        replaced,
    })
}

/// A tariff no longer counts; the one before it holds again. It stays in the list.
#[utoipa::path(post, path = "/api/v1/units/{code}/tariffs/{tariff_id}/withdraw", tag = "costs",
    params(("code" = String, Path), ("tariff_id" = u64, Path)),
    responses((status = 200, body = TariffList), (status = 404, description = "no such tariff counts")))]
pub async fn withdraw_tariff(
    State(state): State<AppState>,
    reader: Reader,
    Path((code, id)): Path<(String, u64)>,
) -> ApiResult<Json<TariffList>> {
    let unit = unit_id(&state, &code)?;
    let _turn = turn_of_unit(&state, &reader, unit).await?;
    let (by, now) = (reader.name.to_string(), state.clock.now());
    let found = state.store.write(move |write| {
        let found = tariffs::withdraw(write.conn, (unit, id), &by, now)?;
        write.note_change(ChangeNote::after(json!({"tariff": id, "withdrawn": found})));
        Ok(found)
    });
    match found.await? {
        true => Ok(Json(list(&state, &code).await?)),
        false => Err(ApiError::missing("有效的价格", "tariff that counts", &id.to_string())),
    }
}
