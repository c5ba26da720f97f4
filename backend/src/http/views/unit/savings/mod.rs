//! `GET /api/v1/units/{code}/savings`: the savings of a retrofit. Gathers the months or days of the unit and hands them to
//! the model, `nengce_core::savings`.

mod days;
mod facts;
mod inputs;
mod months;
mod question;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use facts::WITHOUT;
use nengce_core::savings::{NoSavings, Savings, Verdict};
use nengce_shared::api::common::Named;
use nengce_shared::api::savings::{
    SavingsDriver, SavingsItem, SavingsMonth, SavingsOutcome, SavingsView,
};
use nengce_shared::data_code::DataCode;
pub use question::KNOWN;
use question::{Model, Question};

use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::http::views::{City, ViewRequest};

/// What a model came to, of months or of days.
struct Answer {
    drivers: Vec<SavingsDriver>,
    rows: Vec<SavingsMonth>,
    /// Months or days of the baseline and of the report that count.
    counted: (usize, usize),
    found: Result<Savings, NoSavings>,
    wrong_driver: Option<String>,
    without_weather: u32,
    items_left_out: Vec<String>,
}

pub async fn get_savings(
    State(state): State<AppState>,
    Path(code): Path<String>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&KNOWN)?;
    let city = request.city(&state).await?;
    let unit = city.unit(&code)?;
    let question = Question::read(&params, city.snapshot())?;
    let inputs = inputs::load(&state, &city, unit, &question).await?;
    let tag = request.tag_of_state(&city, &params, inputs.mark())?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let view = computed(&state, &city, (unit, &params), question, inputs).await?;
    request
        .answer(&params, &tag, &view, |lang| Table::of("savings", &view.months, &ROWS, lang))
        .await
}

/// The answer of the model to the question of these parameters, from what is stored now.
pub async fn answered(
    state: &AppState,
    city: &Arc<City>,
    code: &str,
    params: &Params,
) -> ApiResult<SavingsView> {
    let unit = city.unit(code)?;
    let question = Question::read(params, city.snapshot())?;
    let inputs = inputs::load(state, city, unit, &question).await?;
    computed(state, city, (unit, params), question, inputs).await
}

/// A daily model is fitted some hundred times, so that it takes a thread of its own.
async fn computed(
    state: &AppState,
    city: &Arc<City>,
    (unit, params): (usize, &Params),
    question: Question,
    inputs: inputs::Inputs,
) -> ApiResult<SavingsView> {
    inputs.check(params, &question)?;
    let (city, params, dictionaries) = (city.clone(), params.clone(), state.dictionaries());
    let work = move || {
        let snapshot = city.snapshot();
        let until = snapshot.data_until.unwrap_or(snapshot.today);
        let answer = match question.model {
            Model::Month => months::answer(&params, &question, (snapshot, unit), &inputs)?,
            Model::Day => days::answer(&params, &question, &dictionaries, &inputs, until)?,
        };
        let items = inputs.items.iter().filter(|it| it.by_day || question.model == Model::Month);
        let items = items.map(|it| {
            let code = DataCode::parse_strict(&it.data_code).ok();
            let names = code.and_then(|it| dictionaries.item_name(&it));
            let (zh, en) = names.unwrap_or((&it.data_code, &it.data_code));
            let name = Named { code: it.data_code.clone(), zh: zh.to_owned(), en: en.to_owned() };
            SavingsItem { name, scope: it.scope, used: question.items.contains(&it.data_code) }
        });
        let code = snapshot.units[unit].code.clone();
        Ok(view(&question, code, items.collect(), answer, snapshot.version))
    };
    tokio::task::spawn_blocking(work).await.map_err(ApiError::internal)?
}

fn view(
    question: &Question,
    enterprise_code: String,
    items: Vec<SavingsItem>,
    answer: Answer,
    data_version: u64,
) -> SavingsView {
    let needed = match &answer.found {
        Err(NoSavings::BaselineTooShort(needed)) => Some(*needed as u32),
        _ => None,
    };
    let problem = answer.found.as_ref().err().map(|it| match it {
        NoSavings::BaselineTooShort(_) => "baseline_too_short",
        NoSavings::NothingToReport => "nothing_to_report",
        NoSavings::TooFewIndependent(_) => "too_few_independent",
        NoSavings::DriverSaysNothing(_) => "driver_says_nothing",
    });
    let mut view = SavingsView {
        enterprise_code,
        basis: question.basis,
        model: question.model.as_str().to_owned(),
        items,
        works_from: question.works.0.to_string(),
        works_to: question.works.1.to_string(),
        until: question.until.to_string(),
        baseline_months: question.baseline_months as u32,
        drivers: answer.drivers,
        months: answer.rows,
        outcome: answer.found.as_ref().ok().map(|it| outcome(it, answer.counted)),
        problem: problem.map(str::to_owned),
        needed_months: needed,
        wrong_driver: answer.wrong_driver,
        months_without_weather: answer.without_weather,
        items_left_out: answer.items_left_out,
        data_version,
        input_hash: String::new(),
    };
    view.input_hash = input_hash(&view);
    view
}

/// The query that asks the same again, whatever comes later: all that was left open is named.
pub fn question_of(view: &SavingsView) -> String {
    let used = view.drivers.iter().filter(|it| it.used).map(|it| it.code.as_str());
    let mut drivers = used.collect::<Vec<_>>().join(",");
    if drivers.is_empty() {
        drivers = WITHOUT.to_owned();
    }
    let mut question = format!(
        "works_from={}&works_to={}&until={}&baseline_months={}&drivers={drivers}&basis={}",
        view.works_from,
        view.works_to,
        view.until,
        view.baseline_months,
        view.basis.as_str()
    );
    if view.model != Model::Month.as_str() {
        question += &format!("&model={}", view.model);
    }
    let items = view.items.iter().filter(|it| it.used).map(|it| it.name.code.as_str());
    let items = items.collect::<Vec<_>>().join(",");
    if !items.is_empty() {
        question += &format!("&items={items}");
    }
    question
}

/// SM3 over the question and a line for each month or day. Nine digits of a figure count, so that the order in which a sum was
/// made does not.
fn input_hash(view: &SavingsView) -> String {
    let mut text = format!("{}\n{}\n", view.enterprise_code, question_of(view));
    for it in &view.months {
        let figures =
            it.used.iter().chain(&it.outputs).chain(&it.mean_celsius).map(|it| format!("{it:.8e}"));
        let figures = figures.collect::<Vec<_>>().join(" ");
        let left_out = it.left_out.as_deref().unwrap_or("counts");
        text += &format!("{} {} {left_out} {figures}\n", it.month, it.part);
    }
    nengce_core::audit::Algorithm::Sm3.digest(text.as_bytes())
}

fn outcome(it: &Savings, (baseline_months, report_months): (usize, usize)) -> SavingsOutcome {
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
        most_cv_rmse: it.most_cv_rmse,
        nmbe: it.nmbe,
        autocorrelation: it.autocorrelation,
        independent: Some(it.independent),
        intercept: it.intercept.value,
        degrees_of_freedom: it.degrees_of_freedom as u32,
    }
}

const ROWS: [Column<SavingsMonth>; 7] = [
    Column::new("时段", "Month or day", |it, _| it.month.as_str().into()),
    Column::new("部分", "Part", |it, _| it.part.as_str().into()),
    Column::new("实际 tce", "Used, tce", |it, _| it.used.into()),
    Column::new("模型 tce", "Model, tce", |it, _| it.modelled.into()),
    Column::new("日平均气温 °C", "Mean temperature, °C", |it, _| it.mean_celsius.into()),
    Column::new("未计入的原因", "Left out because", |it, _| it.left_out.as_deref().into()),
    Column::new("产量超出基期范围", "Output beyond the baseline", |it, _| {
        it.beyond_range.into()
    }),
];
