//! Gives a terminal a new secret in place of the one it has, which goes on to be accepted for a while: because an operator
//! asked for it, because the terminal did, or with a one-time code.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::DateTime;
use nengce_messages::profile::Proof;

use super::establish::{
    self, New, Standing, device_before, end_claim, key_kind, record_replacement,
};
use crate::config::Config;
use crate::http::state::AppState;
use crate::store::Result;
use crate::store::change::Transaction;
use crate::store::registry::old_secret::{Generation, OldSecret};
use crate::store::registry::registrations::{ProvedBy, Registration};
use crate::store::registry::{DeviceEntry, DeviceState, Registry};

/// Who approved a device that took over the approval of the one before, because its terminal asked for a new secret.
const ROTATED_BY: &str = "rotation";

/// Whether the new secret was handed out and its terminal has not used it yet: the answer may have been lost.
fn is_unused(registry: &Registry, known: &Registration, now: DateTime) -> bool {
    let device = registry.device(&known.device_id);
    known.accepted_old(now).is_some() && device.is_some_and(|it| it.last_seen.is_none())
}

/// The secrets, beside the device id, that prove a registration: the keys in force, and those before them as long as the new
/// ones were not used.
pub(super) fn secrets<'a>(
    registry: &'a Registry,
    known: &'a Registration,
    proof: Proof,
    now: DateTime,
) -> Vec<&'a str> {
    let key = |generation: Generation| {
        let kind = key_kind(proof)?.of(generation);
        registry.credentials.get(&known.enterprise_code, kind)
    };
    let mut found: Vec<&str> = key(Generation::Current).into_iter().collect();
    if is_unused(registry, known, now) {
        found.push(known.device_of(Generation::Old));
        found.extend(key(Generation::Old));
    }
    found
}

/// Whether a proved registration gets a new secret. Only an approved device has one that is worth to be rotated; whoever asks
/// again before using the new one gets the same.
pub(super) fn is_due(
    state: &AppState,
    known: &Registration,
    proof: ProvedBy,
    is_asked_by_terminal: bool,
    now: DateTime,
) -> bool {
    let registry = state.store.registry();
    let device = registry.device(&known.device_id);
    let is_approved = device.is_some_and(|it| it.state == DeviceState::Approved);
    let is_wanted = match proof {
        ProvedBy::Network => false,
        ProvedBy::Address => known.rotation_asked.is_some(),
        _ => known.rotation_asked.is_some() || is_asked_by_terminal,
    };
    is_approved && is_wanted && !is_unused(&registry, known, now)
}

/// Rotates the secret of the device; `None` if it is not the one in force any more, or not approved.
pub(super) async fn rotated(
    state: &AppState,
    new: New,
    device_id: String,
    proof: ProvedBy,
) -> Result<Option<Standing>> {
    let config = Arc::clone(&state.config);
    state
        .store
        .write(move |write| {
            let known = write.registration(&new.enterprise_code);
            let known = known.filter(|it| it.device_id == device_id);
            let before = write.device(&device_id);
            let before = before.filter(|it| it.state == DeviceState::Approved);
            let (Some(known), Some(before)) = (known, before) else {
                return Ok(None);
            };
            let by =
                known.rotation_asked.as_ref().map_or(ROTATED_BY, |it| it.by.as_str()).to_owned();
            hand_over(write, &config, &new, (known, before), (proof, &by)).map(Some)
        })
        .await
}

/// Registers the holder of the one-time code. The new device takes the place of the previous one and its approval; `None` if
/// the code was used in the meantime. The secret before goes on to be accepted if it was approved in the same profile.
pub(super) async fn with_code(state: &AppState, new: New) -> Result<Option<Standing>> {
    let config = Arc::clone(&state.config);
    state
        .store
        .write(move |write| {
            let code = write.code(&new.enterprise_code, new.now);
            let Some(code) = code.filter(|it| Some(&it.hash) == new.code.as_ref()) else {
                return Ok(None);
            };
            let by = code.made_by.as_str();
            let before = device_before(write, &new);
            let approved = before.as_ref().filter(|it| it.state == DeviceState::Approved);
            let known = write.registration(&new.enterprise_code);
            let known = known.filter(|it| it.from.profile == new.from.profile);
            end_claim(write, &new, "registered with a code")?;
            if let (Some(known), Some(before)) = (known, approved) {
                write.use_up_code(&new.enterprise_code, new.now)?;
                let of = (known, before.clone());
                return hand_over(write, &config, &new, of, (ProvedBy::Code, by)).map(Some);
            }
            let approved = approved.map(|_| by);
            write.release(&new.enterprise_code, by, new.now)?;
            let standing = establish::register(write, &config, &new, ProvedBy::Code, approved)?;
            record_replacement(write, &new, before, ("device.replace", &standing, by))?;
            Ok(Some(standing))
        })
        .await
}

/// Puts a new device with new keys in force, and keeps the approved one before with its keys for the overlap.
fn hand_over(
    write: &mut Transaction<'_>,
    config: &Config,
    new: &New,
    (known, before): (Registration, DeviceEntry),
    (proof, by): (ProvedBy, &str),
) -> Result<Standing> {
    let (code, now) = (&new.enterprise_code, new.now);
    // There is one old secret at most.
    write.end_old_secret(code, by, now)?;
    write.keep_keys_as_old(code, now)?;
    let new = New { upload_time: Some(before.upload_time.clone()), ..new.clone() };
    let standing = establish::register(write, config, &new, proof, Some(by))?;
    let hours = i64::from(config.device_overlap_hours);
    let old = OldSecret {
        device_id: known.device_id,
        certificate: known.from.certificate,
        accepted_until: now.saturating_add(hours.hours()),
    };
    write.accept_old_secret(code, old)?;
    if hours == 0 {
        write.end_old_secret(code, by, now)?;
    }
    let action = if proof == ProvedBy::Code { "device.replace" } else { "device.rotate" };
    record_replacement(write, &new, Some(before), (action, &standing, by))?;
    Ok(standing)
}
