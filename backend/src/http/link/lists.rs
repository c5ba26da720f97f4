//! The units at a platform above, and the values that it refused.

use axum::extract::{Path, State};
use axum::response::Response;
use nengce_shared::api::link::{LinkRefused, LinkRefusedList, LinkUnit, LinkUnitList};

use crate::http::content::negotiation::{self, Format, ListRequest};
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::link::{Upper, rules};
use crate::store::link::{figures, members};

/// Rows of an answer; files have all.
const MOST_ROWS: usize = 1_000;
const MOST_ROWS_OF_A_FILE: u32 = 1_000_000;

const UNITS: [Column<LinkUnit>; 9] = [
    Column::new("统一社会信用代码", "Credit code", |it, _| {
        it.enterprise_code.as_str().into()
    }),
    Column::new("单位", "Unit", |it, _| it.name.as_str().into()),
    Column::new("区划", "Region", |it, _| it.region_code.as_str().into()),
    Column::new("已注册", "Registered", |it, lang| {
        lang.pick(if it.registered { "是" } else { "否" }, if it.registered { "yes" } else { "no" })
            .into()
    }),
    Column::new("待送项日", "Item-days waiting", |it, _| (it.due_item_days as f64).into()),
    Column::new("最近送达", "Last taken", |it, _| it.sent_at.clone().into()),
    Column::new("原因代码", "Code", |it, _| it.code.as_str().into()),
    Column::new("原因", "Reason", |it, lang| lang.pick(&it.reason_zh, &it.reason_en).into()),
    Column::new("下次重试", "Next try", |it, _| it.next_at.clone().into()),
];

const REFUSED: [Column<LinkRefused>; 9] = [
    Column::new("统一社会信用代码", "Credit code", |it, _| {
        it.enterprise_code.as_str().into()
    }),
    Column::new("单位", "Unit", |it, _| it.name.as_str().into()),
    Column::new("数据编码", "Data code", |it, _| it.data_code.as_str().into()),
    Column::new("statType", "statType", |it, _| f64::from(it.stat_type).into()),
    Column::new("时间", "Time", |it, _| it.at.as_str().into()),
    Column::new("数值", "Value", |it, _| it.value.into()),
    Column::new("原因代码", "Code", |it, _| it.code.as_str().into()),
    Column::new("原因", "Reason", |it, _| it.reason.as_str().into()),
    Column::new("拒收时间", "Refused at", |it, _| it.refused_at.as_str().into()),
];

/// The units that go up, those with a failure first, then those with most that waits; after them those that left the rules.
#[utoipa::path(get, path = "/api/v1/link/{upper}/units", tag = "link",
    params(("upper" = String, Path), ("q" = Option<String>, Query, description = "a part of a name or credit code"),
        ("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")),
    responses((status = 200, body = LinkUnitList), (status = 404)), security(("admin" = [])))]
pub async fn list_link_units(
    State(state): State<AppState>,
    Path(name): Path<String>,
    request: ListRequest,
) -> ApiResult<Response> {
    let (params, format) = request.read(&["q"])?;
    let known = known(&state, &name)?;
    let wanted = params.text("q").unwrap_or_default().to_lowercase();
    let (rows, left_at) = state
        .store
        .read(move |conn| Ok((figures::units(conn, &name)?, members::left_at(conn, &name)?)))
        .await?;
    let is_wanted = |it: &LinkUnit| {
        it.name.to_lowercase().contains(&wanted)
            || it.enterprise_code.to_lowercase().contains(&wanted)
    };
    let takes =
        |it: &LinkUnit| rules::takes_unit(&known.config, &it.enterprise_code, &it.region_code);
    let (mut rows, others): (Vec<_>, Vec<_>) = rows.into_iter().filter(is_wanted).partition(takes);
    // One that was never registered above has nothing there to speak of.
    rows.extend(others.into_iter().filter(|it| it.registered).filter_map(|it| {
        let at = left_at.get(&it.enterprise_code)?;
        Some(stopped(it, at))
    }));
    let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    if format == Format::Json {
        rows.truncate(MOST_ROWS);
    }
    let body = LinkUnitList { rows, total };
    negotiation::send(format, &body, || Table::of("link-units", &body.rows, &UNITS, params.lang))
        .await
}

/// A unit that the rules do not take any more.
fn stopped(unit: LinkUnit, at: &str) -> LinkUnit {
    LinkUnit {
        code: "left_rules".to_owned(),
        reason_zh: format!("{at} 起不再上报：上报规则已不包括该单位；已送的数据留在上级平台"),
        reason_en: format!(
            "nothing of it goes up since {at}: the rules do not take it any more; what was sent stays above"
        ),
        next_at: None,
        ..unit
    }
}

/// The values that a platform above refused, with its reasons, newest first.
#[utoipa::path(get, path = "/api/v1/link/{upper}/refused", tag = "link",
    params(("upper" = String, Path), ("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")),
    responses((status = 200, body = LinkRefusedList), (status = 404)), security(("admin" = [])))]
pub async fn list_link_refused(
    State(state): State<AppState>,
    Path(name): Path<String>,
    request: ListRequest,
) -> ApiResult<Response> {
    let (params, format) = request.read(&[])?;
    known(&state, &name)?;
    let most = if format == Format::Json { MOST_ROWS as u32 } else { MOST_ROWS_OF_A_FILE };
    let (rows, waiting) = state
        .store
        .read(move |conn| {
            Ok((figures::refused(conn, &name, most)?, figures::waiting(conn, &name)?))
        })
        .await?;
    let body = LinkRefusedList { rows, total: waiting.refused };
    negotiation::send(format, &body, || {
        Table::of("link-refused", &body.rows, &REFUSED, params.lang)
    })
    .await
}

fn known<'a>(state: &'a AppState, name: &str) -> ApiResult<&'a Upper> {
    let found = state.link.upper(name);
    found.ok_or_else(|| ApiError::missing("上级平台", "platform above", name))
}
