//! `GET /api/v1/units/{code}/peers`: a unit among its peers, for readers who may not see them. This view, whose newest row
//! the first page repeats, alone reads more units than its reader may see; what it says of others are means of several.

use axum::extract::{Path, State};
use axum::response::Response;
use nengce_analysis::benchmark::peers::peers;
use nengce_analysis::unit_scope::UnitScope;
use nengce_shared::api::peers::PeerComparison;
use nengce_shared::problem::ProblemCode;

use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::http::views::ViewRequest;

pub const KNOWN: [&str; 0] = [];

pub async fn get_peers(
    State(state): State<AppState>,
    Path(code): Path<String>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&KNOWN)?;
    // Whoever reads many units by shares could tell the means of groups apart.
    if request.reader.by_share.contains(&code) {
        let words = "同行对比不随单位数据分享 / a share does not hold the comparison with peers";
        return Err(ApiError::new(ProblemCode::Forbidden, words));
    }
    let city = state.snapshots.city(&state, &UnitScope::city()).await?;
    let unit = city.unit(&code)?;
    let tag = request.tag(&city, &params)?;
    if let Some(unchanged) = request.not_modified(&tag) {
        return Ok(unchanged);
    }
    let closed = (state.config.min_peer_members, state.config.replacement_window_days);
    let view = peers(city.snapshot(), unit, closed);
    request.answer(&params, &tag, &view, |lang| Table::of("peers", &view.rows, &ROWS, lang)).await
}

const ROWS: [Column<PeerComparison>; 8] = [
    Column::new("年", "Year", |it, _| it.year.to_string().into()),
    Column::new("代码", "Code", |it, _| it.name.code.as_str().into()),
    Column::new("名称", "Name", |it, lang| lang.pick(&it.name.zh, &it.name.en).into()),
    Column::new("计量单位", "Unit", |it, _| it.unit.as_str().into()),
    Column::new("本单位", "Own figure", |it, _| it.own.into()),
    Column::new("所在组（由优至劣）", "Own group, best first", |it, _| {
        it.own_group.into()
    }),
    Column::new("各组成员数", "Members of each group", |it, _| {
        it.groups.iter().map(|it| it.members.to_string()).collect::<Vec<_>>().join(" / ").into()
    }),
    Column::new("各组均值（E24 分级）", "Mean of each group, steps of E24", |it, _| {
        it.groups.iter().map(|it| it.mean.to_string()).collect::<Vec<_>>().join(" / ").into()
    }),
];
