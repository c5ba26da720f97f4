//! `GET /api/v1/units/{code}/looks`: who looked at a unit's data, from the audit log. Persons appear by name, role and
//! district; neither their sign-in names nor their addresses are told.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::response::Response;
use jiff::civil::Date;
use nengce_core::audit::ActorKind;
use nengce_shared::api::common::{Named, PageInfo};
use nengce_shared::api::sharing::{LookList, LookRow};

use super::unit_id;
use crate::http::content::negotiation::{self, ListRequest};
use crate::http::content::paging;
use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::store::accounts::shares::shares;
use crate::store::audit::looks::{Look, LookQuery, looks, oldest};

const COLUMNS: [Column<LookRow>; 8] = [
    Column::new("日期", "Day", |it, _| it.day.as_str().into()),
    Column::new("最早", "First", |it, _| it.first.as_str().into()),
    Column::new("最晚", "Last", |it, _| it.last.as_str().into()),
    Column::new("次数", "Looks", |it, _| it.times.into()),
    Column::new("何人", "Who", |it, lang| lang.pick(&it.name_zh, &it.name_en).into()),
    Column::new("角色", "Roles", |it, lang| {
        it.roles.iter().map(|it| it.label(lang)).collect::<Vec<_>>().join(" / ").into()
    }),
    Column::new("地区", "Districts", |it, lang| {
        let names = it.districts.iter().map(|it| lang.pick(&it.zh, &it.en));
        names.collect::<Vec<_>>().join(" / ").into()
    }),
    Column::new("看了什么", "Looked at", |it, _| it.what.as_str().into()),
];

/// Who looked at a unit's data, newest first: one row for each day, person and kind of page. Lists and sums of the city,
/// which name the unit among others, are not recorded by unit.
#[utoipa::path(get, path = "/api/v1/units/{code}/looks", tag = "sharing",
    params(("code" = String, Path), ("from" = Option<String>, Query, description = "first day, YYYY-MM-DD"), ("to" = Option<String>, Query, description = "last day, YYYY-MM-DD"),
           ("limit" = Option<u32>, Query, description = "rows of a page"), ("cursor" = Option<String>, Query, description = "page.next of the page before, or the header x-nengce-next of a file"), ("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")),
    responses((status = 200, body = LookList), (status = 404)))]
pub async fn list_looks(
    State(state): State<AppState>,
    Path(code): Path<String>,
    request: ListRequest,
) -> ApiResult<Response> {
    let (params, format) = request.read(&["from", "to", "limit", "cursor"])?;
    let limit = paging::rows(&params, format, state.config.max_list_rows)?;
    let after = paging::after(&params, u64::MAX)?;
    let wanted = LookQuery {
        enterprise_code: code.clone(),
        unit_id: unit_id(&state, &code)?,
        from: params.day("from")?.unwrap_or(Date::MIN),
        to: params.day("to")?.unwrap_or(Date::MAX),
        after: (after < u64::MAX).then_some(after),
        limit,
    };
    state.store.flush_audit().await?;
    let unit = code.clone();
    let ask = move |conn: &_| {
        let with: BTreeSet<String> =
            shares(conn, &unit, u32::MAX)?.into_iter().map(|it| it.account).collect();
        Ok((looks(conn, &wanted)?, oldest(conn)?, with))
    };
    let ((found, total), kept_since, shared_with) = state.store.read(ask).await?;
    let rows: Vec<LookRow> =
        found.into_iter().map(|it| row(&state, &code, &shared_with, it)).collect();
    let next = (rows.len() as u64 >= u64::from(limit))
        .then(|| rows.last().map(|it| paging::encode(&[&it.number.to_string()])))
        .flatten();
    let kept_months = state.config.audit_retention_months;
    let body = LookList { rows, page: PageInfo { total, next }, kept_months, kept_since };
    negotiation::send_page(format, &body, &body.page, || {
        Table::of("looks", &body.rows, &COLUMNS, params.lang).about([&code])
    })
    .await
}

fn row(state: &AppState, code: &str, shared_with: &BTreeSet<String>, it: Look) -> LookRow {
    let is_account = it.actor_kind == ActorKind::Account.as_str();
    let account = is_account.then(|| state.store.accounts().get(&it.actor).cloned()).flatten();
    let (name_zh, name_en) = match &account {
        Some(of) if !of.display_name_en.is_empty() => {
            (of.display_name.clone(), of.display_name_en.clone())
        }
        Some(of) => (of.display_name.clone(), of.display_name.clone()),
        None if is_account => ("账号已不存在".into(), "an account that is gone".into()),
        None if it.actor_kind == ActorKind::Anonymous.as_str() => {
            ("未登录者（数据已公开）".into(), "not signed in (the data are public)".into())
        }
        None => (format!("平台令牌 {}", it.actor), format!("token of the platform: {}", it.actor)),
    };
    let is_own = account.as_ref().is_some_and(|it| it.is_of_unit(code));
    let (roles, districts) =
        account.map(|it| (it.roles.clone(), it.districts.clone())).unwrap_or_default();
    let dictionaries = state.dictionaries();
    let named = |code: String| {
        let of = dictionaries.region(&code);
        let (zh, en) =
            of.map_or((code.clone(), code.clone()), |it| (it.name_zh.clone(), it.name_en.clone()));
        Named { code, zh, en }
    };
    LookRow {
        day: it.day,
        first: it.first,
        last: it.last,
        times: it.times,
        actor_kind: it.actor_kind,
        name_zh,
        name_en,
        roles,
        districts: districts.into_iter().map(named).collect(),
        is_own,
        by_share: shared_with.contains(&it.actor),
        what: it.what,
        number: it.number,
    }
}
