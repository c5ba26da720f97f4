//! `GET /api/v1/devices`, and an administrator's approval or revocation of one.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use nengce_shared::api::common::PageInfo;
use nengce_shared::api::unit::{DeviceList, DeviceRow};
use nengce_shared::mask::mask;
use serde_json::json;

use super::claim_evidence::describe;
use super::device_bindings;
use super::name_conflicts::Names;
use crate::http::access::reader::Reader;
use crate::http::content::negotiation::{self, ListRequest};
use crate::http::content::paging;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::store::audit::scope::ChangeNote;
use crate::store::queries::devices;
use crate::store::registry::DeviceState;

const COLUMNS: [Column<DeviceRow>; 8] = [
    Column::new("序列号", "Device", |it, _| it.device_id.as_str().into()),
    Column::new("统一社会信用代码", "Enterprise code", |it, _| {
        it.enterprise_code.as_str().into()
    }),
    Column::new("单位", "Unit", |it, _| it.unit_name.clone().into()),
    Column::new("状态", "State", |it, _| it.state.as_str().into()),
    Column::new("注册时间", "Registered", |it, _| it.registered_at.as_str().into()),
    Column::new("批准时间", "Approved", |it, _| it.approved_at.clone().into()),
    Column::new("上传时刻", "Upload time", |it, _| it.upload_time.as_str().into()),
    Column::new("最近上报", "Last seen", |it, _| it.last_seen.clone().into()),
];

/// Devices by credit code; `state` = pending, approved or revoked; `q` matches credit code or name.
/// Administrators also see devices that were never approved, whole ids, and find devices by id.
#[utoipa::path(get, path = "/api/v1/devices", tag = "devices",
    params(("state" = Option<String>, Query, description = "pending, approved or revoked"), ("q" = Option<String>, Query, description = "part of credit code or name; of a device id for administrators"),
           ("limit" = Option<u32>, Query, description = "rows of a page"), ("cursor" = Option<String>, Query, description = "page.next of the page before, or the header x-nengce-next of a file"), ("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")),
    responses((status = 200, body = DeviceList)))]
pub async fn list_devices(
    State(state): State<AppState>,
    reader: Reader,
    request: ListRequest,
) -> ApiResult<Response> {
    let (params, format) = request.read(&["state", "q", "limit", "cursor"])?;
    let limit = paging::rows(&params, format, state.config.max_list_rows)?;
    let after = paging::decode::<2>(&params)?.unwrap_or_default();
    let wanted = devices::DeviceQuery {
        state: params
            .one_of("state", &["pending", "approved", "revoked"], |word| {
                matches!(word, "pending" | "approved" | "revoked").then(|| word.to_owned())
            })?
            .unwrap_or_default(),
        q: params.text("q").unwrap_or_default().to_owned(),
        after,
        limit,
        all: reader.sees_devices,
        units: reader.units(&state),
    };
    if let Err(error) = state.store.sweep_old_secrets(state.clock.now()).await {
        tracing::debug!(%error, "old secrets that are over are ended at night");
    }
    let (mut rows, total) = state.store.read(move |conn| Ok(devices::page(conn, &wanted)?)).await?;
    describe(&state, &mut rows, reader.sees_devices);
    let next = (rows.len() as u64 >= u64::from(limit))
        .then(|| rows.last().map(devices::place_of))
        .flatten()
        .map(|[code, place]| paging::encode(&[&code, &place]));
    for row in &mut rows {
        reader.device(&mut row.device_id);
    }
    if reader.sees_devices && !rows.is_empty() {
        let names = Names::of(&state).await?;
        rows.iter_mut().for_each(|it| compare(&names, it));
    }
    let body = DeviceList { rows, page: PageInfo { total, next } };
    negotiation::send_page(format, &body, &body.page, || {
        Table::of("devices", &body.rows, &COLUMNS, params.lang)
    })
    .await
}

/// Which approved units' names the unit's can be taken for; one whose name is its code has none yet.
fn compare(names: &Names, row: &mut DeviceRow) {
    let code = row.enterprise_code.as_str();
    if let Some(name) = row.unit_name.as_deref().filter(|it| *it != code) {
        row.name_conflicts = names.conflicts(code, name);
    }
}

/// Data that the device sent before becomes visible.
#[utoipa::path(post, path = "/api/v1/devices/{device_id}/approve", tag = "devices", params(("device_id" = String, Path)),
    responses((status = 200, body = DeviceRow), (status = 401), (status = 404)), security(("admin" = [])))]
pub async fn approve_device(
    state: State<AppState>,
    reader: Reader,
    id: Path<String>,
) -> ApiResult<Json<DeviceRow>> {
    set_state(state, reader, id, DeviceState::Approved).await
}

/// Its uploads are refused from now on, those with a secret that a rotation replaced too; what it sent stays.
#[utoipa::path(post, path = "/api/v1/devices/{device_id}/revoke", tag = "devices", params(("device_id" = String, Path)),
    responses((status = 200, body = DeviceRow), (status = 401), (status = 404)), security(("admin" = [])))]
pub async fn revoke_device(
    state: State<AppState>,
    reader: Reader,
    id: Path<String>,
) -> ApiResult<Json<DeviceRow>> {
    set_state(state, reader, id, DeviceState::Revoked).await
}

async fn set_state(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<String>,
    to: DeviceState,
) -> ApiResult<Json<DeviceRow>> {
    if to == DeviceState::Approved {
        device_bindings::may_approve(&state, &id)?;
    }
    if state.store.registry().device(&id).is_none() {
        return Err(ApiError::missing("终端", "device", &mask(&id)));
    }
    let now = state.clock.now();
    let device_id = id.clone();
    state
        .store
        .write(move |write| {
            let before = write.device(&device_id).map(|it| json!({"state": it.state.as_str()}));
            write.set_device_state(&device_id, to, &reader.name, now)?;
            let (object, after) = (write.named(&device_id), Some(json!({"state": to.as_str()})));
            write.note_change(ChangeNote { object, before, after, reason: None });
            Ok(())
        })
        .await?;
    let row = state.store.read(move |conn| Ok(devices::one(conn, &id)?)).await?;
    let mut row = row.ok_or_else(|| ApiError::not_found("device"))?;
    describe(&state, std::slice::from_mut(&mut row), true);
    compare(&Names::of(&state).await?, &mut row);
    Ok(Json(row))
}
