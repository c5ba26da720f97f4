//! `GET /api/v1/intensity/decomposition`: LMDI between years.

use axum::extract::State;
use axum::response::Response;
use nengce_core::analysis::intensity::{By, decomposition, windows};
use nengce_core::analysis::picture::Picture;
use nengce_core::analysis::question::Question;
use nengce_shared::api::intensity::DecompositionMember;
use nengce_shared::lang::Lang;
use nengce_shared::lmdi::LmdiError;
use nengce_shared::problem::{Problem, ProblemCode};

use super::{Asked, parameters};
use crate::http::problem::ApiResult;
use crate::http::state::AppState;
use crate::http::tabular::{Column, Table};

pub async fn get_decomposition(State(state): State<AppState>, asked: Asked) -> ApiResult<Response> {
    let mut known = parameters::FILTER.to_vec();
    known.extend(["from", "to", "by"]);
    let params = asked.params(&known)?;
    let by = params.one_of("by", &By::WORDS, By::parse)?.unwrap_or(By::Industry);
    let city = state.snapshots.city(&state).await?;
    let plain = parameters::question(&params, &city.facts)?;
    let tag = asked.tag(&city, &params)?;
    if let Some(held) = asked.held(&tag) {
        return Ok(held);
    }
    let (spans, periods) = windows(plain.spans.asked, city.facts.data_until);
    let question = Question { spans, ..plain };
    let picture = Picture::new(&city.facts, &city.catalog, &question, &[]);
    let view = decomposition(&picture, by, &periods)
        .map_err(|error| undecomposable(&error, params.lang))?;
    asked
        .answer(&params, &tag, &view, |lang| {
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
    Column { zh: "代码", en: "Code", cell: |it, _| it.name.code.as_str().into() },
    Column {
        zh: "名称", en: "Name", cell: |it, lang| lang.pick(&it.name.zh, &it.name.en).into()
    },
    Column { zh: "能耗 tce", en: "Energy, tce", cell: |it, _| it.total.value.into() },
    Column {
        zh: "基期能耗 tce", en: "Base energy, tce", cell: |it, _| it.total.previous.into()
    },
    Column { zh: "变化", en: "Change", cell: |it, _| it.total.change.into() },
    Column {
        zh: "规模效应 tce", en: "Activity effect, tce", cell: |it, _| it.activity_tce.into()
    },
    Column {
        zh: "结构效应 tce",
        en: "Structure effect, tce",
        cell: |it, _| it.structure_tce.into(),
    },
    Column {
        zh: "强度效应 tce",
        en: "Intensity effect, tce",
        cell: |it, _| it.intensity_tce.into(),
    },
];
