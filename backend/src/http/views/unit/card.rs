//! `GET /api/v1/units/{code}`: one unit's card: profile, devices, figures, products, meters, items.

use std::collections::HashMap;

use axum::extract::{Path, State};
use axum::response::Response;
use nengce_analysis::benchmark::place_in_industry;
use nengce_analysis::evaluation::Evaluation;
use nengce_analysis::query::{Filter, Query};
use nengce_analysis::reporting;
use nengce_analysis::required;
use nengce_analysis::targets::{Findings, score_of};
use nengce_analysis::unit_status::UnitStatus;
use nengce_analysis::unit_totals::change;
use nengce_analysis::units::products;
use nengce_core::reference::Dictionaries;
use nengce_shared::api::unit::{
    DeviceRow, ItemRow, MeterRow, ProfileField, UnitDetail, UnitOutage,
};
use nengce_shared::data_code::DataCode;
use nengce_shared::period::DayRange;
use nengce_shared::quality;
use serde_json::Value;

use super::meters::summary;
use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Column, Table};
use crate::http::operators::claim_evidence::describe;
use crate::http::state::AppState;
use crate::http::views::city::targets::findings;
use crate::http::views::{City, ViewRequest, parameters};
use crate::store::Connection;
use crate::store::queries::unit_card::{self, Owner};
use crate::store::queries::unit_energy;
use crate::store::queries::unit_items::{self, ItemAmount, ItemTce};

pub const KNOWN: [&str; 4] = ["from", "to", "compare", "basis"];

/// Days of an item's last days.
const SPARK_DAYS: i64 = 30;

pub async fn get_unit(
    State(state): State<AppState>,
    Path(code): Path<String>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let (params, reader) = (request.params(&KNOWN)?, &request.reader);
    let city = request.city(&state).await?;
    let at = city.unit(&code)?;
    let query = parameters::query(&params, city.snapshot())?;
    let findings = findings(&state, reader).await?;
    let tag = request.tag_of_state(&city, &params, &findings)?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let partial_months = city.partial_months(&state, &query).await?;
    let stored = stored(&state, &city, at, &query).await?;
    let evaluation = Evaluation::new(city.snapshot(), &query, &partial_months.days);
    let known = (city.loaded.statuses.as_slice(), &findings);
    let mut view = detail(&evaluation, known, &state.dictionaries(), at, stored);
    if !reader.scope.is_city() {
        // A rank among some units of the city would be taken for the rank in the city.
        view.industry_place = None;
        view.score_rank = None;
    }
    view.devices.retain(|it| reader.sees_devices || it.approved_at.is_some());
    describe(&state, &mut view.devices, reader.sees_devices);
    for device in &mut view.devices {
        reader.device(&mut device.device_id);
    }
    for field in &mut view.profile {
        reader.text(&state, &mut field.value);
    }
    request
        .answer(&params, &tag, &view, |lang| Table::of("unit-items", &view.items, &ITEMS, lang))
        .await
}

/// What the store holds of the unit beside its sums.
struct Stored {
    outage: Option<UnitOutage>,
    profile: Option<String>,
    devices: Vec<DeviceRow>,
    meters: Vec<MeterRow>,
    amounts: Vec<ItemAmount>,
    now: HashMap<String, ItemTce>,
    before: HashMap<String, ItemTce>,
    points: Vec<unit_energy::ItemPoints>,
    sparks: HashMap<String, Vec<Option<f64>>>,
}

async fn stored(
    state: &AppState,
    city: &std::sync::Arc<City>,
    at: usize,
    query: &Query,
) -> ApiResult<Stored> {
    let (city, query) = (std::sync::Arc::clone(city), query.clone());
    Ok(state.store.read(move |conn| read(conn, &city, at, &query)).await?)
}

fn read(
    conn: &Connection,
    city: &City,
    at: usize,
    query: &Query,
) -> Result<Stored, crate::store::StoreError> {
    let (info, id) = (&city.snapshot().units[at], city.loaded.statuses[at].id);
    let owner = Owner { id, code: &info.code, name: &info.name, region: &info.region };
    let (today, basis) = (city.snapshot().today, query.basis);
    let yesterday = today.yesterday().unwrap_or(today);
    let (now, before) = (query.spans.now_parts(), query.spans.before_parts());
    let end = query.spans.now.to();
    let first = end.checked_sub(jiff::Span::new().days(SPARK_DAYS - 1)).unwrap_or(end);
    let due = DayRange::new(query.spans.now.from(), end.min(yesterday)).ok();
    Ok(Stored {
        outage: unit_card::outage(conn, id, &today.to_string())?,
        profile: unit_card::profile(conn, id)?,
        devices: unit_card::devices(conn, &owner)?,
        meters: unit_card::meters(conn, id, &today.to_string())?,
        amounts: unit_items::items(conn, id, &now, query.spans.now)?,
        now: unit_items::tce(conn, id, basis, &now)?,
        before: unit_items::tce(conn, id, basis, &before)?,
        points: match due {
            Some(days) => unit_energy::points(conn, id, days, yesterday)?,
            None => Vec::new(),
        },
        sparks: unit_items::sparks(conn, id, DayRange::between(first, end))?,
    })
}

fn detail(
    evaluation: &Evaluation<'_>,
    (statuses, findings): (&[UnitStatus], &Findings),
    dictionaries: &Dictionaries,
    at: usize,
    stored: Stored,
) -> UnitDetail {
    let info = &evaluation.snapshot.units[at];
    let key = Some(("unit", info.code.as_str()));
    let (intensity, _) = required::status(evaluation, &[at], &[], key);
    let scored = score_of(evaluation, statuses, findings, at);
    let own = Query { filter: Filter::default(), comparison: None, ..evaluation.query.clone() };
    let narrowed = Evaluation {
        selected: vec![at],
        compared_units: None,
        now: evaluation.now.clone(),
        before: evaluation.before.clone(),
        query: &own,
        ..*evaluation
    };
    UnitDetail {
        scope: narrowed.scope(),
        unit: evaluation.unit_ref(at),
        profile: profile(stored.profile.as_deref()),
        energy_conversion_unit: statuses[at].declares_conversion,
        outage: stored.outage.clone(),
        reporting: reporting::of(&statuses[at], evaluation.snapshot.today),
        last_day: statuses[at].last_day.map(|it| it.to_string()),
        total: evaluation.total(&[at]),
        intensity,
        completeness: evaluation.completeness(&[at]),
        products: products(evaluation, at),
        industry_place: place_in_industry(evaluation, at),
        meters: summary(dictionaries, &stored.meters),
        score: scored.map(|it| it.0),
        score_rank: scored.map(|it| it.1),
        items: items(evaluation, dictionaries, at, &stored),
        devices: stored.devices,
    }
}

/// The fields of the profile as stored, in its own order.
pub(super) fn profile(json: Option<&str>) -> Vec<ProfileField> {
    let Some(Ok(Value::Object(fields))) = json.map(serde_json::from_str) else {
        return Vec::new();
    };
    let text = |value: Value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    let known = fields.into_iter().filter(|(_, value)| !value.is_null());
    known.map(|(field, value)| ProfileField { field, value: text(value) }).collect()
}

fn items(
    evaluation: &Evaluation<'_>,
    dictionaries: &Dictionaries,
    at: usize,
    stored: &Stored,
) -> Vec<ItemRow> {
    let mut rows: Vec<_> = stored.amounts.iter().map(|it| item(dictionaries, it, stored)).collect();
    if !evaluation.is_comparable(&[at]) {
        rows.iter_mut().for_each(|it| it.change = None);
    }
    rows
}

fn item(dictionaries: &Dictionaries, amount: &ItemAmount, stored: &Stored) -> ItemRow {
    let code = DataCode::parse_strict(&amount.data_code).ok();
    let names = code.and_then(|it| dictionaries.item_name(&it));
    let now = stored.now.get(&amount.data_code);
    let total = change(now.map(|it| it.tce), stored.before.get(&amount.data_code).map(|it| it.tce));
    let points = stored.points.iter().find(|it| it.data_code == amount.data_code);
    ItemRow {
        data_code: amount.data_code.clone(),
        name_zh: names.map_or(amount.data_code.clone(), |it| it.0.to_owned()),
        name_en: names.map_or(amount.data_code.clone(), |it| it.1.to_owned()),
        in_dictionary: amount.in_dictionary,
        group: code
            .filter(|it| it.class().is_some_and(|it| it.is_energy()))
            .map(|it| it.energy_group()),
        role: amount.role.clone(),
        counted: amount.counted,
        quantity: amount.quantity,
        quantity_unit: code.and_then(|it| dictionaries.quantity_unit(&it).map(str::to_owned)),
        factor_kgce: now.and_then(|it| it.factor_kgce),
        factor_source: now.and_then(|it| it.factor_source.clone()),
        tce: total.value,
        previous_tce: total.previous,
        change: total.change,
        day_source: amount.day_source.clone(),
        completeness: points.and_then(|it| quality::completeness(it.received, it.expected)),
        spark: stored
            .sparks
            .get(&amount.data_code)
            .cloned()
            .unwrap_or_else(|| vec![None; SPARK_DAYS as usize]),
    }
}

const ITEMS: [Column<ItemRow>; 12] = [
    Column::new("数据编码", "Data code", |it, _| it.data_code.as_str().into()),
    Column::new("名称", "Name", |it, lang| lang.pick(&it.name_zh, &it.name_en).into()),
    Column::new("用途角色", "Role", |it, _| it.role.as_str().into()),
    Column::new("计入", "Counted", |it, _| it.counted.into()),
    Column::new("用量", "Quantity", |it, _| it.quantity.into()),
    Column::new("计量单位", "Unit", |it, _| it.quantity_unit.clone().into()),
    Column::new("折标系数 kgce/单位", "Factor, kgce per unit", |it, _| it.factor_kgce.into()),
    Column::new("系数来源", "Factor source", |it, _| it.factor_source.clone().into()),
    Column::new("标准煤 tce", "tce", |it, _| it.tce.into()),
    Column::new("对比期 tce", "Comparison, tce", |it, _| it.previous_tce.into()),
    Column::new("日值来源", "Day source", |it, _| it.day_source.clone().into()),
    Column::percent("完整率", "Completeness", |it, _| it.completeness.into()),
];
