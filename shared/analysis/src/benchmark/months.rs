//! The product or industry month by month over 24 months: quartiles of the peers, and the selected unit.

use nengce_shared::api::benchmark::BenchmarkMonth;
use nengce_shared::month::Month;
use nengce_shared::percentile::quartiles;

use super::{Chosen, values};
use crate::evaluation::Evaluation;

/// The 24 months up to the span's end, oldest first.
pub(super) fn months(
    evaluation: &Evaluation<'_>,
    chosen: &Chosen,
    unit: Option<usize>,
) -> Vec<BenchmarkMonth> {
    let last = Month::of(evaluation.query.spans.now.to());
    (0..24)
        .rev()
        .map(|back| {
            let month = last.plus(-back);
            let values = values::of(evaluation, chosen, &[month]);
            let quartiles = quartiles(&values.iter().map(|it| it.value).collect::<Vec<_>>());
            BenchmarkMonth {
                period: month.to_string(),
                n: values.len() as u32,
                p25: quartiles.map(|it| it.q1),
                p50: quartiles.map(|it| it.median),
                p75: quartiles.map(|it| it.q3),
                unit_value: values.iter().find(|it| Some(it.unit) == unit).map(|it| it.value),
            }
        })
        .collect()
}
