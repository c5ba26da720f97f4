//! `/api/v1/units/{code}/plan`: the unit's own plan of a year, and how far it is kept.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::Uri;
use nengce_analysis::snapshot::Snapshot;
use nengce_shared::api::plan::{PlanMonth, PlanProduct, PlanRequest, PlanView};
use nengce_shared::basis::Basis;
use nengce_shared::lang::Lang;
use nengce_shared::month::Month;
use nengce_shared::projection::{METHOD_EN, METHOD_ZH, YearMonths, project_year_end};
use nengce_shared::quality;
use nengce_shared::trajectory::monthly_trajectory;
use serde_json::json;

use super::products::{YearValues, made, name};
use super::{unit_id, year};
use crate::http::access::reader::Reader;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::state::AppState;
use crate::http::submissions::turn::turn_of_unit;
use crate::store::audit::scope::ChangeNote;
use crate::store::costs::plans::{self, StoredPlan};

const MONTHS: usize = 12;
/// tce of a plan, at most.
const MOST_TCE: f64 = 1e9;
/// Targets of one plan, at most.
const MOST_TARGETS: usize = 50;

/// The plan of a year with what was done of it.
#[utoipa::path(get, path = "/api/v1/units/{code}/plan", tag = "costs",
    params(("code" = String, Path), ("year" = Option<i16>, Query, description = "the calendar year; default that of yesterday"),
           ("basis" = Option<String>, Query, description = "the basis of the figures where there is no plan; a plan has its own")),
    responses((status = 200, body = PlanView), (status = 400), (status = 404)))]
pub async fn get_plan(
    State(state): State<AppState>,
    reader: Reader,
    Path(code): Path<String>,
    uri: Uri,
) -> ApiResult<Json<PlanView>> {
    let params = Params::read(&uri, &["year", "basis"], Lang::Zh)?;
    let basis = crate::http::views::parameters::basis(&params)?;
    Ok(Json(view(&state, &reader, &code, (year(&state, &params)?, basis)).await?))
}

async fn view(
    state: &AppState,
    reader: &Reader,
    code: &str,
    (year, basis): (i16, Basis),
) -> ApiResult<PlanView> {
    let unit = unit_id(state, code)?;
    let stored = state.store.read(move |conn| plans::of_year(conn, unit, year)).await?;
    let city = state.snapshots.city(state, &reader.scope).await?;
    let at = city.unit(code)?;
    let basis = stored.as_ref().map_or(basis, |it| it.plan.basis);
    Ok(progress(city.snapshot(), at, (year, basis), stored))
}

/// tce of the complete months of a year.
fn done(snapshot: &Snapshot, unit: usize, year: i16, basis: Basis) -> YearMonths {
    let of =
        |month: Month| snapshot.tce_of_all(basis, unit, month).filter(|_| snapshot.is_done(month));
    std::array::from_fn(|at| of(Month::new(year, at as i8 + 1)?))
}

/// The plan of each month: as it was typed, else the budget spread as the year before went.
type Planned = (Option<[f64; MONTHS]>, Option<nengce_shared::trajectory::SpreadMethod>);

fn planned(plan: Option<&PlanRequest>, year: i16, before: &YearMonths) -> Planned {
    let Some(plan) = plan else { return (None, None) };
    if let Ok(typed) = <[f64; MONTHS]>::try_from(plan.months.as_slice()) {
        return (Some(typed), None);
    }
    let spread = plan.budget.and_then(|it| monthly_trajectory(it, year, before));
    spread.map_or((None, None), |it| (Some(it.months), Some(it.method)))
}

/// What was done of a plan, if there is one.
pub(in crate::http) fn progress(
    snapshot: &Snapshot,
    unit: usize,
    (year, basis): (i16, Basis),
    stored: Option<StoredPlan>,
) -> PlanView {
    let of = |year: i16| done(snapshot, unit, year, basis);
    let (now, before, earlier) = (of(year), of(year - 1), of(year - 2));
    let plan = stored.as_ref().map(|it| &it.plan);
    let (planned, spread) = planned(plan, year, &before);
    let both = |at: usize| Some((now[at]?, planned?[at]));
    let months = (0..MONTHS).filter_map(|at| {
        let month = Month::new(year, at as i8 + 1)?;
        let points = snapshot.points(unit, month);
        Some(PlanMonth {
            month: month.to_string(),
            planned: planned.map(|it| it[at]),
            done: now[at],
            before: before[at],
            difference: both(at).map(|(done, planned)| done - planned),
            completeness: quality::completeness(points.received.into(), points.expected.into()),
        })
    });
    let known: Vec<(f64, f64)> = (0..MONTHS).filter_map(both).collect();
    let sum = |of: fn(&(f64, f64)) -> f64| known.iter().map(of).reduce(|a, b| a + b);
    let typed = plan.filter(|it| it.months.len() == MONTHS).map(|it| it.months.iter().sum());
    let forecast = project_year_end(&now, &before, Some(&earlier));
    let interval = forecast.and_then(|it| it.interval);
    PlanView {
        enterprise_code: snapshot.units[unit].code.clone(),
        year,
        basis,
        budget: plan.and_then(|it| it.budget).or(typed),
        spread,
        months: months.collect(),
        months_done: now.iter().flatten().count() as u32,
        done: now.iter().flatten().copied().reduce(|a, b| a + b),
        planned: sum(|it| it.1),
        difference: sum(|it| it.0 - it.1),
        months_over: known.iter().filter(|it| it.0 > it.1).count() as u32,
        forecast: forecast.map(|it| it.total),
        forecast_low: interval.map(|it| it.low),
        forecast_high: interval.map(|it| it.high),
        method_zh: METHOD_ZH.to_owned(),
        method_en: METHOD_EN.to_owned(),
        products: products(snapshot, unit, year, plan),
        saved_by: stored.as_ref().map(|it| it.saved_by.clone()),
        saved_at: stored.as_ref().map(|it| it.saved_at.clone()),
        data_version: snapshot.version,
        plan: stored.map(|it| it.plan),
    }
}

/// The products that the unit makes in the year or the year before, and those of the plan.
fn products(
    snapshot: &Snapshot,
    unit: usize,
    year: i16,
    plan: Option<&PlanRequest>,
) -> Vec<PlanProduct> {
    let values = YearValues::of(snapshot, unit, year);
    let target = |code: &str| {
        plan.and_then(|it| it.products.iter().find(|it| it.product == code)).map(|it| it.value)
    };
    let all = snapshot.catalog.products.iter().enumerate();
    let made = [made(snapshot, unit, year), made(snapshot, unit, year - 1)].concat();
    let mine = all.filter(|(at, it)| made.contains(at) || target(&it.code).is_some());
    let row = |(at, it): (usize, &nengce_analysis::catalog::Product)| {
        let (target, value) = (target(&it.code), values.value(at).map(|it| it.value));
        PlanProduct {
            product: name(snapshot, at),
            unit: it.value_unit.clone(),
            target,
            value,
            difference: value.zip(target).map(|(value, target)| value - target),
        }
    };
    mine.map(row).collect()
}

/// Keeps the plan of a year; the one before it stays in the history.
#[utoipa::path(put, path = "/api/v1/units/{code}/plan", tag = "costs", params(("code" = String, Path)), request_body = PlanRequest,
    responses((status = 200, body = PlanView), (status = 400), (status = 404)))]
pub async fn put_plan(
    State(state): State<AppState>,
    reader: Reader,
    Path(code): Path<String>,
    JsonBody(plan): JsonBody<PlanRequest>,
) -> ApiResult<Json<PlanView>> {
    let unit = unit_id(&state, &code)?;
    if let Some((field, zh, en)) = problem(&state, &plan) {
        return Err(ApiError::parameter(field, format!("{zh} / {en}")));
    }
    let about = (plan.year, plan.basis);
    keep(&state, &reader, unit, vec![plan]).await?;
    Ok(Json(view(&state, &reader, &code, about).await?))
}

type PlanProblem = (&'static str, String, String);

/// What is wrong with a plan, with its field.
pub(super) fn problem(state: &AppState, it: &PlanRequest) -> Option<PlanProblem> {
    let wrong = |field, zh: &str, en: &str| Some((field, zh.to_owned(), en.to_owned()));
    let is_tce = |it: &f64| (0.0..=MOST_TCE).contains(it);
    if !(2000..=2100).contains(&it.year) {
        return wrong("year", "应为 2000–2100 年", "must be a year from 2000 to 2100");
    }
    if !(it.months.is_empty() || it.months.len() == MONTHS) || !it.months.iter().all(is_tce) {
        return wrong(
            "months",
            "应为 12 个月的 tce（不小于 0），或都不填",
            "must be twelve figures in tce from 0 on, or none",
        );
    }
    if it.budget.is_some_and(|it| !(is_tce(&it) && it > 0.0)) {
        return wrong("budget", "应为大于 0 的 tce", "must be above 0, in tce");
    }
    if it.months.is_empty() && it.budget.is_none() && it.products.is_empty() {
        return wrong("months", "没有填任何计划", "no plan is given");
    }
    if it.products.len() > MOST_TARGETS {
        let zh = format!("最多 {MOST_TARGETS} 个产品");
        return Some(("products", zh, format!("at most {MOST_TARGETS} products")));
    }
    let known = state.dictionaries();
    for (at, target) in it.products.iter().enumerate() {
        let is_twice = it.products[..at].iter().any(|other| other.product == target.product);
        if known.product(&target.product).is_none() || is_twice {
            let code = nengce_messages::echo(&target.product);
            let zh = format!("「{code}」不是产品代码，或重复");
            return Some(("products", zh, format!("'{code}' is no product code, or stands twice")));
        }
        if !target.value.is_finite() || target.value.abs() > MOST_TCE {
            return wrong("products", "目标应为数字", "the target must be a number");
        }
    }
    None
}

/// Stores plans that are right.
pub(super) async fn keep(
    state: &AppState,
    reader: &Reader,
    unit: i32,
    all: Vec<PlanRequest>,
) -> ApiResult<()> {
    let _turn = turn_of_unit(state, reader, unit).await?;
    let (by, now) = (reader.name.to_string(), state.clock.now());
    let write = move |write: &mut crate::store::change::Transaction<'_>| {
        let mut before = Vec::new();
        for plan in &all {
            before.extend(plans::of_year(write.conn, unit, plan.year)?.map(|it| it.plan));
            plans::insert(write.conn, unit, plan, &by, now)?;
        }
        write.note_change(ChangeNote {
            before: Some(json!({"plans": before})),
            ..ChangeNote::after(json!({"plans": all}))
        });
        Ok(())
    };
    Ok(state.store.write(write).await?)
}
