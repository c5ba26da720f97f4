//! `GET /api/v1/units/{code}/costs`: what the energy of a unit cost in a year, from its readings and its tariffs.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::Uri;
use nengce_core::costs::tariff::Tariff;
use nengce_core::costs::year::{Costs, EnergyDay, costs};
use nengce_core::reference::Dictionaries;
use nengce_shared::api::cost::{CostEnergy, CostPeriod, CostView};
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::lang::Lang;
use nengce_shared::month::Month;
use nengce_shared::period::DayRange;
use nengce_shared::tariff::{TariffCharge, TariffPeriod};

use super::tariffs::{counting, unit_of};
use super::{demand, products, spans, unit_id, year};
use crate::http::access::reader::Reader;
use crate::http::content::names::energy_name;
use crate::http::content::problem::ApiResult;
use crate::http::content::query::Params;
use crate::http::state::AppState;
use crate::http::views::parameters;
use crate::store::costs::demand as peaks;
use crate::store::costs::readings;
use crate::store::costs::tariffs;

/// The costs of a year by month, energy, period and product, and the days of one month.
#[utoipa::path(get, path = "/api/v1/units/{code}/costs", tag = "costs",
    params(("code" = String, Path), ("year" = Option<i16>, Query, description = "the calendar year; default that of yesterday"),
           ("month" = Option<String>, Query, description = "the month whose days are wanted, YYYY-MM; default the last one of the year that is counted"),
           ("basis" = Option<String>, Query, description = "calorific or equivalent (default) value of electricity")),
    responses((status = 200, body = CostView), (status = 400), (status = 404)))]
pub async fn get_costs(
    State(state): State<AppState>,
    reader: Reader,
    Path(code): Path<String>,
    uri: Uri,
) -> ApiResult<Json<CostView>> {
    let params = Params::read(&uri, &["year", "month", "basis"], Lang::Zh)?;
    let (unit, year) = (unit_id(&state, &code)?, year(&state, &params)?);
    let basis = parameters::basis(&params)?;
    let of_year = |it: &str| it.parse::<Month>().ok().filter(|it| it.year() == year);
    let asked = params.one_of("month", &[&format!("{year}-01 – {year}-12")], of_year)?;
    let city = state.snapshots.city(&state, &reader.scope).await?;
    let at = city.unit(&code)?;
    state.store.wait_for_roll_ups().await?;
    let (known, today) = (state.dictionaries(), state.clock.today());
    let whole = DayRange::year(year);
    let span = today.yesterday().ok().filter(|it| *it >= whole.from());
    let span = span.map(|it| DayRange::between(whole.from(), it.min(whole.to())));
    let dictionaries = std::sync::Arc::clone(&known);
    let ask = move |conn: &_| {
        let prices = counting(&tariffs::of_unit(conn, unit)?, &dictionaries);
        let (found, peaks) = match span {
            Some(span) => (
                readings::of_span(conn, unit, span, &by_hour(&prices))?,
                peaks::of_span(conn, unit, span)?,
            ),
            None => Default::default(),
        };
        Ok((prices, found, peaks))
    };
    let (prices, found, peaks) = state.store.read(ask).await?;
    let costs =
        span.map_or_else(Costs::default, |it| costs(&found.items, &found.readings, &prices, it));
    let months: Vec<_> = span
        .into_iter()
        .flat_map(|span| span.months().filter_map(move |it| part(it, span)))
        .map(|(month, range)| spans::of_month(&costs, month, range))
        .collect();
    let month = asked.or(span.map(|it| Month::of(it.to())));
    let days = month.and_then(|it| part(it, span?)).map(|it| it.1);
    Ok(Json(CostView {
        enterprise_code: code,
        year,
        basis,
        until: span.map(|it| it.to().to_string()),
        total: spans::sum(year.to_string(), &months),
        month: month.map(|it| it.to_string()),
        days: days
            .into_iter()
            .flat_map(|it| it.iter())
            .map(|it| spans::of_day(&costs, it))
            .collect(),
        energies: energies(&costs, &known),
        periods: periods(&costs, &known),
        products: products::products(city.snapshot(), at, year, basis, &months),
        gaps: products::gaps(city.snapshot(), at, year, &costs, &found.tce),
        demand: span.map_or_else(Vec::new, |it| demand::months(it, &peaks, &prices, &known)),
        months,
        data_version: city.snapshot().version,
    }))
}

/// The days of a month within a span.
fn part(month: Month, span: DayRange) -> Option<(Month, DayRange)> {
    let range = DayRange::between(month.first_day(), month.last_day()).intersect(&span)?;
    Some((month, range))
}

/// The energy types whose price depends on the hour: `,3300,3200,`.
fn by_hour(tariffs: &[Tariff]) -> String {
    let is_by_hour = |it: &&Tariff| {
        it.charge == TariffCharge::Quantity && (1..=12).any(|month| it.only_line(month).is_none())
    };
    tariffs.iter().filter(is_by_hour).fold(",".to_owned(), |all, it| all + &it.energy_type + ",")
}

fn energies(costs: &Costs, known: &Dictionaries) -> Vec<CostEnergy> {
    let mut of_type: BTreeMap<&str, Vec<&EnergyDay>> = BTreeMap::new();
    for it in &costs.days {
        of_type.entry(&it.energy_type).or_default().push(it);
    }
    let fixed = (!costs.fixed.is_empty()).then(|| costs.fixed.values().sum::<f64>());
    let row = |(code, days): (&str, Vec<&EnergyDay>)| {
        let quantity = |wanted: &dyn Fn(&EnergyDay) -> bool| {
            let mine = days.iter().filter(|it| wanted(it)).filter_map(|it| it.quantity);
            mine.reduce(|a, b| a + b)
        };
        let count = |wanted: fn(&EnergyDay) -> bool| {
            days.iter().filter(|it| !it.is_rest && wanted(it)).count() as u32
        };
        let group = EnergyGroup::of_type(code);
        CostEnergy {
            energy: energy_name(known, code),
            group,
            unit: unit_of(known, code).unwrap_or_default(),
            quantity: quantity(&|_| true),
            unpriced: quantity(&EnergyDay::lacks_price).unwrap_or_default(),
            at_mean: quantity(&EnergyDay::is_at_mean).unwrap_or_default(),
            by_month: quantity(&|it| it.is_rest).unwrap_or_default(),
            cost: days.iter().filter_map(|it| it.cost()).reduce(|a, b| a + b),
            fixed: fixed.filter(|_| group == EnergyGroup::Electricity),
            days_without_reading: count(|it| it.lacks_reading),
            days_without_price: count(EnergyDay::lacks_price),
            days_at_mean: count(EnergyDay::is_at_mean),
        }
    };
    of_type.into_iter().map(row).collect()
}

/// The parts of what has a time-of-use price; what has one price at all hours needs no row.
fn periods(costs: &Costs, known: &Dictionaries) -> Vec<CostPeriod> {
    let mut sums: BTreeMap<(&str, Option<TariffPeriod>), (f64, f64)> = BTreeMap::new();
    for it in &costs.days {
        for part in it.parts.iter().filter(|it| it.period != Some(TariffPeriod::AllHours)) {
            let sum = sums.entry((&it.energy_type, part.period)).or_default();
            sum.0 += part.quantity;
            sum.1 += part.cost;
        }
    }
    let row = |((code, period), (quantity, cost)): ((&str, Option<TariffPeriod>), (f64, f64))| {
        let unit = unit_of(known, code).unwrap_or_default();
        CostPeriod { energy: energy_name(known, code), period, quantity, unit, cost }
    };
    sums.into_iter().map(row).collect()
}
