//! `GET /api/v1/meta`: place, lists, editions and counts that every page needs once.

use axum::extract::State;
use axum::response::Response;
use nengce_analysis::meta::meta;
use nengce_shared::api::meta::{Meta, RegionInfo};

use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::http::views::ViewRequest;

pub async fn get_meta(State(state): State<AppState>, request: ViewRequest) -> ApiResult<Response> {
    let params = request.params(&[])?;
    let city = request.city(&state).await?;
    let filling = state.filling.now();
    let progress = filling.as_ref().map_or(0, |it| it.units_done);
    let tag = request.tag_of_state(&city, &params, (filling.is_some(), progress))?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let view = Meta { filling, ..meta(city.snapshot(), &city.system) };
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
