//! The monthly model of a unit's savings.

use std::collections::HashMap;

use nengce_analysis::snapshot::Snapshot;
use nengce_core::savings::{Coefficient, MonthFacts, NoSavings, Savings, measure};
use nengce_shared::api::savings::{SavingsDriver, SavingsMonth};
use nengce_shared::month::Month;

use super::Answer;
use super::facts::{self, COOLING, Driver, HEATING, Of, VALUE_ADDED, WITHOUT};
use super::inputs::Inputs;
use super::question::{Part, Question};
use crate::http::content::problem::ApiResult;
use crate::http::content::query::Params;

pub(super) fn answer(
    params: &Params,
    question: &Question,
    (snapshot, unit): (&Snapshot, usize),
    inputs: &Inputs,
) -> ApiResult<Answer> {
    let (degree_days, of_items) = (&inputs.degree_days, inputs.item_months.as_ref());
    let of = Of { snapshot, unit, degree_days, of_items };
    let all = Driver::all(of);
    let is_known = |code: &String| {
        [VALUE_ADDED, HEATING, COOLING, WITHOUT].contains(&code.as_str())
            || all.iter().any(|it| it.name.code == *code)
    };
    if let Some(unknown) = question.drivers.iter().find(|it| !is_known(it)) {
        let codes: Vec<&str> =
            all.iter().map(|it| it.name.code.as_str()).chain([WITHOUT]).collect();
        return Err(params.refuse("drivers", unknown, &codes.join(" | ")).into());
    }
    let used = facts::used_drivers(question, &all, of);
    let drivers: Vec<&Driver> = all.iter().zip(&used).filter(|it| *it.1).map(|it| it.0).collect();
    let months: Vec<(Month, Part, Result<MonthFacts, &str>)> = question
        .months()
        .into_iter()
        .map(|(month, part)| (month, part, facts::of_month(question, of, month, &drivers)))
        .collect();
    let those = |wanted: Part| -> Vec<MonthFacts> {
        let mine = months.iter().filter(|(_, part, _)| *part == wanted);
        mine.filter_map(|(.., facts)| facts.as_ref().ok().cloned()).collect()
    };
    let (baseline, report) = (those(Part::Baseline), those(Part::Report));
    let found = measure(&baseline, &report);
    let wrong_driver = match &found {
        Err(NoSavings::DriverSaysNothing(at)) => drivers.get(*at).map(|it| it.name.code.clone()),
        _ => None,
    };
    let without = question.months().iter().filter(|it| !degree_days.contains_key(&it.0)).count();
    Ok(Answer {
        drivers: driver_rows(&all, &used, found.as_ref().ok()),
        rows: rows((question, of), &months, (&baseline, &report, found.as_ref().ok())),
        counted: (baseline.len(), report.len()),
        found,
        wrong_driver,
        without_weather: without as u32,
        items_left_out: Vec::new(),
    })
}

fn driver_rows(all: &[Driver], used: &[bool], found: Option<&Savings>) -> Vec<SavingsDriver> {
    let mut coefficients = found.map(|it| it.drivers.iter()).into_iter().flatten();
    all.iter()
        .zip(used)
        .map(|(driver, used)| {
            let of_model: Option<&Coefficient> = if *used { coefficients.next() } else { None };
            SavingsDriver {
                code: driver.name.code.clone(),
                name: driver.name.clone(),
                unit: driver.unit.clone(),
                used: *used,
                coefficient: of_model.map(|it| it.value),
                standard_error: of_model.map(|it| it.standard_error),
                balance_point: None,
            }
        })
        .collect()
}

fn rows(
    (question, of): (&Question, Of<'_>),
    months: &[(Month, Part, Result<MonthFacts, &str>)],
    (baseline, report, found): (&[MonthFacts], &[MonthFacts], Option<&Savings>),
) -> Vec<SavingsMonth> {
    let mut modelled: HashMap<Month, f64> = HashMap::new();
    let mut beyond: Vec<Month> = Vec::new();
    if let Some(found) = found {
        let all = found.modelled.0.iter().chain(&found.modelled.1);
        modelled.extend(baseline.iter().chain(report).map(|it| it.month).zip(all.copied()));
        beyond.extend(found.beyond_range.iter().map(|at| report[*at].month));
    }
    months
        .iter()
        .map(|(month, part, facts)| SavingsMonth {
            month: month.to_string(),
            part: part.as_str().to_owned(),
            used: facts::used(question, of, *month),
            outputs: facts.as_ref().map(|it| it.drivers.clone()).unwrap_or_default(),
            mean_celsius: None,
            modelled: modelled.get(month).copied(),
            left_out: facts
                .as_ref()
                .err()
                .filter(|_| *part != Part::Works)
                .map(|it| (*it).to_owned()),
            beyond_range: beyond.contains(month),
        })
        .collect()
}
