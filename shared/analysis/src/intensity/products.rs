//! Unit product consumption of every product that has limits or figures, one point per unit.

use nengce_shared::api::intensity::{ProductConsumption, ProductPoint};
use nengce_shared::benchmark::Position;

use crate::benchmark::product_values;
use crate::picture::Picture;

/// Products with at least one figure in the span.
pub fn product_consumption(picture: &Picture<'_>) -> Vec<ProductConsumption> {
    let months = picture.question.spans.now_parts().whole;
    (0..picture.catalog.products.len())
        .filter_map(|at| {
            let product = &picture.catalog.products[at];
            let values = product_values(picture, at, &months);
            if values.is_empty() {
                return None;
            }
            let points: Vec<ProductPoint> = values
                .iter()
                .map(|it| ProductPoint {
                    unit: picture.unit_ref(it.unit),
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
