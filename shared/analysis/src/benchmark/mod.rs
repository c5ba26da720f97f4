//! Benchmarking of a product or an industry: distribution, limits, ranks, gaps, saving potential.

mod months;
pub mod peers;
mod values;

use nengce_shared::api::benchmark::{
    BenchmarkRow, BenchmarkSubjects, BenchmarkView, Distribution, Subject,
};
use nengce_shared::api::common::Named;
use nengce_shared::api::unit::IndustryPlace;
use nengce_shared::benchmark::{Limits, Position, gap, saving_potential};
use nengce_shared::percentile::{percentile_ranks, quartiles};

use super::catalog::division;
use super::evaluation::Evaluation;
use super::meta::product_info;

pub use values::{Value, industry_values, product_values};

/// Values below this completeness are not ranked: what is missing would look like thrift.
const MIN_COMPLETENESS: f64 = 0.5;

/// What is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// Index into the catalogue's products.
    Product(usize),
    /// Prefix of GB/T 4754 with its letter.
    Industry(String),
}

impl Chosen {
    /// Reads a path segment: a product's code or name, or an industry's code.
    pub fn parse(evaluation: &Evaluation<'_>, text: &str) -> Option<Self> {
        let products = &evaluation.catalog.products;
        if let Some(at) =
            products.iter().position(|it| it.code == text || it.zh == text || it.en == text)
        {
            return Some(Self::Product(at));
        }
        let listed =
            evaluation.catalog.industries.iter().find(|it| it.code == text || it.zh == text);
        let used = || evaluation.snapshot.units.iter().any(|it| it.industry.starts_with(text));
        let letter = text.starts_with(|it: char| it.is_ascii_uppercase());
        match listed {
            Some(it) => Some(Self::Industry(it.code.clone())),
            None => (letter && used()).then(|| Self::Industry(text.to_owned())),
        }
    }
}

/// Everything that can be compared and has a figure.
pub fn subjects(evaluation: &Evaluation<'_>) -> BenchmarkSubjects {
    let products =
        (0..evaluation.catalog.products.len()).map(|at| subject(evaluation, &Chosen::Product(at)));
    let mut divisions: Vec<&str> = evaluation
        .snapshot
        .units
        .iter()
        .map(|it| division(&it.industry))
        .filter(|it| !it.is_empty())
        .collect();
    divisions.sort_unstable();
    divisions.dedup();
    let industries =
        divisions.into_iter().map(|it| subject(evaluation, &Chosen::Industry(it.to_owned())));
    BenchmarkSubjects { subjects: products.chain(industries).filter(|it| it.units > 0).collect() }
}

fn subject(evaluation: &Evaluation<'_>, chosen: &Chosen) -> Subject {
    match chosen {
        Chosen::Product(at) => {
            let product = &evaluation.catalog.products[*at];
            let info = product_info(evaluation.snapshot, *at);
            Subject {
                kind: "product".to_owned(),
                name: Named { code: info.code, zh: info.zh, en: info.en },
                unit: info.unit,
                output_unit: product.output_unit.clone(),
                units: info.units_with_data,
                has_benchmark: product.limits.benchmark.is_some(),
            }
        }
        Chosen::Industry(code) => Subject {
            kind: "industry".to_owned(),
            name: evaluation.catalog.industry(code),
            unit: "tce/10^4 yuan".to_owned(),
            output_unit: "10^4 yuan".to_owned(),
            units: industry_values(evaluation, code, &evaluation.query.spans.now_parts().whole)
                .len() as u32,
            has_benchmark: false,
        },
    }
}

/// The whole answer; `unit` is the chosen unit's credit code.
pub fn benchmark(
    evaluation: &Evaluation<'_>,
    chosen: &Chosen,
    unit: Option<&str>,
) -> BenchmarkView {
    let spans = &evaluation.query.spans;
    let now = values::of(evaluation, chosen, &spans.now_parts().whole);
    let before = values::of(evaluation, chosen, &spans.before_parts().whole);
    let (now, mut without) = values::usable(evaluation, now, MIN_COMPLETENESS);
    without.extend(values::missing(evaluation, chosen, &now, &without));
    let figures: Vec<f64> = now.iter().map(|it| it.value).collect();
    let quartiles = quartiles(&figures);
    let product = match chosen {
        Chosen::Product(at) => Some(&evaluation.catalog.products[*at]),
        Chosen::Industry(_) => None,
    };
    let limits = product.map_or_else(Limits::default, |it| it.limits);
    let (reference, reference_value) = match limits.benchmark {
        Some(value) => ("benchmark", Some(value)),
        None => ("first_quartile", quartiles.map(|it| it.q1)),
    };
    let rows = rows(evaluation, &now, &before, &limits, reference_value);
    let (energy, output) =
        now.iter().fold((0.0, 0.0), |(e, o), it| (e + it.value * it.output, o + it.output));
    // A product's figures stand on its own basis, whatever the page's.
    let mut scope = evaluation.scope();
    scope.basis = product.map_or(scope.basis, |it| it.basis);
    BenchmarkView {
        scope,
        subject: subject(evaluation, chosen),
        limits: product.map(super::catalog::Product::levels),
        distribution: quartiles.map(|it| Distribution {
            n: it.count,
            group_value: if output > 0.0 { energy / output } else { it.median },
            min: it.min,
            p25: it.q1,
            p50: it.median,
            p75: it.q3,
            max: it.max,
        }),
        total_potential_tce: rows.iter().map(|it| it.potential_tce).sum(),
        reference: reference.to_owned(),
        reference_value,
        selected: unit
            .filter(|code| rows.iter().any(|it| it.unit.enterprise_code == *code))
            .map(str::to_owned),
        months: months::months(
            evaluation,
            chosen,
            unit.and_then(|it| evaluation.snapshot.unit_of_code(it)),
        ),
        rows,
        without_value: without,
    }
}

fn rows(
    evaluation: &Evaluation<'_>,
    now: &[Value],
    before: &[Value],
    limits: &Limits,
    reference: Option<f64>,
) -> Vec<BenchmarkRow> {
    let percentiles = percentile_ranks(&now.iter().map(|it| it.value).collect::<Vec<_>>());
    let mut rows: Vec<BenchmarkRow> = now
        .iter()
        .zip(percentiles)
        .map(|(it, percentile)| {
            let earlier = before.iter().find(|other| other.unit == it.unit);
            let saved = reference.map_or(0.0, |level| saving_potential(it.value, level, it.output));
            BenchmarkRow {
                unit: evaluation.unit_ref(it.unit),
                rank: rank(now, it.value),
                percentile,
                value: it.value,
                previous_value: earlier.map(|it| it.value),
                previous_rank: earlier.map(|it| rank(before, it.value)),
                output: it.output,
                tce: it.tce,
                gap: reference.and_then(|level| gap(it.value, level)),
                gap_baseline: limits.baseline.and_then(|level| gap(it.value, level)),
                grade: limits.grade(it.value),
                beyond_baseline: limits.position(it.value) == Some(Position::BeyondBaseline),
                potential_tce: saved / it.per_tce,
                source: it.source.to_owned(),
                completeness: evaluation.now[it.unit].completeness(),
            }
        })
        .collect();
    rows.sort_by(|a, b| {
        a.value
            .total_cmp(&b.value)
            .then_with(|| a.unit.enterprise_code.cmp(&b.unit.enterprise_code))
    });
    rows
}

/// The place of a unit in its industry by energy per value added, as the industry's own benchmark ranks it.
pub fn place_in_industry(evaluation: &Evaluation<'_>, unit: usize) -> Option<IndustryPlace> {
    let code = division(&evaluation.snapshot.units[unit].industry);
    let months = evaluation.query.spans.now_parts().whole;
    let values = industry_values(evaluation, code, &months);
    let (values, _) = values::usable(evaluation, values, MIN_COMPLETENESS);
    let own = values.iter().find(|it| it.unit == unit)?;
    let figures: Vec<f64> = values.iter().map(|it| it.value).collect();
    let reference_value = quartiles(&figures)?.q1;
    Some(IndustryPlace {
        industry: evaluation.catalog.industry(code),
        value: own.value,
        rank: rank(&values, own.value),
        of: values.len() as u32,
        reference_value,
        potential_tce: saving_potential(own.value, reference_value, own.output) / own.per_tce,
    })
}

/// Place from the best; equal values share the better place.
pub fn rank(values: &[Value], value: f64) -> u32 {
    1 + values.iter().filter(|it| it.value < value).count() as u32
}
