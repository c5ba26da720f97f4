//! The energy cost of a unit's products, and what their gaps to the benchmark cost.

use std::collections::HashSet;

use nengce_analysis::benchmark::product_values;
use nengce_analysis::evaluation::Evaluation;
use nengce_analysis::query::{Filter, Query};
use nengce_analysis::snapshot::{ProductMonth, Snapshot, basis_index};
use nengce_analysis::spans::{ComparisonSpan, Spans};
use nengce_core::costs::year::Costs;
use nengce_shared::api::common::Named;
use nengce_shared::api::cost::{CostGap, CostProduct, CostSpan};
use nengce_shared::basis::Basis;
use nengce_shared::benchmark::saving_potential;
use nengce_shared::month::Month;
use nengce_shared::period::DayRange;

use crate::store::costs::readings::TceOfMonths;

const MONTHS_OF_YEAR: f64 = 12.0;

/// The products, by index, that the unit makes in the year.
pub(super) fn made(snapshot: &Snapshot, unit: usize, year: i16) -> Vec<usize> {
    let is_made = |product: &usize| {
        let mut rows = snapshot.products.iter();
        rows.any(|it| {
            it.unit == unit && it.product == *product && it.month.year() == year && it.output > 0.0
        })
    };
    (0..snapshot.catalog.products.len()).filter(is_made).collect()
}

pub(super) fn name(snapshot: &Snapshot, product: usize) -> Named {
    let it = &snapshot.catalog.products[product];
    Named { code: it.code.clone(), zh: it.zh.clone(), en: it.en.clone() }
}

/// The complete months of a year, and the consumption per output of the unit in them by product.
pub(super) struct YearValues {
    pub months: Vec<Month>,
    values: Vec<(usize, nengce_analysis::benchmark::Value)>,
}

impl YearValues {
    pub(super) fn of(snapshot: &Snapshot, unit: usize, year: i16) -> Self {
        let months: Vec<Month> = (1..=12)
            .filter_map(|it| Month::new(year, it))
            .filter(|it| snapshot.holds(*it) && snapshot.is_done(*it))
            .collect();
        let spans =
            Spans::of(DayRange::year(year), ComparisonSpan::YearBefore, snapshot.data_until);
        let (filter, basis) = (Filter::default(), Basis::Equivalent);
        let query = Query { filter, basis, spans, comparison: None };
        let evaluation = Evaluation::new(snapshot, &query, &[]);
        let products = made(snapshot, unit, year).into_iter();
        let values = products.filter_map(|it| {
            let all = product_values(&evaluation, it, &months);
            all.into_iter().find(|value| value.unit == unit).map(|value| (it, value))
        });
        Self { values: values.collect(), months }
    }

    pub(super) fn value(&self, product: usize) -> Option<nengce_analysis::benchmark::Value> {
        self.values.iter().find(|it| it.0 == product).map(|it| it.1)
    }
}

pub(super) fn products(
    snapshot: &Snapshot,
    unit: usize,
    year: i16,
    basis: Basis,
    months: &[CostSpan],
) -> Vec<CostProduct> {
    let made = made(snapshot, unit, year);
    let is_whole = |it: &&CostSpan| it.days_without_reading == 0 && it.days_without_price == 0;
    let known: Vec<(Month, f64)> = months
        .iter()
        .filter(is_whole)
        .filter_map(|it| Some((it.period.parse().ok()?, it.cost?)))
        .filter(|it: &(Month, f64)| snapshot.is_done(it.0))
        .collect();
    let row = |product: &usize| {
        let rows = |month: Month| {
            let mine = snapshot.products.iter();
            mine.filter(move |it| {
                it.unit == unit && it.product == *product && it.month == month && it.output > 0.0
            })
        };
        let (mut output, mut cost, mut count) = (0.0, Some(0.0), 0);
        for (month, whole) in &known {
            let made_in: f64 = rows(*month).map(|it| it.output).sum();
            if made_in <= 0.0 {
                continue;
            }
            let share = match made.len() {
                1 => Some(1.0),
                _ => process_share(snapshot, unit, *month, basis, rows(*month)),
            };
            output += made_in;
            count += 1;
            cost = cost.zip(share).map(|(cost, share)| cost + whole * share);
        }
        let cost = cost.filter(|_| count > 0);
        let by = match (count, cost, made.len()) {
            (0, ..) => "no_month",
            (_, None, _) => "unknown",
            (_, Some(_), 1) => "whole",
            _ => "process",
        };
        CostProduct {
            product: name(snapshot, *product),
            output,
            output_unit: snapshot.catalog.products[*product].output_unit.clone(),
            months: count,
            cost,
            cost_per_output: cost.map(|it| it / output).filter(|it| it.is_finite()),
            by: by.to_owned(),
        }
    };
    made.iter().map(row).collect()
}

/// The share of a product's process in the unit's tce of a month.
fn process_share<'a>(
    snapshot: &Snapshot,
    unit: usize,
    month: Month,
    basis: Basis,
    rows: impl Iterator<Item = &'a ProductMonth>,
) -> Option<f64> {
    let process: Option<f64> = rows.map(|it| Some(it.process_tce?[basis_index(basis)])).sum();
    let whole = snapshot.tce_of_all(basis, unit, month).filter(|it| *it > 0.0)?;
    process.map(|it| (it / whole).clamp(0.0, 1.0))
}

/// The gap of each product to its benchmark over the complete months of the year, as a year, at the unit's own prices.
pub(super) fn gaps(
    snapshot: &Snapshot,
    unit: usize,
    year: i16,
    costs: &Costs,
    tce: &[TceOfMonths; 2],
) -> Vec<CostGap> {
    let found = YearValues::of(snapshot, unit, year);
    let gap = |product: usize| {
        let definition = &snapshot.catalog.products[product];
        let value = found.value(product);
        let limits = &definition.limits;
        let benchmark = limits.benchmark;
        let potential = value
            .zip(benchmark)
            .map(|(it, level)| saving_potential(it.value, level, it.output) / it.per_tce);
        let has_output = |month: &&Month| {
            snapshot.products.iter().any(|it| {
                it.unit == unit && it.product == product && it.month == **month && it.output > 0.0
            })
        };
        let months = found.months.iter().filter(has_output).count();
        let a_year = potential.filter(|_| months > 0).map(|it| it * MONTHS_OF_YEAR / months as f64);
        let price = yuan_per_tce(costs, &tce[basis_index(definition.basis)]);
        let missing = match (benchmark, a_year, price) {
            (None, ..) => Some("no_benchmark"),
            (_, None, _) => Some("no_value"),
            (.., None) => Some("no_price"),
            _ => None,
        };
        CostGap {
            product: name(snapshot, product),
            value: value.map(|it| it.value),
            benchmark,
            limits: vec![limits.level1, limits.level2, limits.level3],
            grade: value.and_then(|it| limits.grade(it.value)),
            is_over_limit: value.and_then(|it| limits.is_over_limit(it.value)),
            unit: definition.value_unit.clone(),
            output: value.map(|it| it.output),
            output_unit: definition.output_unit.clone(),
            potential_tce: potential,
            months: months as u32,
            potential_tce_a_year: a_year,
            yuan_per_tce: price,
            yuan_a_year: a_year.zip(price).map(|(tce, price)| tce * price),
            missing: missing.map(str::to_owned),
        }
    };
    made(snapshot, unit, year).into_iter().map(gap).collect()
}

/// The unit's own price of energy: costs of quantity over tce, of energy types and months that have a price on every day.
fn yuan_per_tce(costs: &Costs, tce: &TceOfMonths) -> Option<f64> {
    let place =
        |it: &nengce_core::costs::year::EnergyDay| (it.energy_type.clone(), Month::of(it.day));
    let unpriced: HashSet<(String, Month)> =
        costs.days.iter().filter(|it| it.lacks_price()).map(place).collect();
    let mut months: HashSet<(String, Month)> = HashSet::new();
    let mut cost = 0.0;
    for it in &costs.days {
        let place = place(it);
        if unpriced.contains(&place) || tce.get(&place).is_none_or(|it| *it <= 0.0) {
            continue;
        }
        if let Some(of_day) = it.cost() {
            cost += of_day;
            months.insert(place);
        }
    }
    let energy: f64 = months.iter().filter_map(|it| tce.get(it)).sum();
    (energy > 0.0).then(|| cost / energy)
}
