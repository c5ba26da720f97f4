//! What is needed to type values of a unit by hand: its items with their gaps, and the history of one.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::Uri;
use jiff::ToSpan;
use nengce_shared::api::submission::{ManualForm, ManualItem};
use nengce_shared::data_code::DataCode;
use nengce_shared::lang::Lang;
use nengce_shared::period::DayRange;

use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::state::AppState;
use crate::store::queries::manual;

/// Days of the form unless asked for, up to yesterday.
const FORM_DAYS: i64 = 35;
/// Days of the form at most.
const MOST_DAYS: i32 = 400;

/// The items of a unit with their missing days, and the history of the item asked for.
#[utoipa::path(get, path = "/api/v1/units/{code}/manual-form", tag = "submissions",
    params(("code" = String, Path), ("data_code" = Option<String>, Query, description = "the item whose history is wanted"),
           ("from" = Option<String>, Query, description = "first day; default 35 days ago"), ("to" = Option<String>, Query, description = "last day; default yesterday")),
    responses((status = 200, body = ManualForm), (status = 400), (status = 404)))]
pub async fn get_manual_form(
    State(state): State<AppState>,
    Path(code): Path<String>,
    uri: Uri,
) -> ApiResult<Json<ManualForm>> {
    let params = Params::read(&uri, &["data_code", "from", "to"], Lang::Zh)?;
    let unit = state.store.registry().unit_by_code(&code).map(|it| it.unit_id);
    let unit = unit.ok_or_else(|| ApiError::missing("用能单位", "unit", &code))?;
    let today = state.clock.today();
    let to = params.day("to")?.unwrap_or_else(|| today.yesterday().unwrap_or(today));
    let from = params.day("from")?.unwrap_or_else(|| to.saturating_sub((FORM_DAYS - 1).days()));
    if !(0..MOST_DAYS).contains(&(to - from).get_days()) {
        let words = format!("起止日相差不超过 {MOST_DAYS} 天 / at most {MOST_DAYS} days");
        return Err(ApiError::parameter("from", words));
    }
    let (wanted, range) = (params.data_code("data_code")?, DayRange::between(from, to));
    let asked = wanted.clone();
    state.store.wait_for_roll_ups().await?;
    let ask = move |conn: &_| {
        let history = match asked.is_empty() {
            true => None,
            false => manual::history(conn, unit, &asked, range)?,
        };
        Ok((manual::items(conn, unit, range)?, history))
    };
    let (items, history) = state.store.read(ask).await?;
    if history.is_none() && !wanted.is_empty() {
        return Err(ApiError::missing("采集项", "item", &wanted));
    }
    Ok(Json(ManualForm { items: named(&state, items), history }))
}

/// The items of a unit of which values can be typed, with the missing days of a range.
pub(super) async fn items(
    state: &AppState,
    unit: i32,
    range: DayRange,
) -> ApiResult<Vec<ManualItem>> {
    state.store.wait_for_roll_ups().await?;
    let found = state.store.read(move |conn| Ok(manual::items(conn, unit, range)?)).await?;
    Ok(named(state, found))
}

/// Items with their names and units.
fn named(state: &AppState, items: Vec<(String, String, u32)>) -> Vec<ManualItem> {
    let dictionaries = state.dictionaries();
    let item = |(data_code, energy_type, missing_days): (String, String, u32)| {
        let known = dictionaries.energy_type(&energy_type);
        ManualItem {
            item_zh: known.map_or_else(|| data_code.clone(), |it| it.name_zh.clone()),
            item_en: known.map_or_else(|| data_code.clone(), |it| it.name_en.clone()),
            quantity_unit: dictionaries.unit_of_measure(&data_code),
            data_code,
            missing_days,
        }
    };
    let is_code = |it: &(String, String, u32)| DataCode::parse_strict(&it.0).is_ok();
    items.into_iter().filter(is_code).map(item).collect()
}
