//! `/api/v1/replacements`: values that wait because they would replace old ones, and the operator's decisions about
//! them.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use nengce_shared::api::common::PageInfo;
use nengce_shared::api::replacements::{
    ReplacementBatch, ReplacementList, ReplacementRow, ReplacementsDecided, ReplacementsUndone,
};
use nengce_shared::problem::ProblemCode;
use serde_json::json;

use crate::http::access::reader::Reader;
use crate::http::content::json_body::JsonBody;
use crate::http::content::negotiation::{self, ListRequest};
use crate::http::content::paging;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::store::audit::scope::ChangeNote;
use crate::store::change::replacements::{self, ReplacementSelection, Undo};
use crate::store::replacement::decisions;
use crate::store::replacement::pending::{self, ReplacementQuery};

const STATES: [&str; 4] = ["open", "approved", "refused", "superseded"];

const COLUMNS: [Column<ReplacementRow>; 12] = [
    Column::new("编号", "Replacement", |it, _| it.replacement_id.into()),
    Column::new("统一社会信用代码", "Enterprise code", |it, _| {
        it.enterprise_code.as_str().into()
    }),
    Column::new("单位", "Unit", |it, _| it.unit_name.as_str().into()),
    Column::new("数据编码", "Data code", |it, _| it.data_code.as_str().into()),
    Column::new("采集频率", "Stat type", |it, _| it.stat_type.code().into()),
    Column::new("数据时间", "Period start", |it, _| it.stat_date.as_str().into()),
    Column::new("原值", "Old value", |it, _| it.old_value.into()),
    Column::new("新值", "New value", |it, _| it.new_value.into()),
    Column::new("来源", "Sent by", |it, _| it.sent_by.as_str().into()),
    Column::new("接收时间", "Received", |it, _| it.received_at.as_str().into()),
    Column::new("状态", "State", |it, _| it.state.as_str().into()),
    Column::new("处理人", "Decided by", |it, _| it.decided_by.clone().into()),
];

/// Newest first; `state` = open (default), approved, refused, superseded or all; `unit` = credit code.
#[utoipa::path(get, path = "/api/v1/replacements", tag = "replacements",
    params(("state" = Option<String>, Query, description = "open (default), approved, refused, superseded or all"), ("unit" = Option<String>, Query, description = "credit code"),
           ("limit" = Option<u32>, Query, description = "rows of a page"), ("cursor" = Option<String>, Query, description = "page.next of the page before, or the header x-nengce-next of a file"), ("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")),
    responses((status = 200, body = ReplacementList)))]
pub async fn list_replacements(
    State(state): State<AppState>,
    reader: Reader,
    request: ListRequest,
) -> ApiResult<Response> {
    let (params, format) = request.read(&["state", "unit", "limit", "cursor"])?;
    let limit = paging::rows(&params, format, state.config.max_list_rows)?;
    let before = paging::after(&params, i32::MAX)?;
    let wanted = ReplacementQuery {
        state: params.state(&STATES)?.unwrap_or_else(|| "open".to_owned()),
        unit: params.text("unit").unwrap_or_default().to_owned(),
        before,
        limit,
    };
    let (mut rows, total, open, waiting, undoable) = state
        .store
        .read(move |conn| {
            let total = pending::count(conn, &wanted.state, &wanted.unit)?;
            let open = pending::count(conn, "open", "")?;
            let waiting = decisions::summary(conn, &wanted.unit)?;
            let undoable =
                if reader.sees_devices { decisions::undoable(conn, 0)? } else { Vec::new() };
            Ok((pending::page(conn, &wanted)?, total, open, waiting, undoable))
        })
        .await?;
    let dictionaries = state.dictionaries();
    for row in &mut rows {
        row.unit = dictionaries.unit_of_measure(&row.data_code);
        reader.sender(&mut row.sent_by);
    }
    let next = (rows.len() as u64 >= u64::from(limit))
        .then(|| rows.last().map(|it| paging::encode(&[&it.replacement_id.to_string()])))
        .flatten();
    let body = ReplacementList {
        rows,
        page: PageInfo { total, next },
        open,
        window_days: state.config.replacement_window_days,
        waiting,
        undoable,
    };
    negotiation::send_page(format, &body, &body.page, || {
        Table::of("replacements", &body.rows, &COLUMNS, params.lang)
    })
    .await
}

/// The value takes its place; the one that stood goes to the history with the operator's name.
#[utoipa::path(post, path = "/api/v1/replacements/{replacement_id}/approve", tag = "replacements", params(("replacement_id" = u64, Path)),
    responses((status = 200, body = ReplacementsDecided), (status = 401), (status = 409, description = "not open")), security(("admin" = [])))]
pub async fn approve_one(
    state: State<AppState>,
    reader: Reader,
    id: Path<u64>,
) -> ApiResult<Json<ReplacementsDecided>> {
    one(state, reader, id, true).await
}

/// The stored value stays in force; the record of the refused value is kept.
#[utoipa::path(post, path = "/api/v1/replacements/{replacement_id}/refuse", tag = "replacements", params(("replacement_id" = u64, Path)),
    responses((status = 200, body = ReplacementsDecided), (status = 401), (status = 409, description = "not open")), security(("admin" = [])))]
pub async fn refuse_one(
    state: State<AppState>,
    reader: Reader,
    id: Path<u64>,
) -> ApiResult<Json<ReplacementsDecided>> {
    one(state, reader, id, false).await
}

async fn one(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
    approve: bool,
) -> ApiResult<Json<ReplacementsDecided>> {
    let asked = ReplacementSelection { ids: vec![id], ..ReplacementSelection::default() };
    let done = decide(&state, &reader, asked, approve).await?;
    if done.decided == 0 {
        return Err(ApiError::new(
            ProblemCode::Conflict,
            format!("{id} 不在待处理之列 / {id} does not wait for a decision"),
        ));
    }
    Ok(Json(done))
}

/// Several at once: by id, by upload, by unit, or all that wait.
#[utoipa::path(post, path = "/api/v1/replacements/approve", tag = "replacements", request_body = ReplacementBatch,
    responses((status = 200, body = ReplacementsDecided), (status = 400), (status = 401)), security(("admin" = [])))]
pub async fn approve_batch(
    State(state): State<AppState>,
    reader: Reader,
    JsonBody(batch): JsonBody<ReplacementBatch>,
) -> ApiResult<Json<ReplacementsDecided>> {
    several(&state, &reader, batch, true).await
}

/// Several at once, refused.
#[utoipa::path(post, path = "/api/v1/replacements/refuse", tag = "replacements", request_body = ReplacementBatch,
    responses((status = 200, body = ReplacementsDecided), (status = 400), (status = 401)), security(("admin" = [])))]
pub async fn refuse_batch(
    State(state): State<AppState>,
    reader: Reader,
    JsonBody(batch): JsonBody<ReplacementBatch>,
) -> ApiResult<Json<ReplacementsDecided>> {
    several(&state, &reader, batch, false).await
}

async fn several(
    state: &AppState,
    reader: &Reader,
    batch: ReplacementBatch,
    approve: bool,
) -> ApiResult<Json<ReplacementsDecided>> {
    let asked = ReplacementSelection {
        all: batch.all,
        ids: batch.ids,
        upload_ids: batch.upload_ids,
        unit: batch.unit.unwrap_or_default(),
        up_to: batch.up_to.map(|it| i32::try_from(it).unwrap_or(i32::MAX)),
    };
    let mut numbers = asked.upload_ids.iter().chain(&asked.ids).chain(&batch.up_to);
    if numbers.any(|it| i64::try_from(*it).is_err()) {
        return Err(ApiError::parameter("ids", "没有这样的编号 / there is no such number"));
    }
    if !asked.all && asked.ids.is_empty() && asked.upload_ids.is_empty() && asked.unit.is_empty() {
        return Err(ApiError::parameter(
            "ids",
            "ids, upload_ids, unit 或 all 须有其一 / name ids, upload_ids, unit or all",
        ));
    }
    Ok(Json(decide(state, reader, asked, approve).await?))
}

async fn decide(
    state: &AppState,
    reader: &Reader,
    asked: ReplacementSelection,
    approve: bool,
) -> ApiResult<ReplacementsDecided> {
    let (by, now) = (reader.name.clone(), state.clock.now());
    let decision = state
        .store
        .write(move |write| {
            let decided = replacements::decide(write, &asked, approve, &by, now)?;
            if let Some((decision, count)) = decided {
                let after =
                    json!({"approved": approve, "decision": decision, "replacements": count});
                write.note_change(ChangeNote::after(after));
            }
            Ok(decided)
        })
        .await?;
    let open = open(state).await?;
    Ok(ReplacementsDecided {
        decision_id: decision.map(|it| it.0.into()),
        decided: decision.map_or(0, |it| it.1),
        open,
    })
}

async fn open(state: &AppState) -> ApiResult<u64> {
    Ok(state.store.read(|conn| pending::count(conn, "open", "")).await?)
}

/// What a decision changed stands again as before, and its replacements wait again; nothing of it where one of the values
/// has changed since.
#[utoipa::path(post, path = "/api/v1/replacements/decisions/{decision_id}/undo", tag = "replacements", params(("decision_id" = u64, Path)),
    responses((status = 200, body = ReplacementsUndone), (status = 401), (status = 404), (status = 409, description = "undone before, or changed since")), security(("admin" = [])))]
pub async fn undo_decision(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<String>,
) -> ApiResult<Json<ReplacementsUndone>> {
    let unknown = || ApiError::missing("决定", "decision", &id);
    let known: i32 = id.parse().ok().filter(|it| *it > 0).ok_or_else(unknown)?;
    let (by, now) = (reader.name, state.clock.now());
    let undone = state.store.write(move |write| {
        let undone = replacements::undo(write, known, &by, now)?;
        if let Undo::Done(count) = undone {
            write.note_change(ChangeNote::after(json!({"undone": count})));
        }
        Ok(undone)
    });
    match undone.await? {
        Undo::Done(undone) => Ok(Json(ReplacementsUndone { undone, open: open(&state).await? })),
        Undo::NoSuchDecision => Err(unknown()),
        Undo::UndoneBefore => Err(ApiError::new(
            ProblemCode::Conflict,
            format!("{id} 已撤销 / {id} was undone before"),
        )),
        Undo::ChangedSince => Err(ApiError::new(
            ProblemCode::ChangedSince,
            "其中有值此后已变或已有新值待批，一条也未撤销 / one of its values has changed since, or another waits in its place; nothing was undone",
        )),
    }
}
