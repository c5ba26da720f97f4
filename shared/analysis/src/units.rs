//! The list of units with their figures, and the figures of one unit's page that need its peers.

use nengce_shared::api::unit::{UnitProduct, UnitRow};

use super::benchmark::{product_values, rank};
use super::evaluation::Evaluation;
use super::ratio::of_span;
use super::reporting;
use super::unit_status::UnitStatus;

/// Whether a unit answers a search: part of its name, code or industry.
pub fn answers(evaluation: &Evaluation<'_>, unit: usize, q: &str) -> bool {
    let q = q.trim().to_lowercase();
    let it = &evaluation.snapshot.units[unit];
    let industry = evaluation.catalog.industry(&it.industry);
    let texts = [&it.name, &it.code, &it.industry, &industry.zh, &industry.en];
    q.is_empty() || texts.into_iter().any(|text| text.to_lowercase().contains(&q))
}

/// Units in scope that answer the search, largest consumption first.
pub fn ranked(evaluation: &Evaluation<'_>, q: &str) -> Vec<usize> {
    let mut units: Vec<usize> =
        evaluation.selected.iter().copied().filter(|it| answers(evaluation, *it, q)).collect();
    let size = |it: usize| evaluation.tce(it).unwrap_or(f64::NEG_INFINITY);
    let code = |it: usize| &evaluation.snapshot.units[it].code;
    units.sort_by(|a, b| size(*b).total_cmp(&size(*a)).then_with(|| code(*a).cmp(code(*b))));
    units
}

/// One row of the list.
pub fn row(evaluation: &Evaluation<'_>, status: &UnitStatus, unit: usize) -> UnitRow {
    UnitRow {
        unit: evaluation.unit_ref(unit),
        total: evaluation.total(&[unit]),
        intensity: of_span(evaluation, &[unit], &[]).now.value(),
        completeness: evaluation.now[unit].completeness(),
        last_upload: evaluation.snapshot.units[unit].last_upload.clone(),
        last_day: status.last_day.map(|it| it.to_string()),
        device_state: status.device_state.clone(),
        reporting: reporting::of(status, evaluation.snapshot.today),
    }
}

/// Unit product consumption of every product a unit makes, with its place among all who make it.
pub fn products(evaluation: &Evaluation<'_>, unit: usize) -> Vec<UnitProduct> {
    let months = evaluation.query.spans.now_parts().whole;
    (0..evaluation.catalog.products.len())
        .filter_map(|at| {
            let values = product_values(evaluation, at, &months);
            let own = values.iter().find(|it| it.unit == unit)?;
            let product = &evaluation.catalog.products[at];
            Some(UnitProduct {
                code: product.code.clone(),
                zh: product.zh.clone(),
                en: product.en.clone(),
                unit: product.value_unit.clone(),
                value: own.value,
                rank: rank(&values, own.value),
                of: values.len() as u32,
                grade: product.limits.grade(own.value),
            })
        })
        .collect()
}
