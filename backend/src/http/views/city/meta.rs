//! `GET /api/v1/meta`: place, lists, editions and counts that every page needs once.

use axum::extract::State;
use axum::response::Response;
use nengce_analysis::meta::meta;
use nengce_shared::api::meta::RegionInfo;

use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::http::views::ViewRequest;

pub async fn get_meta(State(state): State<AppState>, request: ViewRequest) -> ApiResult<Response> {
    let params = request.params(&[])?;
    let city = state.snapshots.city(&state).await?;
    let tag = request.tag(&city, &params)?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let view = meta(city.snapshot(), &city.system);
    request
        .answer(&params, &tag, &view, |lang| Table::of("regions", &view.regions, &REGIONS, lang))
        .await
}

const REGIONS: [Column<RegionInfo>; 4] = [
    Column::new("代码", "Code", |it, _| it.code.as_str().into()),
    Column::new("名称", "Name", |it, lang| lang.pick(&it.zh, &it.en).into()),
    Column::new("图块行", "Tile row", |it, _| it.tile_row.into()),
    Column::new("图块列", "Tile column", |it, _| it.tile_column.into()),
];
