//! `GET /api/v1/units/{code}/savings`: the savings of a retrofit. Gathers the months of the unit from the snapshot and hands
//! them to the model, `nengce_core::savings`.

mod facts;
mod question;

use std::collections::{BTreeMap, HashMap};

use axum::extract::{Path, State};
use axum::response::Response;
use facts::{COOLING, Driver, HEATING, Of, VALUE_ADDED, WITHOUT};
use nengce_analysis::snapshot::Snapshot;
use nengce_core::savings::degree_days::DegreeDays;
use nengce_core::savings::{
    Coefficient, MOST_CV_RMSE, MonthFacts, NoSavings, Savings, Verdict, measure,
};
use nengce_shared::api::savings::{SavingsDriver, SavingsMonth, SavingsOutcome, SavingsView};
use nengce_shared::month::Month;
pub use question::KNOWN;
use question::{Part, Question};

use crate::http::content::problem::ApiResult;
use crate::http::content::query::Params;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::http::views::ViewRequest;
use crate::store::imports::temperatures;

pub async fn get_savings(
    State(state): State<AppState>,
    Path(code): Path<String>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&KNOWN)?;
    let city = request.city(&state).await?;
    let unit = city.unit(&code)?;
    let weather = degree_days(&state, city.snapshot(), unit).await?;
    let known: Vec<(String, u64, u64)> = weather
        .iter()
        .map(|(month, it)| (month.to_string(), it.heating.to_bits(), it.cooling.to_bits()))
        .collect();
    let tag = request.tag_of_state(&city, &params, known)?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let view = computed(&params, city.snapshot(), unit, &weather)?;
    request
        .answer(&params, &tag, &view, |lang| Table::of("savings", &view.months, &ROWS, lang))
        .await
}

/// The degree days of the months of which each day has a temperature, at the place of the unit.
pub async fn degree_days(
    state: &AppState,
    snapshot: &Snapshot,
    unit: usize,
) -> ApiResult<BTreeMap<Month, DegreeDays>> {
    let district = snapshot.units[unit].region.clone();
    let dictionaries = state.dictionaries();
    let city = dictionaries.regions.iter().find(|it| it.level == "city");
    let city = city.map(|it| it.code.clone()).unwrap_or_default();
    let ask = move |conn: &_| temperatures::degree_days(conn, &district, &city);
    Ok(state.store.read(ask).await?)
}

/// The answer of the model to the question of these parameters.
pub fn computed(
    params: &Params,
    snapshot: &Snapshot,
    unit: usize,
    degree_days: &BTreeMap<Month, DegreeDays>,
) -> ApiResult<SavingsView> {
    let of = Of { snapshot, unit, degree_days };
    let question = Question::read(params, snapshot)?;
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
    let used = facts::used_drivers(&question, &all, of);
    let drivers: Vec<&Driver> = all.iter().zip(&used).filter(|it| *it.1).map(|it| it.0).collect();
    let months: Vec<(Month, Part, Result<MonthFacts, &str>)> = question
        .months()
        .into_iter()
        .map(|(month, part)| (month, part, facts::of_month(&question, of, month, &drivers)))
        .collect();
    let of = |wanted: Part| -> Vec<MonthFacts> {
        let mine = months.iter().filter(|(_, part, _)| *part == wanted);
        mine.filter_map(|(.., facts)| facts.as_ref().ok().cloned()).collect()
    };
    let (baseline, report) = (of(Part::Baseline), of(Part::Report));
    let found = measure(&baseline, &report);
    let (problem, needed, wrong) = match &found {
        Ok(_) => (None, None, None),
        Err(NoSavings::BaselineTooShort(needed)) => {
            (Some("baseline_too_short"), Some(*needed as u32), None)
        }
        Err(NoSavings::NothingToReport) => (Some("nothing_to_report"), None, None),
        Err(NoSavings::DriverSaysNothing(at)) => {
            (Some("driver_says_nothing"), None, drivers.get(*at))
        }
    };
    let found = found.ok();
    let without_weather =
        question.months().iter().filter(|it| !degree_days.contains_key(&it.0)).count();
    let mut view = SavingsView {
        enterprise_code: snapshot.units[unit].code.clone(),
        basis: question.basis,
        works_from: question.works.0.to_string(),
        works_to: question.works.1.to_string(),
        until: question.until.to_string(),
        baseline_months: question.baseline_months as u32,
        drivers: driver_rows(&all, &used, found.as_ref()),
        months: month_rows(
            snapshot,
            (&question, unit),
            &months,
            (&baseline, &report, found.as_ref()),
        ),
        outcome: found.as_ref().map(|it| outcome(it, baseline.len(), report.len())),
        problem: problem.map(str::to_owned),
        needed_months: needed,
        wrong_driver: wrong.map(|it| it.name.code.clone()),
        months_without_weather: without_weather as u32,
        data_version: snapshot.version,
        input_hash: String::new(),
    };
    view.input_hash = input_hash(&view);
    Ok(view)
}

/// The query that asks the same again, whatever comes later: all that was left open is named.
pub fn question_of(view: &SavingsView) -> String {
    let used = view.drivers.iter().filter(|it| it.used).map(|it| it.code.as_str());
    let mut drivers = used.collect::<Vec<_>>().join(",");
    if drivers.is_empty() {
        drivers = WITHOUT.to_owned();
    }
    format!(
        "works_from={}&works_to={}&until={}&baseline_months={}&drivers={drivers}&basis={}",
        view.works_from,
        view.works_to,
        view.until,
        view.baseline_months,
        view.basis.as_str()
    )
}

/// SM3 over the question and a line for each month. Nine digits of a figure count, so that the order in which a sum was
/// made does not.
fn input_hash(view: &SavingsView) -> String {
    let mut text = format!("{}\n{}\n", view.enterprise_code, question_of(view));
    for it in &view.months {
        let figures = it.used.iter().chain(&it.outputs).map(|it| format!("{it:.8e}"));
        let figures = figures.collect::<Vec<_>>().join(" ");
        let left_out = it.left_out.as_deref().unwrap_or("counts");
        text += &format!("{} {} {left_out} {figures}\n", it.month, it.part);
    }
    nengce_core::audit::Algorithm::Sm3.digest(text.as_bytes())
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
            }
        })
        .collect()
}

fn month_rows(
    snapshot: &Snapshot,
    (question, unit): (&Question, usize),
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
            used: snapshot.tce_of_all(question.basis, unit, *month),
            outputs: facts.as_ref().map(|it| it.drivers.clone()).unwrap_or_default(),
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

fn outcome(it: &Savings, baseline_months: usize, report_months: usize) -> SavingsOutcome {
    let verdict = match it.verdict() {
        Verdict::Saving => "saving",
        Verdict::BelowUncertainty => "below_uncertainty",
        Verdict::Increase => "increase",
        Verdict::ModelUnfit => "model_unfit",
    };
    SavingsOutcome {
        verdict: verdict.to_owned(),
        baseline_months: baseline_months as u32,
        report_months: report_months as u32,
        adjusted_baseline: it.adjusted_baseline,
        used: it.used,
        saved: it.saved,
        saved_share: it.saved / it.adjusted_baseline,
        half_width_68: it.half_widths[0],
        half_width_90: it.half_widths[1],
        cv_rmse: it.cv_rmse,
        most_cv_rmse: MOST_CV_RMSE,
        nmbe: it.nmbe,
        autocorrelation: it.autocorrelation,
        intercept: it.intercept.value,
        degrees_of_freedom: it.degrees_of_freedom as u32,
    }
}

const ROWS: [Column<SavingsMonth>; 6] = [
    Column::new("月份", "Month", |it, _| it.month.as_str().into()),
    Column::new("部分", "Part", |it, _| it.part.as_str().into()),
    Column::new("实际 tce", "Used, tce", |it, _| it.used.into()),
    Column::new("模型 tce", "Model, tce", |it, _| it.modelled.into()),
    Column::new("未计入的原因", "Left out because", |it, _| it.left_out.as_deref().into()),
    Column::new("产量超出基期范围", "Output beyond the baseline", |it, _| {
        it.beyond_range.into()
    }),
];
