//! Unit product consumption of every product that has limits or figures, one point per unit.

use nengce_shared::api::intensity::{ProductConsumption, ProductPoint};
use nengce_shared::benchmark::Position;

use crate::benchmark::product_values;
use crate::evaluation::Evaluation;

/// Products with at least one figure in the span.
pub fn product_consumption(evaluation: &Evaluation<'_>) -> Vec<ProductConsumption> {
    let months = evaluation.query.spans.now_parts().whole;
    (0..evaluation.catalog.products.len())
        .filter_map(|at| {
            let product = &evaluation.catalog.products[at];
            let values = product_values(evaluation, at, &months);
            if values.is_empty() {
                return None;
            }
            let points: Vec<ProductPoint> = values
                .iter()
                .map(|it| ProductPoint {
                    unit: evaluation.unit_ref(it.unit),
                    value: it.value,
                    output: it.output,
                })
                .collect();
            let beyond =
                |value: f64| product.limits.position(value) == Some(Position::BeyondBaseline);
            Some(ProductConsumption {
                code: product.code.clone(),
                zh: product.zh.clone(),
                en: product.en.clone(),
                unit: product.value_unit.clone(),
                limits: product.levels(),
                beyond_baseline: points.iter().filter(|it| beyond(it.value)).count() as u32,
                points,
            })
        })
        .collect()
}
