//! The list of units with their figures, and the figures of one unit's page that need its peers.

use nengce_shared::api::unit::{UnitProduct, UnitRow};

use super::benchmark::{product_values, rank};
use super::picture::Picture;
use super::ratio::of_span;

/// Whether a unit answers a search: part of its name, code or industry.
pub fn answers(picture: &Picture<'_>, unit: usize, q: &str) -> bool {
    let q = q.trim().to_lowercase();
    let it = &picture.facts.units[unit];
    let industry = picture.catalog.industry(&it.industry);
    let texts = [&it.name, &it.code, &it.industry, &industry.zh, &industry.en];
    q.is_empty() || texts.into_iter().any(|text| text.to_lowercase().contains(&q))
}

/// Units in scope that answer the search, largest consumption first.
pub fn ranked(picture: &Picture<'_>, q: &str) -> Vec<usize> {
    let mut units: Vec<usize> =
        picture.selected.iter().copied().filter(|it| answers(picture, *it, q)).collect();
    let size = |it: usize| picture.tce(it).unwrap_or(f64::NEG_INFINITY);
    let code = |it: usize| &picture.facts.units[it].code;
    units.sort_by(|a, b| size(*b).total_cmp(&size(*a)).then_with(|| code(*a).cmp(code(*b))));
    units
}

/// One row of the list.
pub fn row(picture: &Picture<'_>, unit: usize) -> UnitRow {
    let it = &picture.facts.units[unit];
    UnitRow {
        unit: picture.unit_ref(unit),
        total: picture.total(&[unit]),
        intensity: of_span(picture, &[unit], &[]).now.value(),
        completeness: picture.now[unit].completeness(),
        last_upload: it.last_upload.clone(),
        last_day: it.last_day.map(|it| it.to_string()),
        device_state: it.device_state.clone(),
    }
}

/// Unit product consumption of every product a unit makes, with its place among all who make it.
pub fn products(picture: &Picture<'_>, unit: usize) -> Vec<UnitProduct> {
    let months = picture.question.spans.now_parts().whole;
    (0..picture.catalog.products.len())
        .filter_map(|at| {
            let values = product_values(picture, at, &months);
            let own = values.iter().find(|it| it.unit == unit)?;
            let product = &picture.catalog.products[at];
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
