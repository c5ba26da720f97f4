//! `GET /api/v1/units/{code}/energy`: one unit's figures by day, month or year.

use axum::extract::{Path, State};
use axum::response::Response;
use jiff::civil::Date;
use nengce_analysis::spans::Spans;
use nengce_analysis::unit_energy::{default_span, rows};
use nengce_shared::api::unit::{EnergyRow, UnitEnergy};
use nengce_shared::basis::Basis;
use nengce_shared::period::{DayRange, Grain};
use nengce_shared::quality;

use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::http::views::{ViewRequest, parameters};
use crate::store::Connection;
use crate::store::queries::unit_energy as query;

pub const KNOWN: [&str; 4] = ["from", "to", "grain", "basis"];

pub async fn get_energy(
    State(state): State<AppState>,
    Path(code): Path<String>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&KNOWN)?;
    let words = [Grain::Day.as_str(), Grain::Month.as_str(), Grain::Year.as_str()];
    let grain = params.one_of("grain", &words, Grain::parse)?.unwrap_or(Grain::Month);
    let basis = parameters::basis(&params)?;
    let tag = request.own_tag(&state, &params).await?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let known = find(&state, &code).await?;
    let today = state.clock.today();
    let span = parameters::days(&params, default_span(known.last_day, today))?;
    let view =
        state.store.read(move |conn| energy(conn, &known, grain, basis, span, today)).await?;
    request
        .answer(&params, &tag, &view, |lang| Table::of("unit-energy", &view.rows, &ROWS, lang))
        .await
}

/// The unit with this credit code, or the answer that there is none.
pub async fn find(state: &AppState, code: &str) -> ApiResult<query::Known> {
    let (wanted, today) = (code.to_owned(), state.clock.today());
    let found = state.store.read(move |conn| Ok(query::find(conn, &wanted, today)?)).await?;
    found.ok_or_else(|| ApiError::missing("用能单位", "unit", code))
}

/// The 365 days up to the unit's last day with data: the span of its curves unless one is named.
pub fn last_365_days(unit: &query::Known, today: Date) -> DayRange {
    let last = unit.last_day.unwrap_or(today);
    DayRange::between(last.saturating_sub(jiff::Span::new().days(364)), last)
}

type Asking<T> = Result<T, crate::store::StoreError>;

fn energy(
    conn: &Connection,
    known: &query::Known,
    grain: Grain,
    basis: Basis,
    span: DayRange,
    today: Date,
) -> Asking<UnitEnergy> {
    let rows = match grain {
        Grain::Day => rows(grain, query::days(conn, known.id, basis, span)?, Vec::new()),
        Grain::Month | Grain::Year => {
            let parts = Spans::of(span, Default::default(), None).now_parts();
            let whole = parts.whole.first().zip(parts.whole.last());
            let months = match whole {
                Some((first, last)) => {
                    let range = DayRange::between(first.first_day(), last.first_day());
                    query::months(conn, known.id, basis, range)?
                }
                None => Vec::new(),
            };
            let mut days = Vec::new();
            for partial_month in parts.partial_months {
                days.extend(query::days(conn, known.id, basis, partial_month)?);
            }
            rows(grain, days, months)
        }
    };
    Ok(UnitEnergy {
        unit: "tce".to_owned(),
        basis,
        grain: grain.as_str().to_owned(),
        from: span.from().to_string(),
        to: span.to().to_string(),
        completeness: completeness(conn, known.id, span, today)?,
        total_tce: rows.iter().fold(0.0, |sum, it: &EnergyRow| sum + it.tce),
        rows,
    })
}

/// received / expected over the days up to yesterday.
fn completeness(conn: &Connection, unit: i32, span: DayRange, today: Date) -> Asking<Option<f64>> {
    let horizon = span.to().min(today.yesterday().unwrap_or(today));
    let Ok(days) = DayRange::new(span.from(), horizon) else {
        return Ok(None);
    };
    let yesterday = today.yesterday().unwrap_or(today);
    let points = query::points(conn, unit, days, yesterday)?;
    let sum = |part: fn(&query::ItemPoints) -> u64| points.iter().map(part).sum();
    Ok(quality::completeness(sum(|it| it.received), sum(|it| it.expected)))
}

const ROWS: [Column<EnergyRow>; 9] = [
    Column::new("时段", "Period", |it, _| it.period.as_str().into()),
    Column::new("能源代码", "Energy type", |it, _| it.energy_type.as_str().into()),
    Column::new("数据编码", "Data code", |it, _| it.data_code.as_str().into()),
    Column::new("用量", "Quantity", |it, _| it.quantity.into()),
    Column::new("计量单位", "Unit", |it, _| it.quantity_unit.as_str().into()),
    Column::new("折标系数 kgce/单位", "Factor, kgce per unit", |it, _| it.factor_kgce.into()),
    Column::new("系数来源", "Factor source", |it, _| it.factor_source.as_str().into()),
    Column::new("标准煤 tce", "tce", |it, _| it.tce.into()),
    Column::new("数据来源", "Source", |it, _| it.source.as_str().into()),
];
