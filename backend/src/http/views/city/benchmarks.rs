//! `GET /api/v1/benchmarks` and `/benchmarks/{product or industry}`.

use axum::extract::{Path, State};
use axum::response::Response;
use nengce_analysis::benchmark::{Chosen, benchmark, subjects};
use nengce_analysis::evaluation::Evaluation;
use nengce_shared::api::benchmark::{BenchmarkRow, BenchmarkView, Subject};

use super::CityQuery;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::http::views::{ViewRequest, parameters};

pub async fn get_subjects(
    State(state): State<AppState>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&parameters::QUESTION)?;
    let city = request.city(&state).await?;
    let query = parameters::query(&params, city.snapshot())?;
    let tag = request.tag(&city, &params)?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let view = subjects(&Evaluation::new(city.snapshot(), &query, &[]));
    request
        .answer(&params, &tag, &view, |lang| {
            Table::of("benchmarks", &view.subjects, &SUBJECTS, lang)
        })
        .await
}

pub async fn get_benchmark(
    State(state): State<AppState>,
    Path(subject): Path<String>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&parameters::with(&["period", "unit"]))?;
    let unit = params.text("unit");
    let derive = |of: CityQuery<'_>| {
        let products = of.evaluation.catalog.products.iter().map(|it| it.code.as_str());
        let missing =
            || ApiError::missing_among("产品或行业", "product or industry", &subject, products);
        let chosen = Chosen::parse(of.evaluation, &subject).ok_or_else(missing)?;
        if let Some(code) = unit {
            of.city.unit(code)?;
        }
        Ok(benchmark(of.evaluation, &chosen, unit))
    };
    let table = |view: &BenchmarkView, lang| Table::of("benchmark", &view.rows, &ROWS, lang);
    request.view(&state, &params, derive, table).await
}

const SUBJECTS: [Column<Subject>; 5] = [
    Column::new("类型", "Kind", |it, _| it.kind.as_str().into()),
    Column::new("代码", "Code", |it, _| it.name.code.as_str().into()),
    Column::new("名称", "Name", |it, lang| lang.pick(&it.name.zh, &it.name.en).into()),
    Column::new("计量单位", "Measured in", |it, _| it.unit.as_str().into()),
    Column::new("单位数", "Units", |it, _| it.units.into()),
];

const ROWS: [Column<BenchmarkRow>; 15] = [
    Column::new("位次", "Rank", |it, _| it.rank.into()),
    Column::new("统一社会信用代码", "Credit code", |it, _| {
        it.unit.enterprise_code.as_str().into()
    }),
    Column::new("单位", "Unit", |it, _| it.unit.name.as_str().into()),
    Column::new("区划", "Region", |it, lang| {
        lang.pick(&it.unit.region.zh, &it.unit.region.en).into()
    }),
    Column::new("数值", "Value", |it, _| it.value.into()),
    Column::new("对比期", "Comparison", |it, _| it.previous_value.into()),
    Column::percent("百分位", "Percentile", |it, _| it.percentile.into()),
    Column::new("产量或增加值", "Output or value added", |it, _| it.output.into()),
    Column::new("能耗 tce", "Energy, tce", |it, _| it.tce.into()),
    Column::percent("较参照", "Gap to the reference", |it, _| it.gap.into()),
    Column::percent("较基准", "Gap to the baseline", |it, _| it.gap_baseline.into()),
    Column::new("限额等级", "Limit grade", |it, _| it.grade.into()),
    Column::new("节能潜力 tce", "Saving potential, tce", |it, _| it.potential_tce.into()),
    Column::new("来源", "Origin", |it, _| it.source.as_str().into()),
    Column::percent("完整率", "Completeness", |it, _| it.completeness.into()),
];
