//! `/api/v1/unit-changes`: changes that terminals propose for approved units, shown as a difference, and the operator's
//! decisions.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use nengce_core::reference::Dictionaries;
use nengce_messages::identity::{ATTRIBUTES, CONVERSION, INDUSTRY, LEVEL, NAME, REGION};
use nengce_messages::{checks, echo};
use nengce_shared::api::common::{Named, PageInfo};
use nengce_shared::api::unit_change::{
    UnitChangeDecision, UnitChangeField, UnitChangeList, UnitChangeRow,
};
use nengce_shared::energy_level::EnergyLevel;
use nengce_shared::lang::Lang;
use nengce_shared::problem::ProblemCode;
use serde_json::json;

use super::name_conflicts::Names;
use crate::http::access::reader::Reader;
use crate::http::content::negotiation::{self, ListRequest};
use crate::http::content::paging;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::store::audit::scope::ChangeNote;
use crate::store::change::unit_change_list::{self as store, Change, UnitChangeQuery};

pub const STATES: [&str; 5] = ["pending", "approved", "refused", "superseded", "withdrawn"];

const COLUMNS: [Column<UnitChangeRow>; 10] = [
    Column::new("编号", "Change", |it, _| it.change_id.into()),
    Column::new("统一社会信用代码", "Enterprise code", |it, _| {
        it.enterprise_code.as_str().into()
    }),
    Column::new("单位", "Unit", |it, _| it.unit_name.as_str().into()),
    Column::new("变更", "Difference", |it, lang| difference(it, lang).into()),
    Column::new("来源", "Sent by", |it, _| it.sent_by.as_str().into()),
    Column::new("地址", "Address", |it, _| it.address.clone().into()),
    Column::new("接收时间", "Received", |it, _| it.sent_at.as_str().into()),
    Column::new("状态", "State", |it, _| it.state.as_str().into()),
    Column::new("处理人", "Decided by", |it, _| it.decided_by.clone().into()),
    Column::new("理由", "Reason", |it, _| it.reason.clone().into()),
];

fn difference(row: &UnitChangeRow, lang: Lang) -> String {
    let text = |it: &Option<Named>| it.as_ref().map_or("—".to_owned(), |it| it.code.clone());
    let one = |it: &UnitChangeField| {
        let name = lang.pick(&it.zh, &it.en);
        format!("{name}: {} → {}", text(&it.now), text(&it.proposed))
    };
    row.fields.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Newest first; `state` = pending (default), approved, refused, superseded, withdrawn or all; `q` = part of a credit
/// code, of the unit's name or of what is proposed.
#[utoipa::path(get, path = "/api/v1/unit-changes", tag = "unit changes",
    params(("state" = Option<String>, Query, description = "pending (default), approved, refused, superseded, withdrawn or all"), ("q" = Option<String>, Query, description = "part of credit code, name or proposal"),
           ("limit" = Option<u32>, Query, description = "rows of a page"), ("cursor" = Option<String>, Query, description = "page.next of the page before, or the header x-nengce-next of a file"), ("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")),
    responses((status = 200, body = UnitChangeList), (status = 401)), security(("admin" = [])))]
pub async fn list_unit_changes(
    State(state): State<AppState>,
    request: ListRequest,
) -> ApiResult<Response> {
    let (params, format) = request.read(&["state", "q", "limit", "cursor"])?;
    let limit = paging::rows(&params, format, state.config.max_list_rows)?;
    let before = paging::after(&params, i32::MAX)?;
    let wanted = UnitChangeQuery {
        state: params.state(&STATES)?.unwrap_or_else(|| "pending".to_owned()),
        q: params.text("q").unwrap_or_default().to_owned(),
        id: 0,
        before,
        limit,
    };
    let dictionaries = state.dictionaries();
    let (changes, total, pending) = state
        .store
        .read(move |conn| {
            let total = store::count(conn, &wanted.state, &wanted.q)?;
            let pending = store::count(conn, "pending", "")?;
            let page = store::page(conn, &wanted, &dictionaries)?;
            Ok((page, total, pending))
        })
        .await?;
    let next = (changes.len() as u64 >= u64::from(limit))
        .then(|| changes.last().map(|it| paging::encode(&[&it.change_id.to_string()])))
        .flatten();
    let body = UnitChangeList {
        rows: rows(&state, changes).await?,
        page: PageInfo { total, next },
        pending,
    };
    negotiation::send_page(format, &body, &body.page, || {
        Table::of("unit-changes", &body.rows, &COLUMNS, params.lang)
    })
    .await
}

async fn rows(state: &AppState, changes: Vec<Change>) -> ApiResult<Vec<UnitChangeRow>> {
    if changes.is_empty() {
        return Ok(Vec::new());
    }
    let (names, dictionaries) = (Names::of(state).await?, state.dictionaries());
    let row = |it| row(&names, &dictionaries, it);
    Ok(changes.into_iter().map(row).collect())
}

fn row(names: &Names, dictionaries: &Dictionaries, it: Change) -> UnitChangeRow {
    let conflicts = it
        .proposed
        .get(NAME)
        .map(|name| names.conflicts(&it.enterprise_code, name))
        .unwrap_or_default();
    let mut fields = Vec::new();
    for attribute in &ATTRIBUTES {
        let Some(proposed) = it.proposed.get(attribute.field) else {
            continue;
        };
        let mut flags = Vec::new();
        if attribute.changes_figures {
            flags.push("changes_figures".to_owned());
        }
        if attribute.field == NAME {
            for kind in ["equal", "confusable"] {
                if conflicts.iter().any(|it| it.kind == kind) {
                    flags.push(format!("{kind}_name"));
                }
            }
        }
        let named = |value: &String| named(dictionaries, attribute.field, value);
        fields.push(UnitChangeField {
            field: attribute.field.to_owned(),
            zh: attribute.zh.to_owned(),
            en: attribute.en.to_owned(),
            now: it.now.get(attribute.field).map(named),
            proposed: Some(named(proposed)),
            flags,
        });
    }
    UnitChangeRow {
        change_id: u64::from(it.change_id.unsigned_abs()),
        enterprise_code: it.enterprise_code,
        unit_name: it.unit_name,
        fields,
        name_conflicts: conflicts,
        sent_by: it.sent_by,
        address: it.address,
        sent_at: it.sent_at,
        state: it.state,
        decided_at: it.decided_at,
        decided_by: it.decided_by,
        reason: it.reason,
    }
}

fn named(dictionaries: &Dictionaries, field: &str, value: &str) -> Named {
    let level = |it: &str| EnergyLevel::from_code(it.parse().ok()?);
    let (zh, en) = match (field, value) {
        (REGION, it) => dictionaries.region_name(it),
        (INDUSTRY, it) => {
            dictionaries.nearest_industry(it).map(|it| (it.name_zh.as_str(), it.name_en.as_str()))
        }
        (LEVEL, it) => level(it).map(|it| (it.label(Lang::Zh), it.label(Lang::En))),
        (CONVERSION, "true") => Some(("是", "yes")),
        (CONVERSION, _) => Some(("否", "no")),
        _ => None,
    }
    .unwrap_or((value, value));
    Named { code: value.to_owned(), zh: zh.to_owned(), en: en.to_owned() }
}

/// The unit is what the terminal says from now on; what stood stays in the record.
#[utoipa::path(post, path = "/api/v1/unit-changes/{change_id}/approve", tag = "unit changes", params(("change_id" = u64, Path)), request_body = Option<UnitChangeDecision>,
    responses((status = 200, body = UnitChangeRow), (status = 400), (status = 401), (status = 404), (status = 409, description = "it does not wait")), security(("admin" = [])))]
pub async fn approve_unit_change(
    state: State<AppState>,
    reader: Reader,
    id: Path<String>,
    body: Bytes,
) -> ApiResult<Json<UnitChangeRow>> {
    decide(state, reader, id, body, true).await
}

/// The unit stays as it is, and the same change stays refused when it is sent again.
#[utoipa::path(post, path = "/api/v1/unit-changes/{change_id}/refuse", tag = "unit changes", params(("change_id" = u64, Path)), request_body = Option<UnitChangeDecision>,
    responses((status = 200, body = UnitChangeRow), (status = 400), (status = 401), (status = 404), (status = 409, description = "it does not wait")), security(("admin" = [])))]
pub async fn refuse_unit_change(
    state: State<AppState>,
    reader: Reader,
    id: Path<String>,
    body: Bytes,
) -> ApiResult<Json<UnitChangeRow>> {
    decide(state, reader, id, body, false).await
}

/// The reason of a decision; a body may be left out.
fn reason(body: &Bytes) -> ApiResult<Option<String>> {
    if body.is_empty() {
        return Ok(None);
    }
    let decision: UnitChangeDecision = serde_json::from_slice(body)
        .map_err(|error| ApiError::new(ProblemCode::BodyNotJson, echo(&error.to_string())))?;
    let reason = decision.reason.map(|it| it.trim().to_owned());
    let reason = reason.filter(|it| !it.is_empty());
    if let Some(text) = &reason {
        checks::text("reason", text)
            .map_err(|it| ApiError::at_parameter(it.code, "reason", it.reason(Lang::Zh)))?;
    }
    Ok(reason)
}

async fn decide(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<String>,
    body: Bytes,
    approve: bool,
) -> ApiResult<Json<UnitChangeRow>> {
    let reason = reason(&body)?;
    let unknown = || ApiError::missing("变更", "change", &id);
    let id: i32 = id.parse().ok().filter(|it| *it > 0).ok_or_else(unknown)?;
    let now = state.clock.now();
    let done = state
        .store
        .write(move |write| {
            let dictionaries = write.dictionaries();
            let asked = store::page(write.conn, &UnitChangeQuery::of_id(id), &dictionaries)?;
            let done = store::decide(write, id, approve, &reader.name, reason.as_deref(), now)?;
            if let Some(it) = asked.into_iter().next().filter(|_| done) {
                let (before, proposed) = (json!(it.now), json!(it.proposed));
                let after = if approve { proposed } else { json!({"refused": proposed}) };
                let (before, after) = (Some(before), Some(after));
                write.note_change(ChangeNote { object: it.enterprise_code, before, after, reason });
            }
            Ok(done)
        })
        .await?;
    let dictionaries = state.dictionaries();
    let found = state
        .store
        .read(move |conn| store::page(conn, &UnitChangeQuery::of_id(id), &dictionaries))
        .await?;
    let row = rows(&state, found).await?.pop().ok_or_else(unknown)?;
    if !done {
        return Err(ApiError::new(
            ProblemCode::Conflict,
            format!("{id} 不在待处理之列 / {id} does not wait for a decision"),
        ));
    }
    Ok(Json(row))
}
