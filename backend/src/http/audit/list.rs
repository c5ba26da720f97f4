//! `/api/v1/audit…`: the entries of the audit log, the signed head of its chain, and the check of the whole chain.

use axum::Json;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use nengce_core::audit::Outcome;
use nengce_shared::api::audit::{AuditChain, AuditHead, AuditList, AuditRow};
use nengce_shared::api::common::PageInfo;
use nengce_shared::lang::Lang;

use crate::clock;
use crate::http::content::negotiation::{self, ListRequest};
use crate::http::content::paging;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::store::audit::{AuditQuery, count, page, verify};

const COLUMNS: [Column<AuditRow>; 15] = [
    Column::new("序号", "Number", |it, _| it.number.into()),
    Column::new("时间", "Time", |it, _| it.event.at.as_str().into()),
    Column::new("操作者类型", "Kind of actor", |it, _| it.event.actor_kind.as_str().into()),
    Column::new("操作者", "Actor", |it, _| it.event.actor.as_str().into()),
    Column::new("地址", "Address", |it, _| it.event.address.as_str().into()),
    Column::new("请求号", "Request", |it, _| it.event.request_id.as_str().into()),
    Column::new("操作", "Action", |it, _| it.event.action.as_str().into()),
    Column::new("对象类型", "Kind of object", |it, _| it.event.object_kind.as_str().into()),
    Column::new("对象", "Object", |it, _| it.event.object.as_str().into()),
    Column::new("结果", "Outcome", |it, _| it.event.outcome.as_str().into()),
    Column::new("变更前", "Before", |it, _| it.event.before.clone().into()),
    Column::new("变更后", "After", |it, _| it.event.after.clone().into()),
    Column::new("理由", "Reason", |it, _| it.event.reason.clone().into()),
    Column::new("哈希算法", "Hash function", |it, _| it.algorithm.as_str().into()),
    Column::new("哈希值", "Hash", |it, _| it.hash.as_str().into()),
];

/// Newest first, or `order=oldest` first; every other parameter narrows the list.
#[utoipa::path(get, path = "/api/v1/audit", tag = "audit",
    params(("from" = Option<String>, Query, description = "first day, YYYY-MM-DD"), ("to" = Option<String>, Query, description = "last day, YYYY-MM-DD"),
           ("actor" = Option<String>, Query, description = "part of the actor's name, its kind, or its address"),
           ("action" = Option<String>, Query, description = "the beginning of an action's code, such as device"),
           ("object" = Option<String>, Query, description = "part of the object, or its kind"),
           ("outcome" = Option<String>, Query, description = "done, refused or failed"),
           ("order" = Option<String>, Query, description = "newest (default) or oldest"),
           ("limit" = Option<u32>, Query, description = "rows of a page"), ("cursor" = Option<String>, Query, description = "page.next of the page before, or the header x-nengce-next of a file"), ("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")),
    responses((status = 200, body = AuditList), (status = 401)), security(("admin" = [])))]
pub async fn list_audit(
    State(state): State<AppState>,
    request: ListRequest,
) -> ApiResult<Response> {
    const KNOWN: [&str; 9] =
        ["from", "to", "actor", "action", "object", "outcome", "order", "limit", "cursor"];
    let (params, format) = request.read(&KNOWN)?;
    let text = |name| params.text(name).unwrap_or_default().to_owned();
    let outcome = |word: &str| Outcome::ALL.into_iter().find(|it| it.as_str() == word);
    let order = |word: &str| ["newest", "oldest"].iter().position(|it| *it == word);
    let limit = paging::rows(&params, format, state.config.max_list_rows)?;
    let after = paging::after(&params, u64::MAX)?;
    let wanted = AuditQuery {
        from: params.day("from")?.unwrap_or(jiff::civil::Date::MIN),
        to: params.day("to")?.unwrap_or(jiff::civil::Date::MAX),
        actor: text("actor"),
        action: text("action"),
        object: text("object"),
        outcome: params
            .one_of("outcome", &Outcome::ALL.map(Outcome::as_str), outcome)?
            .map_or(String::new(), |it| it.as_str().to_owned()),
        oldest_first: params.one_of("order", &["newest", "oldest"], order)? == Some(1),
        after: (after < u64::MAX).then_some(after),
        limit,
    };
    state.store.flush_audit().await?;
    let (rows, total) =
        state.store.read(move |conn| Ok((page(conn, &wanted)?, count(conn, &wanted)?))).await?;
    let next = (rows.len() as u64 >= u64::from(limit))
        .then(|| rows.last().map(|it| paging::encode(&[&it.number.to_string()])))
        .flatten();
    let body = AuditList { rows, page: PageInfo { total, next } };
    negotiation::send_page(format, &body, &body.page, || {
        Table::of("audit", &body.rows, &COLUMNS, params.lang)
    })
    .await
}

/// Signed now: of the last entry, or of the entry `number`.
#[utoipa::path(get, path = "/api/v1/audit/head", tag = "audit",
    params(("number" = Option<u64>, Query, description = "the last entry that the head is to cover")),
    responses((status = 200, body = AuditHead), (status = 400), (status = 401), (status = 404)), security(("admin" = [])))]
pub async fn get_head(State(state): State<AppState>, uri: Uri) -> ApiResult<Json<AuditHead>> {
    let params = Params::read(&uri, &["number"], Lang::Zh)?;
    let number: Option<u32> = params.number("number", 0, u32::MAX)?;
    let at = clock::text(state.clock.now());
    let head = state.store.audit_head(number.map(u64::from), at).await?;
    let asked = number.map(|it| it.to_string()).unwrap_or_default();
    head.map(Json).ok_or_else(|| ApiError::missing("审计记录", "entry of the audit log", &asked))
}

/// Recomputes the hash of every entry.
#[utoipa::path(get, path = "/api/v1/audit/chain", tag = "audit",
    responses((status = 200, body = AuditChain), (status = 401)), security(("admin" = [])))]
pub async fn get_chain(State(state): State<AppState>, uri: Uri) -> ApiResult<Json<AuditChain>> {
    Params::read(&uri, &[], Lang::Zh)?;
    state.store.flush_audit().await?;
    let found = state.store.read(|conn| Ok(verify(conn)?)).await?;
    Ok(Json(AuditChain {
        entries: found.entries,
        broken: found.broken.map(Into::into),
        removed_up_to: found.removed_up_to,
        checked_at: clock::text(state.clock.now()),
    }))
}
