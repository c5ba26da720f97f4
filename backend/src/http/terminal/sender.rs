//! Who speaks: the device, that it belongs to the credit code it names, and that it is not too fast.

use axum::response::Response;
use nengce_core::ingest::{Defect, stamp};
use nengce_shared::credit_code::CreditCode;
use nengce_shared::problem::ProblemCode;

use super::answer;
use crate::http::state::AppState;
use crate::store::registry::{DeviceState, UnitEntry};

pub struct Sender {
    pub device_id: String,
    pub unit: UnitEntry,
    pub upload_time: String,
}

/// Finds the sender, or gives the answer that refuses it.
#[expect(
    clippy::result_large_err,
    reason = "the refusal is the answer itself, made once per refused message"
)]
pub fn check(
    state: &AppState,
    device_id: &str,
    enterprise: Option<&CreditCode>,
) -> Result<Sender, Response> {
    let refuse = |code, hint_zh: &str, hint_en: &str| {
        Err(answer::refused(
            &Defect::new("deviceId", code, device_id).hint(hint_zh, hint_en),
        ))
    };
    let now = stamp::seconds(state.clock.now());
    if let Err(wait) = state.rates.take(
        device_id,
        now,
        state.config.max_requests_per_device_per_minute,
    ) {
        return Err(answer::later(ProblemCode::RateLimited, wait));
    }
    let registry = state.store.registry();
    let Some(device) = registry.device(device_id) else {
        return refuse(
            ProblemCode::EntryDeviceUnknown,
            "先调用 /register",
            "call /register first",
        );
    };
    let Some(unit) = registry.unit(device.unit_id) else {
        return refuse(
            ProblemCode::EntryDeviceUnknown,
            "先调用 /register",
            "call /register first",
        );
    };
    if enterprise.is_some_and(|it| it.as_str() != unit.enterprise_code) {
        return Err(answer::refused(&Defect::new(
            "deviceId",
            ProblemCode::EntryDeviceMismatch,
            "",
        )));
    }
    if device.state == DeviceState::Revoked {
        return refuse(
            ProblemCode::Forbidden,
            "终端已被停用，联系节能中心",
            "the device was revoked; ask the energy centre",
        );
    }
    Ok(Sender {
        device_id: device.device_id.clone(),
        unit: unit.clone(),
        upload_time: device.upload_time.clone(),
    })
}
