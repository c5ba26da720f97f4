//! The months of a unit for its savings: energy, outputs of the drivers, and why a month is left out.

use nengce_analysis::snapshot::Snapshot;
use nengce_core::savings::{MonthFacts, independent, most_drivers};
use nengce_shared::api::common::Named;
use nengce_shared::month::Month;

use super::question::{Part, Question};

/// The code of the driver that every unit may have.
pub(super) const VALUE_ADDED: &str = "value_added";
/// The word for a model without drivers.
pub(super) const WITHOUT: &str = "none";
/// Share of its expected points that a month must have received.
const LEAST_COMPLETENESS: f64 = 0.9;

/// An output that may drive the unit's energy.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Driver {
    pub name: Named,
    pub unit: String,
    /// Index into the catalogue's products; none for value added.
    product: Option<usize>,
}

impl Driver {
    /// The products that the unit makes, then its value added.
    pub(super) fn all(snapshot: &Snapshot, unit: usize) -> Vec<Self> {
        let makes = |product: usize| {
            snapshot.products.iter().any(|it| it.unit == unit && it.product == product)
        };
        let products = snapshot.catalog.products.iter().enumerate().filter(|(at, _)| makes(*at));
        let products = products.map(|(at, it)| Self {
            name: Named { code: it.code.clone(), zh: it.zh.clone(), en: it.en.clone() },
            unit: it.output_unit.clone(),
            product: Some(at),
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
            product: None,
        });
        products.chain(value_added).collect()
    }

    fn output(&self, snapshot: &Snapshot, unit: usize, month: Month) -> Option<f64> {
        let Some(product) = self.product else { return snapshot.value_added(unit, month) };
        let of_month = snapshot.products.iter();
        of_month
            .filter(|it| it.unit == unit && it.product == product && it.month == month)
            .map(|it| it.output)
            .reduce(|a, b| a + b)
    }
}

/// Which of a unit's drivers the model uses: those asked for; else its products with a figure in each month of the baseline
/// that has energy, as many as the baseline bears and none that moves with another; else its value added.
pub(super) fn used_drivers(
    question: &Question,
    all: &[Driver],
    snapshot: &Snapshot,
    unit: usize,
) -> Vec<bool> {
    if !question.drivers.is_empty() {
        return all.iter().map(|it| question.drivers.contains(&it.name.code)).collect();
    }
    let baseline: Vec<Month> = question
        .months()
        .into_iter()
        .filter(|(month, part)| {
            *part == Part::Baseline && energy(snapshot, question, unit, *month).is_ok()
        })
        .map(|it| it.0)
        .collect();
    let is_known = |driver: &Driver| {
        baseline.iter().all(|it| driver.output(snapshot, unit, *it).is_some())
            && !baseline.is_empty()
    };
    let known: Vec<bool> = all.iter().map(is_known).collect();
    let has_product = all.iter().zip(&known).any(|(it, known)| *known && it.product.is_some());
    let wanted = |at: usize| known[at] && (all[at].product.is_some() || !has_product);
    let candidates: Vec<usize> = (0..all.len()).filter(|at| wanted(*at)).collect();
    let output =
        |at: usize| baseline.iter().filter_map(move |it| all[at].output(snapshot, unit, *it));
    let outputs: Vec<Vec<f64>> = candidates.iter().map(|at| output(*at).collect()).collect();
    let says = candidates.iter().zip(independent(&outputs)).filter(|it| it.1).map(|it| *it.0);
    let used: Vec<usize> = says.take(most_drivers(baseline.len())).collect();
    (0..all.len()).map(|at| used.contains(&at)).collect()
}

/// The energy of a month, or why it does not count.
fn energy(
    snapshot: &Snapshot,
    question: &Question,
    unit: usize,
    month: Month,
) -> Result<f64, &'static str> {
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
    snapshot: &Snapshot,
    question: &Question,
    unit: usize,
    month: Month,
    drivers: &[&Driver],
) -> Result<MonthFacts, &'static str> {
    let energy = energy(snapshot, question, unit, month)?;
    let outputs: Option<Vec<f64>> =
        drivers.iter().map(|it| it.output(snapshot, unit, month)).collect();
    let drivers = outputs.ok_or("no_output")?;
    Ok(MonthFacts { month, energy, drivers })
}
