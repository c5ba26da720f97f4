//! `GET /api/v1/cube/products`: the products, which unit product consumption and benchmarking need beside the cube and
//! its frame.

use axum::extract::State;
use axum::response::Response;
use nengce_analysis::frame_products::products;
use nengce_shared::api::cube::FrameProduct;

use super::ViewRequest;
use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;

pub async fn get_products(
    State(state): State<AppState>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&[])?;
    let city = state.snapshots.city(&state).await?;
    let tag = request.tag(&city, &params)?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let view = products(&city.snapshot, &city.catalog);
    request
        .answer(&params, &tag, &view, |lang| Table::of("products", &view.products, &PRODUCTS, lang))
        .await
}

const PRODUCTS: [Column<FrameProduct>; 7] = [
    Column::new("代码", "Code", |it, _| it.code.as_str().into()),
    Column::new("产品", "Product", |it, lang| lang.pick(&it.zh, &it.en).into()),
    Column::new("计量单位", "Measured in", |it, _| it.levels.unit.as_str().into()),
    Column::new("标杆水平", "Benchmark", |it, _| it.levels.benchmark.into()),
    Column::new("基准水平", "Baseline", |it, _| it.levels.baseline.into()),
    Column::new("来源", "Source", |it, _| it.levels.edition.as_str().into()),
    Column::new("确定性", "Certainty", |it, _| it.levels.certainty.as_str().into()),
];
