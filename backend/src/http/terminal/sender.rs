//! Checks the sender of a message: its device, that the device belongs to the credit code it names, whether it is the
//! present one or one that a rotation replaced, and its request rate.

use std::net::IpAddr;

use axum::response::Response;
use jiff::civil::DateTime;
use nengce_messages::profile::Proof;
use nengce_messages::{Problem, stamp};
use nengce_shared::credit_code::CreditCode;
use nengce_shared::mask::mask;
use nengce_shared::problem::ProblemCode;

use super::answer;
use super::registration::applicant::{Client, no_certificate};
use crate::http::state::AppState;
use crate::store::registry::old_secret::Generation;
use crate::store::registry::registrations::Registration;
use crate::store::registry::{DeviceState, UnitEntry};

pub(super) struct Sender {
    pub device_id: String,
    pub unit: UnitEntry,
    pub upload_time: String,
    /// Which of the enterprise's secrets the message shows.
    pub generation: Generation,
    /// A new secret waits for it.
    is_to_register: bool,
    /// The client of the connection, if it is known.
    pub address: Option<IpAddr>,
}

impl Sender {
    /// The version of the registration: a terminal that sees another one registers again.
    pub(super) fn registration_version(&self) -> String {
        let version = format!("{}-{}", self.unit.unit_id, self.upload_time.replace(':', ""));
        if self.is_to_register { format!("{version}-new") } else { version }
    }
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
    let refuse = |code, zh: &str, en: &str| Err(refusal(device_id, code, zh, en));
    let moment = state.clock.now();
    let now = stamp::seconds(moment);
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
    let known = registry.registrations.get(&unit.enterprise_code);
    let (registration, generation) = standing(state, known, device_id, moment)?;
    if state.profile.proof == Proof::Certificate
        && let Ok(code) = CreditCode::parse(&unit.enterprise_code)
        && let Err(problem) =
            check_certificate(&code, client, registration.certificate_of(generation))
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
        generation,
        is_to_register: generation == Generation::Old || registration.rotation_asked.is_some(),
        address: client.address.ip,
    };
    let learned = client.address.proven();
    let learned = learned.filter(|_| registration.from.proven_address().is_none());
    let ends_old = state.config.device_overlap_ends_with_first_message
        && registration.accepted_old(moment).is_some();
    if generation == Generation::Current && (learned.is_some() || ends_old) {
        let known = registration.clone();
        drop(registry);
        note_use(state, known, learned, ends_old.then_some(moment));
    }
    Ok(sender)
}

/// The registration under which a device sends, and whether its id is the present one.
#[expect(
    clippy::result_large_err,
    reason = "the refusal is the answer itself, made once per refused message"
)]
fn standing<'a>(
    state: &AppState,
    known: Option<&'a Registration>,
    device_id: &str,
    now: DateTime,
) -> Result<(&'a Registration, Generation), Response> {
    // The enterprise has to use the profile of its current registration, because another profile may ask for a weaker proof.
    let known = known.filter(|it| it.from.profile == state.profile.name);
    let Some(known) = known else {
        return Err(unregistered(device_id));
    };
    if let Some(generation) = known.generation_of(device_id, now) {
        return Ok((known, generation));
    }
    if known.old.as_ref().is_some_and(|it| it.device_id == device_id) {
        let (zh, en) = ("凭据已轮换，请重新注册", "its secret was rotated; call /register");
        return Err(refusal(device_id, ProblemCode::Forbidden, zh, en));
    }
    Err(unregistered(device_id))
}

fn unregistered(device_id: &str) -> Response {
    let (zh, en) = ("未按本规约注册", "it is not registered in this profile");
    refusal(device_id, ProblemCode::EntryDeviceUnknown, zh, en)
}

fn refusal(device_id: &str, code: ProblemCode, zh: &str, en: &str) -> Response {
    answer::refused(&Problem::new("deviceId", code, mask(device_id)).hint(zh, en))
}

/// Notes what a message with the present secret tells: an address that was not known, and that the old secret is not needed
/// any more.
fn note_use(
    state: &AppState,
    known: Registration,
    learned: Option<IpAddr>,
    ends_old: Option<DateTime>,
) {
    if let Some(now) = ends_old {
        end_old_secret(state, &known, now);
    }
    if let Some(address) = learned {
        learn_address(state, known, address);
    }
}

/// Whether the client certificate of the connection belongs to the enterprise.
fn check_certificate(
    enterprise: &CreditCode,
    client: &Client,
    bound: Option<&str>,
) -> Result<(), Problem> {
    let Some(certificate) = &client.certificate else {
        return Err(no_certificate());
    };
    certificate.check(enterprise, bound)
}

/// The terminal has its new secret: the old one is accepted no more, at once in memory and soon on disk.
fn end_old_secret(state: &AppState, known: &Registration, now: DateTime) {
    let enterprise_code = known.enterprise_code.clone();
    state.store.close_overlap(&enterprise_code, &known.device_id, now);
    let store = state.store.clone();
    tokio::spawn(async move {
        let done = store
            .write(move |write| {
                write.end_old_secret_that_is_over(&enterprise_code, "first_message", now)
            })
            .await;
        if let Err(error) = done {
            tracing::debug!(%error, "the end of an old secret is written at night");
        }
    });
}

/// Records the address of a message with the right device id if no address was known. The address may prove the next
/// registration.
fn learn_address(state: &AppState, known: Registration, address: IpAddr) {
    state.store.note_address(&known, address);
    let store = state.store.clone();
    tokio::spawn(async move {
        let done = store
            .write(move |write| {
                let now = write.registration(&known.enterprise_code);
                match now.filter(|it| it.device_id == known.device_id) {
                    Some(mut it) => {
                        it.from.address = Some(address);
                        it.from.address_proves = true;
                        write.update_registration(it)
                    }
                    None => Ok(()),
                }
            })
            .await;
        if let Err(error) = done {
            tracing::debug!(%error, "the address of a terminal was not kept");
        }
    });
}
