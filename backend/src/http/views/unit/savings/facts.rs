//! The months of a unit for its savings: energy, figures of the drivers, and why a month is left out.

use std::collections::BTreeMap;

use nengce_analysis::snapshot::Snapshot;
use nengce_core::savings::degree_days::{COOLING_BASE, DegreeDays, HEATING_BASE};
use nengce_core::savings::{MonthFacts, independent, most_drivers};
use nengce_shared::api::common::Named;
use nengce_shared::month::Month;

use super::question::{Part, Question};
use crate::store::savings::facts::Energy;

/// The code of the driver that every unit may have.
pub(super) const VALUE_ADDED: &str = "value_added";
/// The codes of the drivers that imported temperatures make.
pub(super) const HEATING: &str = "heating_degree_days";
pub(super) const COOLING: &str = "cooling_degree_days";
/// The word for a model without drivers.
pub(super) const WITHOUT: &str = "none";
/// Share of its expected points that a month must have received.
const LEAST_COMPLETENESS: f64 = 0.9;

/// An output, or the weather, that may drive the unit's energy.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Driver {
    pub name: Named,
    pub unit: String,
    source: Source,
}

/// Where the figures of a driver come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// By index into the catalogue's products.
    Product(usize),
    ValueAdded,
    Heating,
    Cooling,
}

/// What the months of a unit are made from.
#[derive(Clone, Copy)]
pub(super) struct Of<'a> {
    pub snapshot: &'a Snapshot,
    pub unit: usize,
    /// Of the months whose temperatures are imported.
    pub degree_days: &'a BTreeMap<Month, DegreeDays>,
    /// Of the items that are asked for; none where all energy is meant.
    pub of_items: Option<&'a BTreeMap<Month, Energy>>,
}

impl Driver {
    /// The products that the unit makes, then its value added, then degree days where any are known.
    pub(super) fn all(of: Of<'_>) -> Vec<Self> {
        let Of { snapshot, unit, degree_days, .. } = of;
        let makes = |product: usize| {
            snapshot.products.iter().any(|it| it.unit == unit && it.product == product)
        };
        let products = snapshot.catalog.products.iter().enumerate().filter(|(at, _)| makes(*at));
        let products = products.map(|(at, it)| Self {
            name: Named { code: it.code.clone(), zh: it.zh.clone(), en: it.en.clone() },
            unit: it.output_unit.clone(),
            source: Source::Product(at),
        });
        let has_value_added =
            snapshot.all_months().any(|it| snapshot.value_added(unit, it).is_some());
        let value_added = has_value_added.then(|| Self {
            name: Named {
                code: VALUE_ADDED.to_owned(),
                zh: "增加值".to_owned(),
                en: "Value added".to_owned(),
            },
            unit: "10^4 yuan".to_owned(),
            source: Source::ValueAdded,
        });
        let weather = [
            (Source::Heating, HEATING, "采暖度日数", "Heating degree days", HEATING_BASE),
            (Source::Cooling, COOLING, "空调度日数", "Cooling degree days", COOLING_BASE),
        ];
        let weather = weather.into_iter().map(|(source, code, zh, en, base)| Self {
            name: Named {
                code: code.to_owned(),
                zh: format!("{zh}（{base} °C）"),
                en: format!("{en} ({base} °C)"),
            },
            unit: "°C·d".to_owned(),
            source,
        });
        let weather = weather.filter(|_| !degree_days.is_empty());
        products.chain(value_added).chain(weather).collect()
    }

    /// Whether it stands for what the unit makes by a product.
    fn is_product(&self) -> bool {
        matches!(self.source, Source::Product(_))
    }

    fn figure(&self, of: Of<'_>, month: Month) -> Option<f64> {
        match self.source {
            Source::Product(product) => {
                let all = of.snapshot.products.iter();
                all.filter(|it| it.unit == of.unit && it.product == product && it.month == month)
                    .map(|it| it.output)
                    .reduce(|a, b| a + b)
            }
            Source::ValueAdded => of.snapshot.value_added(of.unit, month),
            Source::Heating => of.degree_days.get(&month).map(|it| it.heating),
            Source::Cooling => of.degree_days.get(&month).map(|it| it.cooling),
        }
    }
}

/// Which of a unit's drivers the model uses: those asked for; else its products with a figure in each month of the baseline
/// that has energy, or its value added where it has none, and the degree days; as many as the baseline bears and none
/// that moves with another.
pub(super) fn used_drivers(question: &Question, all: &[Driver], of: Of<'_>) -> Vec<bool> {
    if !question.drivers.is_empty() {
        return all.iter().map(|it| question.drivers.contains(&it.name.code)).collect();
    }
    let baseline: Vec<Month> = question
        .months()
        .into_iter()
        .filter(|(month, part)| *part == Part::Baseline && energy(question, of, *month).is_ok())
        .map(|it| it.0)
        .collect();
    let is_known = |driver: &Driver| {
        baseline.iter().all(|it| driver.figure(of, *it).is_some()) && !baseline.is_empty()
    };
    let known: Vec<bool> = all.iter().map(is_known).collect();
    let has_product = all.iter().zip(&known).any(|(it, known)| *known && it.is_product());
    let wanted = |at: usize| known[at] && (all[at].source != Source::ValueAdded || !has_product);
    let candidates: Vec<usize> = (0..all.len()).filter(|at| wanted(*at)).collect();
    let figures = |at: usize| baseline.iter().filter_map(move |it| all[at].figure(of, *it));
    let figures: Vec<Vec<f64>> = candidates.iter().map(|at| figures(*at).collect()).collect();
    let says = candidates.iter().zip(independent(&figures)).filter(|it| it.1).map(|it| *it.0);
    let used: Vec<usize> = says.take(most_drivers(baseline.len())).collect();
    (0..all.len()).map(|at| used.contains(&at)).collect()
}

/// tce of a month, whether or not it counts.
pub(super) fn used(question: &Question, of: Of<'_>, month: Month) -> Option<f64> {
    match of.of_items {
        Some(items) => items.get(&month).map(|it| it.tce),
        None => of.snapshot.tce_of_all(question.basis, of.unit, month),
    }
}

/// The energy of a month, or why it does not count.
fn energy(question: &Question, of: Of<'_>, month: Month) -> Result<f64, &'static str> {
    let Of { snapshot, unit, .. } = of;
    if let Some(items) = of.of_items {
        return match items.get(&month) {
            None => Err("no_energy"),
            Some(it) if !it.is_complete || !snapshot.is_done(month) => Err("incomplete"),
            Some(it) => Ok(it.tce),
        };
    }
    let points = snapshot.points(unit, month);
    let is_short = points.expected > 0
        && f64::from(points.received) < LEAST_COMPLETENESS * f64::from(points.expected);
    match snapshot.tce_of_all(question.basis, unit, month) {
        None => Err("no_energy"),
        Some(_) if is_short || !snapshot.is_done(month) => Err("incomplete"),
        Some(tce) => Ok(tce),
    }
}

/// The facts of a month, or why it is left out.
pub(super) fn of_month(
    question: &Question,
    of: Of<'_>,
    month: Month,
    drivers: &[&Driver],
) -> Result<MonthFacts, &'static str> {
    let energy = energy(question, of, month)?;
    let figure = |it: &&Driver| {
        let is_weather = matches!(it.source, Source::Heating | Source::Cooling);
        it.figure(of, month).ok_or(if is_weather { "no_temperatures" } else { "no_output" })
    };
    let drivers = drivers.iter().map(figure).collect::<Result<Vec<_>, _>>()?;
    Ok(MonthFacts { month, energy, drivers })
}
