//! `GET /api/v1/devices/{device_id}/evidence`: what stands beside the decision on a device.

use axum::Json;
use axum::extract::{Path, State};
use nengce_shared::api::device_evidence::DeviceEvidence;
use nengce_shared::data_code::DataCode;
use nengce_shared::mask::mask;

use super::rotation;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::queries::device_evidence;

/// Its configuration, its first readings that wait, and the device that the enterprise had before.
#[utoipa::path(get, path = "/api/v1/devices/{device_id}/evidence", tag = "devices", params(("device_id" = String, Path)),
    responses((status = 200, body = DeviceEvidence), (status = 401), (status = 404)), security(("admin" = [])))]
pub async fn get_evidence(
    State(state): State<AppState>,
    Path(device_id): Path<String>,
) -> ApiResult<Json<DeviceEvidence>> {
    if state.store.registry().device(&device_id).is_none() {
        return Err(ApiError::missing("终端", "device", &mask(&device_id)));
    }
    let ask = move |conn: &_| Ok(device_evidence::load(conn, &device_id)?);
    let mut found = state.store.read(ask).await?;
    if let Some(it) = &mut found.previous {
        it.accepted_until = rotation::accepted_until(&state, &it.device_id);
    }
    let dictionaries = state.dictionaries();
    for it in &mut found.readings {
        let code = DataCode::parse_strict(&it.data_code).ok();
        if let Some((zh, en)) = code.and_then(|it| dictionaries.item_name(&it)) {
            (it.name_zh, it.name_en) = (zh.to_owned(), en.to_owned());
        }
        it.unit = dictionaries.unit_of_measure(&it.data_code);
    }
    Ok(Json(found))
}
