//! `GET /api/v1/benchmarks` and `/benchmarks/{product or industry}`.

use axum::extract::{Path, State};
use axum::response::Response;
use nengce_core::analysis::benchmark::{Chosen, benchmark, subjects};
use nengce_core::analysis::picture::Picture;
use nengce_shared::api::benchmark::{BenchmarkRow, Subject};

use super::{Asked, parameters};
use crate::http::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::http::tabular::{Column, Table};

pub async fn get_subjects(State(state): State<AppState>, asked: Asked) -> ApiResult<Response> {
    let params = asked.params(&parameters::QUESTION)?;
    let city = state.snapshots.city(&state).await?;
    let question = parameters::question(&params, &city.facts)?;
    let tag = asked.tag(&city, &params)?;
    if let Some(held) = asked.held(&tag) {
        return Ok(held);
    }
    let view = subjects(&Picture::new(&city.facts, &city.catalog, &question, &[]));
    asked
        .answer(&params, &tag, &view, |lang| {
            Table::of("benchmarks", &view.subjects, &SUBJECTS, lang)
        })
        .await
}

pub async fn get_benchmark(
    State(state): State<AppState>,
    Path(subject): Path<String>,
    asked: Asked,
) -> ApiResult<Response> {
    let params = asked.params(&parameters::with(&["period", "unit"]))?;
    let city = state.snapshots.city(&state).await?;
    let question = parameters::question(&params, &city.facts)?;
    let tag = asked.tag(&city, &params)?;
    if let Some(held) = asked.held(&tag) {
        return Ok(held);
    }
    let fringes = city.fringes(&state, question.basis, question.spans.fringes()).await?;
    let picture = Picture::new(&city.facts, &city.catalog, &question, &fringes);
    let missing = || ApiError::missing("产品或行业", "product or industry", &subject);
    let chosen = Chosen::parse(&picture, &subject).ok_or_else(missing)?;
    let unit = params.text("unit");
    if let Some(code) = unit {
        city.unit(code)?;
    }
    let view = benchmark(&picture, &chosen, unit);
    asked.answer(&params, &tag, &view, |lang| Table::of("benchmark", &view.rows, &ROWS, lang)).await
}

const SUBJECTS: [Column<Subject>; 5] = [
    Column { zh: "类型", en: "Kind", cell: |it, _| it.kind.as_str().into() },
    Column { zh: "代码", en: "Code", cell: |it, _| it.name.code.as_str().into() },
    Column {
        zh: "名称", en: "Name", cell: |it, lang| lang.pick(&it.name.zh, &it.name.en).into()
    },
    Column { zh: "计量单位", en: "Measured in", cell: |it, _| it.unit.as_str().into() },
    Column { zh: "单位数", en: "Units", cell: |it, _| it.units.into() },
];

const ROWS: [Column<BenchmarkRow>; 15] = [
    Column { zh: "位次", en: "Rank", cell: |it, _| it.rank.into() },
    Column {
        zh: "统一社会信用代码",
        en: "Credit code",
        cell: |it, _| it.unit.enterprise_code.as_str().into(),
    },
    Column { zh: "单位", en: "Unit", cell: |it, _| it.unit.name.as_str().into() },
    Column {
        zh: "区划",
        en: "Region",
        cell: |it, lang| lang.pick(&it.unit.region.zh, &it.unit.region.en).into(),
    },
    Column { zh: "数值", en: "Value", cell: |it, _| it.value.into() },
    Column { zh: "上年同期", en: "Comparison", cell: |it, _| it.previous_value.into() },
    Column { zh: "百分位", en: "Percentile", cell: |it, _| it.percentile.into() },
    Column {
        zh: "产量或增加值", en: "Output or value added", cell: |it, _| it.output.into()
    },
    Column { zh: "能耗 tce", en: "Energy, tce", cell: |it, _| it.tce.into() },
    Column { zh: "较参照", en: "Gap to the reference", cell: |it, _| it.gap.into() },
    Column { zh: "较基准", en: "Gap to the baseline", cell: |it, _| it.gap_baseline.into() },
    Column { zh: "限额等级", en: "Limit grade", cell: |it, _| it.grade.into() },
    Column {
        zh: "节能潜力 tce",
        en: "Saving potential, tce",
        cell: |it, _| it.potential_tce.into(),
    },
    Column { zh: "来源", en: "Origin", cell: |it, _| it.source.as_str().into() },
    Column { zh: "完整率", en: "Completeness", cell: |it, _| it.completeness.into() },
];
