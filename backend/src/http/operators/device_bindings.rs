//! What an operator does about the binding of an enterprise to its terminal: make a one-time code for a plant that
//! replaces its terminal, or release the device so that the next registration counts as the first.

use axum::Json;
use axum::extract::{Path, State};
use jiff::ToSpan;
use nengce_shared::api::claim::RegistrationCode;
use nengce_shared::api::unit::DeviceRow;
use nengce_shared::credit_code::CreditCode;
use nengce_shared::mask::mask;
use nengce_shared::problem::ProblemCode;
use rand::RngExt;
use serde_json::json;

use super::claim_evidence::describe;
use crate::clock;
use crate::http::access::reader::Reader;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::http::terminal::registration::proof::{CODE_LENGTH, CODE_LETTERS, hash_of_code};
use crate::store::audit::scope::ChangeNote;
use crate::store::queries::devices;
use crate::store::registry::DeviceState;
use crate::store::registry::claims::ClaimState;
use crate::store::registry::codes::Code;

/// The enterprise of a device that stands for it, or for which nobody stands.
pub(super) fn enterprise_of(state: &AppState, device_id: &str) -> ApiResult<String> {
    let registry = state.store.registry();
    let unit = registry.device(device_id).and_then(|it| registry.unit(it.unit_id));
    let Some(unit) = unit else {
        return Err(ApiError::not_found("没有这台终端 / no such device"));
    };
    let standing = registry.registrations.get(&unit.enterprise_code);
    if standing.is_some_and(|it| it.device_id != device_id) {
        return Err(ApiError::new(
            ProblemCode::Conflict,
            "该单位已登记另一台终端 / another device stands for the unit",
        ));
    }
    Ok(unit.enterprise_code.clone())
}

/// A device that was replaced or released does not come back: two would speak for one unit.
pub(super) fn may_approve(state: &AppState, device_id: &str) -> ApiResult<()> {
    let registry = state.store.registry();
    let unit = registry.device(device_id).and_then(|it| registry.unit(it.unit_id));
    let Some(unit) = unit else {
        return Ok(());
    };
    let standing = registry.registrations.get(&unit.enterprise_code);
    if standing.is_none_or(|it| it.device_id != device_id) {
        return Err(ApiError::new(
            ProblemCode::Conflict,
            "该终端已被更换或解绑，须重新登记 / the device was replaced or released; its terminal has to register anew",
        ));
    }
    Ok(())
}

/// A code that the plant's terminal registers with, once: it gets a new id, and the device before is revoked after the overlap of a rotation.
#[utoipa::path(post, path = "/api/v1/devices/{device_id}/code", tag = "devices", params(("device_id" = String, Path)),
    responses((status = 200, body = RegistrationCode), (status = 401), (status = 403), (status = 404), (status = 409, description = "another device stands for the unit")), security(("admin" = [])))]
pub async fn make_code(
    State(state): State<AppState>,
    reader: Reader,
    Path(device_id): Path<String>,
) -> ApiResult<Json<RegistrationCode>> {
    let enterprise_code = enterprise_of(&state, &device_id)?;
    let now = state.clock.now();
    let plain: String = {
        let mut random = rand::rng();
        let letter = |_| CODE_LETTERS[random.random_range(0..CODE_LETTERS.len())] as char;
        (0..CODE_LENGTH).map(letter).collect()
    };
    let code = Code {
        enterprise_code: enterprise_code.clone(),
        device_id: device_id.clone(),
        hash: hash_of_code(&enterprise_code, &plain),
        made_by: reader.name.to_string(),
        expires_at: now.saturating_add(i64::from(state.config.registration_code_hours).hours()),
    };
    let expires_at = clock::text(code.expires_at);
    let after = json!({"enterprise_code": enterprise_code, "expires_at": expires_at});
    state
        .store
        .write(move |write| {
            let object = write.named(&code.device_id);
            write.note_change(ChangeNote { object, ..ChangeNote::after(after) });
            write.put_code(code, now)
        })
        .await?;
    let (a, b, c) = (&plain[..4], &plain[4..8], &plain[8..]);
    Ok(Json(RegistrationCode {
        device_id,
        enterprise_code,
        code: format!("{a}-{b}-{c}"),
        expires_at,
    }))
}

/// Certificate, key, password and code are undone, the device is revoked; the next registration is the first again. What
/// the device sent stays.
#[utoipa::path(post, path = "/api/v1/devices/{device_id}/release", tag = "devices",
    params(("device_id" = String, Path, description = "or the credit code of an enterprise, which may have no device yet")),
    responses((status = 200, body = DeviceRow), (status = 401), (status = 403), (status = 404), (status = 409, description = "another device stands for the unit")), security(("admin" = [])))]
pub async fn release_device(
    State(state): State<AppState>,
    reader: Reader,
    Path(device_id): Path<String>,
) -> ApiResult<Json<DeviceRow>> {
    let (enterprise, device_id) = released(&state, device_id)?;
    let (now, bare, named) = (state.clock.now(), enterprise.clone(), device_id.clone());
    state
        .store
        .write(move |write| {
            let known = write.registration(&enterprise);
            let before = known.map(|it| {
                let device = write.device(&it.device_id).map(|it| it.state.as_str());
                json!({"state": device, "address": it.from.address, "certificate": it.from.certificate})
            });
            let object = format!("{} {enterprise}", mask(&named));
            let after = Some(json!({"state": "released"}));
            write.note_change(ChangeNote { object, before, after, reason: None });
            write.release(&enterprise, &reader.name, now)?;
            for it in [ClaimState::Pending, ClaimState::Confirmed] {
                write.end_claims(&enterprise, it, 0, "the device was released", now)?;
            }
            Ok(())
        })
        .await?;
    if device_id.is_empty() {
        return Ok(Json(without_device(bare, clock::text(now))));
    }
    let row = state.store.read(move |conn| Ok(devices::one(conn, &device_id)?)).await?;
    let mut row = row.ok_or_else(|| ApiError::not_found("device"))?;
    describe(&state, std::slice::from_mut(&mut row), true);
    Ok(Json(row))
}

/// The enterprise and the device of what is to be released: a device id, or a credit code whose registration may have no
/// device yet.
fn released(state: &AppState, named: String) -> ApiResult<(String, String)> {
    let Ok(code) = CreditCode::parse(&named) else {
        return Ok((enterprise_of(state, &named)?, named));
    };
    let registry = state.store.registry();
    let known = registry.registrations.get(code.as_str());
    let Some(known) = known else {
        return Err(ApiError::not_found("该单位没有登记 / the enterprise has no registration"));
    };
    Ok((known.enterprise_code.clone(), known.device_id.clone()))
}

/// What a released registration without a device looks like.
fn without_device(enterprise_code: String, now: String) -> DeviceRow {
    DeviceRow {
        device_id: String::new(),
        enterprise_code,
        unit_name: None,
        region: None,
        state: DeviceState::Revoked.as_str().to_owned(),
        registered_at: now,
        approved_at: None,
        approved_by: None,
        upload_time: String::new(),
        last_seen: None,
        proof: None,
        proved_at: None,
        registrant: None,
        open_claims: None,
        rotation_asked_at: None,
        accepted_until: None,
        name_conflicts: Vec::new(),
    }
}
