//! One figure per unit: process energy over output where processes are metered, else the reported
//! indicator weighted by output; for an industry, energy per value added.

use nengce_shared::api::benchmark::WithoutValue;
use nengce_shared::basis::Basis;
use nengce_shared::month::Month;
use nengce_shared::number::decimal;

use super::Chosen;
use crate::evaluation::Evaluation;
use crate::ratio::own;
use crate::snapshot::{ProductMonth, basis_index};

/// A unit's figure over a span; `value` is the decimal figure that is ranked and held against limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    /// The index of the unit.
    pub unit: usize,
    /// The unit product consumption, or the intensity.
    pub value: f64,
    /// The output, or the value added.
    pub output: f64,
    /// The energy in tce.
    pub tce: f64,
    /// Value units times output per tce.
    pub per_tce: f64,
    /// `computed` or `reported`.
    pub source: &'static str,
}

/// Figures of what was chosen.
pub(super) fn of(evaluation: &Evaluation<'_>, chosen: &Chosen, months: &[Month]) -> Vec<Value> {
    match chosen {
        Chosen::Product(at) => product_values(evaluation, *at, months),
        Chosen::Industry(code) => industry_values(evaluation, code, months),
    }
}

/// Unit product consumption of the units in scope, on the product's own basis.
pub fn product_values(evaluation: &Evaluation<'_>, product: usize, months: &[Month]) -> Vec<Value> {
    let definition = &evaluation.catalog.products[product];
    let rows = of_product(evaluation, product);
    rows.chunk_by(|a, b| a.unit == b.unit)
        .filter(|rows| evaluation.selected.contains(&rows[0].unit))
        .filter_map(|rows| {
            let inside = || rows.iter().filter(|it| months.contains(&it.month) && it.output > 0.0);
            computed(inside(), definition.basis, definition.value_per_tce)
                .or_else(|| reported(inside(), definition.value_per_tce))
        })
        .collect()
}

/// Energy per value added of the units of an industry in scope.
pub fn industry_values(evaluation: &Evaluation<'_>, code: &str, months: &[Month]) -> Vec<Value> {
    let units = evaluation
        .selected
        .iter()
        .filter(|it| evaluation.snapshot.units[**it].industry.starts_with(code));
    units
        .filter_map(|unit| {
            let sums = months.iter().filter_map(|month| own(evaluation, *unit, *month));
            let (tce, output) = sums.fold((0.0, 0.0), |(e, o), it| (e + it.energy, o + it.output));
            let value = nengce_shared::intensity::ratio(tce, output)?;
            Some(Value {
                unit: *unit,
                value: decimal(value),
                output,
                tce,
                per_tce: 1.0,
                source: "computed",
            })
        })
        .collect()
}

fn of_product<'a>(evaluation: &'a Evaluation<'_>, product: usize) -> &'a [ProductMonth] {
    let rows = &evaluation.snapshot.products;
    let from = rows.partition_point(|it| it.product < product);
    let to = rows.partition_point(|it| it.product <= product);
    &rows[from..to]
}

fn computed<'a>(
    rows: impl Iterator<Item = &'a ProductMonth>,
    basis: Basis,
    per_tce: f64,
) -> Option<Value> {
    let mut sum: Option<Value> = None;
    for row in rows {
        if let Some(tce) = row.process_tce {
            let it = sum.get_or_insert(Value {
                unit: row.unit,
                value: 0.0,
                output: 0.0,
                tce: 0.0,
                per_tce,
                source: "computed",
            });
            it.tce += tce[basis_index(basis)];
            it.output += row.output;
        }
    }
    sum.map(|it| Value { value: decimal(it.tce * per_tce / it.output), ..it })
}

/// What the unit reports stays as it was reported; months that differ are weighted by output.
fn reported<'a>(rows: impl Iterator<Item = &'a ProductMonth>, per_tce: f64) -> Option<Value> {
    let mut sum: Option<Value> = None;
    let mut same: Option<Option<f64>> = None;
    for row in rows {
        if let Some(indicator) = row.indicator.map(decimal) {
            let told = same.get_or_insert(Some(indicator));
            *told = told.filter(|it| *it == indicator);
            let it = sum.get_or_insert(Value {
                unit: row.unit,
                value: 0.0,
                output: 0.0,
                tce: 0.0,
                per_tce,
                source: "reported",
            });
            it.tce += indicator * row.output / per_tce;
            it.output += row.output;
        }
    }
    sum.map(|it| Value {
        value: same.flatten().unwrap_or_else(|| decimal(it.tce * per_tce / it.output)),
        ..it
    })
}

/// Parts the figures of units that are too incomplete to be ranked.
pub(super) fn usable(
    evaluation: &Evaluation<'_>,
    values: Vec<Value>,
    least: f64,
) -> (Vec<Value>, Vec<WithoutValue>) {
    let incomplete = |unit: usize| evaluation.now[unit].completeness().is_some_and(|it| it < least);
    let (out, kept): (Vec<_>, Vec<_>) = values.into_iter().partition(|it| incomplete(it.unit));
    let reason = |it: Value| WithoutValue {
        unit: evaluation.unit_ref(it.unit),
        reason: "too_incomplete".to_owned(),
    };
    (kept, out.into_iter().map(reason).collect())
}

/// Units that belong to the subject and have no figure in the span.
pub(super) fn missing(
    evaluation: &Evaluation<'_>,
    chosen: &Chosen,
    kept: &[Value],
    named: &[WithoutValue],
) -> Vec<WithoutValue> {
    let units: Vec<usize> = match chosen {
        Chosen::Product(at) => {
            let mut units: Vec<usize> =
                of_product(evaluation, *at).iter().map(|it| it.unit).collect();
            units.dedup();
            units.retain(|it| evaluation.selected.contains(it));
            units
        }
        Chosen::Industry(code) => {
            let selected = evaluation.selected.iter().copied();
            selected
                .filter(|it| evaluation.snapshot.units[*it].industry.starts_with(code.as_str()))
                .collect()
        }
    };
    let without = units.into_iter().filter(|unit| {
        let code = &evaluation.snapshot.units[*unit].code;
        kept.iter().all(|it| it.unit != *unit)
            && named.iter().all(|it| it.unit.enterprise_code != *code)
    });
    let reason = |unit: usize| match chosen {
        Chosen::Product(at) => {
            let months = evaluation.query.spans.now_parts().whole;
            let made = of_product(evaluation, *at)
                .iter()
                .any(|it| it.unit == unit && it.output > 0.0 && months.contains(&it.month));
            if made { "no_energy" } else { "no_output" }
        }
        Chosen::Industry(_) if evaluation.now[unit].tce(&[]).is_none() => "no_energy",
        Chosen::Industry(_) => "no_output",
    };
    without
        .map(|it| WithoutValue { unit: evaluation.unit_ref(it), reason: reason(it).to_owned() })
        .collect()
}
