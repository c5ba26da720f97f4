//! The list of units with their figures, and the figures of one unit's page that need its peers.

use nengce_shared::api::unit::{UnitProduct, UnitRow};

use super::benchmark::{product_values, rank};
use super::evaluation::Evaluation;
use super::ratio::of_span;
use super::reporting;
use super::unit_status::UnitStatus;

/// How well a unit answers a search, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    /// The words are its whole name or code.
    Whole,
    /// Its name or code begins with them.
    Start,
    /// They are inside its name or code.
    Inside,
    /// They are part of its industry's code or name.
    Industry,
}

fn match_of(evaluation: &Evaluation<'_>, unit: usize, words: &str) -> Option<Match> {
    let it = &evaluation.snapshot.units[unit];
    let industry = evaluation.catalog.industry(&it.industry);
    let own = [&it.name, &it.code].map(|text| text.to_lowercase());
    let named = [&it.industry, &industry.zh, &industry.en];
    if own.iter().any(|text| text == words) {
        Some(Match::Whole)
    } else if own.iter().any(|text| text.starts_with(words)) {
        Some(Match::Start)
    } else if own.iter().any(|text| text.contains(words)) {
        Some(Match::Inside)
    } else {
        named.iter().any(|text| text.to_lowercase().contains(words)).then_some(Match::Industry)
    }
}

/// Units in scope that answer the search by part of name, code or industry: the best match first, and of equal ones the
/// largest consumption.
pub fn ranked(evaluation: &Evaluation<'_>, q: &str) -> Vec<usize> {
    let words = q.trim().to_lowercase();
    let found = evaluation.selected.iter();
    let mut units: Vec<(Match, usize)> =
        found.filter_map(|it| Some((match_of(evaluation, *it, &words)?, *it))).collect();
    let size = |it: usize| evaluation.tce(it).unwrap_or(f64::NEG_INFINITY);
    let code = |it: usize| &evaluation.snapshot.units[it].code;
    units.sort_by(|(how_a, a), (how_b, b)| {
        let sizes = size(*b).total_cmp(&size(*a));
        how_a.cmp(how_b).then(sizes).then_with(|| code(*a).cmp(code(*b)))
    });
    units.into_iter().map(|(_, unit)| unit).collect()
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
