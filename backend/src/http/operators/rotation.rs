//! `POST /api/v1/devices/{device_id}/rotate`: an operator asks that the terminal of a device fetches a new secret.

use axum::Json;
use axum::extract::{Path, State};
use nengce_shared::api::unit::DeviceRow;
use nengce_shared::problem::ProblemCode;
use serde_json::json;

use super::claim_evidence::describe;
use super::device_bindings::enterprise_of;
use crate::clock;
use crate::http::access::reader::Reader;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::audit::scope::ChangeNote;
use crate::store::queries::devices;
use crate::store::registry::DeviceState;

/// The terminal gets a new id (and key) at its next registration with a proof; the present one goes on to be accepted for
/// `device_overlap_hours`. Asked again, nothing changes.
#[utoipa::path(post, path = "/api/v1/devices/{device_id}/rotate", tag = "devices", params(("device_id" = String, Path)),
    responses((status = 200, body = DeviceRow), (status = 401), (status = 403), (status = 404), (status = 409, description = "not approved, another device stands for the unit, or the terminal has not used its newest secret yet")), security(("admin" = [])))]
pub async fn rotate_device(
    State(state): State<AppState>,
    reader: Reader,
    Path(device_id): Path<String>,
) -> ApiResult<Json<DeviceRow>> {
    let enterprise = enterprise_of(&state, &device_id)?;
    may_rotate(&state, &enterprise, &device_id)?;
    let (now, id) = (state.clock.now(), device_id.clone());
    let is_asked = state
        .store
        .write(move |write| {
            let object = write.named(&id);
            let after = json!({"rotation_asked_at": clock::text(now)});
            write.note_change(ChangeNote { object, ..ChangeNote::after(after) });
            write.ask_rotation(&enterprise, &id, &reader.name, now)
        })
        .await?;
    if !is_asked {
        return Err(ApiError::new(
            ProblemCode::Conflict,
            "该单位已登记另一台终端 / another device stands for the unit",
        ));
    }
    let row = state.store.read(move |conn| Ok(devices::one(conn, &device_id)?)).await?;
    let mut row = row.ok_or_else(|| ApiError::not_found("device"))?;
    describe(&state, std::slice::from_mut(&mut row), true);
    Ok(Json(row))
}

fn may_rotate(state: &AppState, enterprise: &str, device_id: &str) -> ApiResult<()> {
    let registry = state.store.registry();
    let device = registry.device(device_id);
    let known = registry.registrations.get(enterprise);
    let (Some(device), Some(known)) = (device, known) else {
        return Err(ApiError::not_found("该单位没有登记 / the enterprise has no registration"));
    };
    if device.state != DeviceState::Approved {
        return Err(ApiError::new(
            ProblemCode::Conflict,
            "只轮换已批准的终端 / only an approved device has a secret to rotate",
        ));
    }
    if known.accepted_old(state.clock.now()).is_some() && device.last_seen.is_none() {
        return Err(ApiError::new(
            ProblemCode::Conflict,
            "终端还没有用上一次轮换的新凭据 / the terminal has not used the secret of the last rotation yet",
        ));
    }
    Ok(())
}

/// Until when a device that a rotation replaced is accepted.
pub(super) fn accepted_until(state: &AppState, device_id: &str) -> Option<String> {
    let registry = state.store.registry();
    let unit = registry.unit(registry.device(device_id)?.unit_id)?;
    let old = registry.registrations.get(&unit.enterprise_code)?.accepted_old(state.clock.now())?;
    (old.device_id == device_id).then(|| clock::text(old.accepted_until))
}
