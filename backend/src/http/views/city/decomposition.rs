//! `GET /api/v1/intensity/decomposition`: LMDI between years.

use axum::extract::State;
use axum::response::Response;
use nengce_analysis::evaluation::Evaluation;
use nengce_analysis::intensity::{By, decomposition, windows};
use nengce_analysis::query::Query;
use nengce_shared::api::intensity::DecompositionMember;
use nengce_shared::lang::Lang;
use nengce_shared::lmdi::LmdiError;
use nengce_shared::problem::{Problem, ProblemCode};

use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::http::views::{ViewRequest, parameters};

pub async fn get_decomposition(
    State(state): State<AppState>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let mut known = parameters::FILTER.to_vec();
    known.extend(["from", "to", "by"]);
    let params = request.params(&known)?;
    let by = params.one_of("by", &By::WORDS, By::parse)?.unwrap_or(By::Industry);
    let city = request.city(&state).await?;
    let plain = parameters::query(&params, city.snapshot())?;
    let tag = request.tag(&city, &params)?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let (spans, periods) = windows(plain.spans.asked, city.snapshot().data_until);
    let query = Query { spans, ..plain };
    let evaluation = Evaluation::new(city.snapshot(), &query, &[]);
    let view = decomposition(&evaluation, by, &periods)
        .map_err(|error| undecomposable(&error, params.lang))?;
    request
        .answer_of(&params, &tag, &view, Some(query.spans.now), |lang| {
            Table::of("decomposition", &view.members, &MEMBERS, lang)
        })
        .await
}

/// A span in which nothing can be decomposed is a question without an answer, not a failure.
fn undecomposable(error: &LmdiError, lang: Lang) -> Problem {
    let detail = match lang {
        Lang::Zh => format!("所选时段缺少可分解的能耗与增加值（{error}）"),
        Lang::En => format!("the span has no energy with value added to decompose ({error})"),
    };
    Problem::new(ProblemCode::NotFound, lang).with_detail(detail)
}

const MEMBERS: [Column<DecompositionMember>; 8] = [
    Column::new("代码", "Code", |it, _| it.name.code.as_str().into()),
    Column::new("名称", "Name", |it, lang| lang.pick(&it.name.zh, &it.name.en).into()),
    Column::new("能耗 tce", "Energy, tce", |it, _| it.total.value.into()),
    Column::new("基期能耗 tce", "Base energy, tce", |it, _| it.total.previous.into()),
    Column::percent("变化", "Change", |it, _| it.total.change.into()),
    Column::new("规模效应 tce", "Activity effect, tce", |it, _| it.activity_tce.into()),
    Column::new("结构效应 tce", "Structure effect, tce", |it, _| it.structure_tce.into()),
    Column::new("强度效应 tce", "Intensity effect, tce", |it, _| it.intensity_tce.into()),
];
