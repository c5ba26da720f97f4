//! Checks the sender of a message: its device, that the device belongs to the credit code it names, and its request
//! rate.

use std::net::IpAddr;

use axum::response::Response;
use nengce_core::ingest::profile::Proof;
use nengce_core::ingest::{Problem, stamp};
use nengce_shared::credit_code::CreditCode;
use nengce_shared::mask::mask;
use nengce_shared::problem::ProblemCode;

use super::answer;
use super::registration::applicant::{Client, no_certificate};
use crate::http::state::AppState;
use crate::store::registry::registrations::Registration;
use crate::store::registry::{DeviceState, UnitEntry};

pub(super) struct Sender {
    pub device_id: String,
    pub unit: UnitEntry,
    pub upload_time: String,
    /// The client of the connection, if it is known.
    pub address: Option<IpAddr>,
}

/// Finds the sender; `Err` is the refusal.
#[expect(
    clippy::result_large_err,
    reason = "the refusal is the answer itself, made once per refused message"
)]
pub(super) fn check(
    state: &AppState,
    device_id: &str,
    enterprise: Option<&CreditCode>,
    client: &Client,
) -> Result<Sender, Response> {
    let refuse = |code, hint_zh: &str, hint_en: &str| {
        Err(answer::refused(
            &Problem::new("deviceId", code, mask(device_id)).hint(hint_zh, hint_en),
        ))
    };
    let now = stamp::seconds(state.clock.now());
    if let Err(wait) =
        state.rates.take(device_id, now, state.config.max_requests_per_device_per_minute)
    {
        return Err(answer::later(ProblemCode::RateLimited, wait));
    }
    let registry = state.store.registry();
    let Some(device) = registry.device(device_id) else {
        return refuse(ProblemCode::EntryDeviceUnknown, "先调用 /register", "call /register first");
    };
    let Some(unit) = registry.unit(device.unit_id) else {
        return refuse(ProblemCode::EntryDeviceUnknown, "先调用 /register", "call /register first");
    };
    if enterprise.is_some_and(|it| it.as_str() != unit.enterprise_code) {
        return Err(answer::refused(&Problem::new(
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
    // The enterprise has to use the profile of its current registration, because another profile may ask for a weaker proof.
    let registration = registry.registrations.get(&unit.enterprise_code);
    let Some(registration) = registration
        .filter(|it| it.device_id == device.device_id && it.from.profile == state.profile.name)
    else {
        return refuse(
            ProblemCode::EntryDeviceUnknown,
            "未按本规约注册",
            "it is not registered in this profile",
        );
    };
    if state.profile.proof == Proof::Certificate
        && let Ok(code) = CreditCode::parse(&unit.enterprise_code)
        && let Err(problem) = check_certificate(&code, client, registration)
    {
        return Err(answer::refused(&problem));
    }
    if device.state == DeviceState::Pending {
        let limit = state.config.max_requests_per_pending_device_per_minute;
        if let Err(wait) = state.rates.take_pending(device_id, now, limit) {
            return Err(answer::later(ProblemCode::RateLimited, wait));
        }
    }
    let sender = Sender {
        device_id: device.device_id.clone(),
        unit: unit.clone(),
        upload_time: device.upload_time.clone(),
        address: client.address.ip,
    };
    if registration.from.proven_address().is_none()
        && let Some(address) = client.address.proven()
    {
        let known = registration.clone();
        drop(registry);
        learn_address(state, known, address);
    }
    Ok(sender)
}

/// Whether the client certificate of the connection belongs to the enterprise.
fn check_certificate(
    enterprise: &CreditCode,
    client: &Client,
    registration: &Registration,
) -> Result<(), Problem> {
    let Some(certificate) = &client.certificate else {
        return Err(no_certificate());
    };
    certificate.check(enterprise, registration.from.certificate.as_deref())
}

/// Records the address of a message with the right device id if no address was known. The address may prove the next
/// registration.
fn learn_address(state: &AppState, known: Registration, address: IpAddr) {
    let mut it = known;
    it.from.address = Some(address);
    it.from.address_proves = true;
    state.store.note_registration(it.clone());
    let store = state.store.clone();
    tokio::spawn(async move {
        let done = store
            .write(move |write| {
                let unmoved = write
                    .registration(&it.enterprise_code)
                    .is_some_and(|now| now.device_id == it.device_id);
                if unmoved {
                    write.update_registration(it)?;
                }
                Ok(())
            })
            .await;
        if let Err(error) = done {
            tracing::debug!(%error, "the address of a terminal was not kept");
        }
    });
}
