//! How the regions of a level report, those that lag most first.

use std::time::Duration;

use axum::extract::State;
use axum::response::Response;
use nengce_shared::api::link::{RegionReporting, RegionRow};
use nengce_shared::link::RegionLevel;

use crate::http::content::negotiation::{self, ListRequest};
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::store::link::regions;

const COLUMNS: [Column<RegionRow>; 8] = [
    Column::new("区划", "Region", |it, _| it.region.as_str().into()),
    Column::new("名称", "Name", |it, lang| lang.pick(&it.name_zh, &it.name_en).into()),
    Column::new("单位", "Units", |it, _| f64::from(it.units).into()),
    Column::new("按时", "Reporting", |it, _| f64::from(it.reporting).into()),
    Column::new("滞后", "Late", |it, _| f64::from(it.late).into()),
    Column::new("无数据", "Without data", |it, _| f64::from(it.silent).into()),
    Column::new("最近数据日", "Last day", |it, _| it.last_day.clone().into()),
    Column::new("全部到达至", "Complete through", |it, _| it.complete_through.clone().into()),
];

/// The approved units of each region: how many have values of the last complete day, how many lag, how many have none.
#[utoipa::path(get, path = "/api/v1/link/regions", tag = "link",
    params(("level" = Option<String>, Query, description = "province, city or district; city unless given"),
        ("within" = Option<String>, Query, description = "the first digits of the regions"),
        ("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")),
    responses((status = 200, body = RegionReporting)), security(("admin" = [])))]
pub async fn get_regions(
    State(state): State<AppState>,
    request: ListRequest,
) -> ApiResult<Response> {
    let (params, format) = request.read(&["level", "within"])?;
    let level = match params.text("level") {
        None => RegionLevel::City,
        Some(text) => RegionLevel::parse(text)
            .ok_or_else(|| params.refuse("level", text, "province, city, district"))?,
    };
    let within = params.text("within").unwrap_or_default().to_owned();
    if within.len() > 6 || !within.bytes().all(|it| it.is_ascii_digit()) {
        return Err(ApiError::parameter("within", "0–6 位数字 / 0 to 6 digits"));
    }
    // The last day of an item is written with its roll-ups.
    let wait = Duration::from_millis(state.config.view_wait_ms.into());
    if let Ok(done) = tokio::time::timeout(wait, state.store.wait_for_roll_ups()).await {
        done?;
    }
    let day = state.clock.today().yesterday().unwrap_or(state.clock.today());
    let wanted = within.clone();
    let mut rows = state.store.read(move |conn| regions::list(conn, level, &wanted, day)).await?;
    let dictionaries = state.dictionaries();
    for row in &mut rows {
        let whole = format!("{:0<6}", row.region);
        let (zh, en) = dictionaries.region_name(&whole).unwrap_or((&row.region, &row.region));
        (row.name_zh, row.name_en) = (zh.to_owned(), en.to_owned());
    }
    let body = RegionReporting { level, within, day: day.to_string(), rows };
    negotiation::send(format, &body, || Table::of("regions", &body.rows, &COLUMNS, params.lang))
        .await
}
