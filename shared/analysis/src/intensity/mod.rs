//! Energy intensity by district, industry or unit: level, path, scatter, unit product consumption.

mod decomposition;
mod products;

use nengce_shared::api::common::Named;
use nengce_shared::api::intensity::{IntensityGroup, IntensityView, Levels, ScatterPoint};
use nengce_shared::warning::WarningLevel;

use super::catalog::division;
use super::evaluation::{Evaluation, outgoing};
use super::path::path;
use super::query::Filter;
use super::ratio::{Denominator, of_span};
use super::required;

pub use decomposition::{decomposition, windows};
pub use products::product_consumption;

/// What the groups of an answer are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// By district.
    #[default]
    Region,
    /// By industry.
    Industry,
    /// By unit.
    Unit,
}

impl By {
    /// Words of the `by` parameter.
    pub const WORDS: [&'static str; 3] = ["region", "industry", "unit"];

    /// Reads the `by` parameter.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "region" => Some(Self::Region),
            "industry" => Some(Self::Industry),
            "unit" => Some(Self::Unit),
            _ => None,
        }
    }

    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Industry => "industry",
            Self::Unit => "unit",
        }
    }

    /// The groups of the units in scope.
    pub fn groups(self, evaluation: &Evaluation<'_>) -> Vec<(Named, Vec<usize>)> {
        match self {
            Self::Region => evaluation.by_region(),
            Self::Industry => evaluation.by_industry(),
            Self::Unit => evaluation
                .selected
                .iter()
                .map(|it| (unit_name(evaluation, *it), vec![*it]))
                .collect(),
        }
    }
}

/// The whole answer.
pub fn intensity(evaluation: &Evaluation<'_>, by: By) -> IntensityView {
    let filter = &evaluation.query.filter;
    let city = evaluation.catalog.city.as_str();
    let (whole, _) = required::status(
        evaluation,
        &evaluation.selected,
        &filter.economy(city),
        filter.target_key(city),
    );
    let whole = required::shown(evaluation, whole, evaluation.compared_units.as_deref());
    let groups: Vec<IntensityGroup> = by
        .groups(evaluation)
        .into_iter()
        .map(|(name, units)| group(evaluation, by, name, &units, whole.value))
        .filter(|it| by != By::Unit || it.intensity.value.is_some())
        .collect();
    let count = |level| groups.iter().filter(|it| it.warning.level == level).count() as u32;
    IntensityView {
        scope: evaluation.scope(),
        by: by.as_str().to_owned(),
        levels: Levels {
            level1: count(WarningLevel::Level1),
            level2: count(WarningLevel::Level2),
            level3: count(WarningLevel::Level3),
            pending: count(WarningLevel::Pending),
        },
        points: evaluation.selected.iter().filter_map(|it| point(evaluation, *it)).collect(),
        products: product_consumption(evaluation),
        whole,
        groups,
    }
}

fn group(
    evaluation: &Evaluation<'_>,
    by: By,
    name: Named,
    units: &[usize],
    whole: Option<f64>,
) -> IntensityGroup {
    let base = evaluation.query.filter.clone();
    let code = vec![name.code.clone()];
    let narrowed = match by {
        By::Region => Filter { region: code, ..base },
        By::Industry => Filter { industry: code, ..base },
        By::Unit => base,
    };
    let city = evaluation.catalog.city.as_str();
    let (economy, key) = match by {
        By::Unit => (Vec::new(), Some(("unit", name.code.as_str()))),
        _ => (narrowed.economy(city), narrowed.target_key(city)),
    };
    let (intensity, pair) = required::status(evaluation, units, &economy, key);
    let year = evaluation.query.spans.now.to().year();
    let known = pair.denominator != Denominator::Absent;
    IntensityGroup {
        tce: known.then_some(pair.now.energy),
        value_added: known.then_some(pair.now.output),
        against_whole: intensity
            .value
            .zip(whole.filter(|it| *it > 0.0))
            .map(|(own, whole)| own / whole),
        warning: outgoing(required::level(evaluation, units, &intensity)),
        path: path(evaluation, units, &economy, &required::plans(evaluation.snapshot, key, year)),
        intensity: match by {
            // A unit has no counterpart in a district: it stays compared with itself a year before.
            By::Unit => intensity,
            By::Region => {
                required::shown(evaluation, intensity, evaluation.compared_units.as_deref())
            }
            By::Industry => {
                let compared_units =
                    evaluation.compared_units_where(|it| division(&it.industry) == name.code);
                required::shown(evaluation, intensity, compared_units.as_deref())
            }
        },
        name,
    }
}

fn point(evaluation: &Evaluation<'_>, unit: usize) -> Option<ScatterPoint> {
    let sums = of_span(evaluation, &[unit], &[]).now;
    let intensity = sums.value()?;
    Some(ScatterPoint {
        unit: evaluation.unit_ref(unit),
        tce: sums.energy,
        value_added: sums.output,
        intensity,
    })
}

fn unit_name(evaluation: &Evaluation<'_>, unit: usize) -> Named {
    let it = &evaluation.snapshot.units[unit];
    Named { code: it.code.clone(), zh: it.name.clone(), en: it.name.clone() }
}
