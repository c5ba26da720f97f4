//! Establishes a registration in one transaction: the new device and its key, and the end of the device before.

use jiff::civil::{DateTime, Time};
use nengce_core::audit::{ActorKind, Outcome};
use nengce_messages::profile::{Profile, Proof};
use nengce_shared::api::audit::AuditEvent;
use nengce_shared::mask::mask;
use rand::Rng;
use serde_json::json;

use crate::clock;
use crate::config::Config;
use crate::http::state::AppState;
use crate::store::Result;
use crate::store::change::Transaction;
use crate::store::link::below_units;
use crate::store::registry::claims::{Claim, ClaimState, Claimant};
use crate::store::registry::credentials::{Credential, Kind};
use crate::store::registry::registrations::{ProvedBy, Registrant, Registration};
use crate::store::registry::{DeviceEntry, DeviceState, UnitEntry};

/// The name of the approver if the configuration approves every device.
const AUTOMATIC_APPROVER: &str = "auto_approve_devices";

/// A new registration.
#[derive(Debug, Clone)]
pub struct New {
    pub enterprise_code: String,
    pub region: Option<String>,
    pub from: Registrant,
    pub profile: &'static Profile,
    pub now: DateTime,
    /// The hash of the applicant's one-time code.
    pub code: Option<String>,
    /// The upload time of the device before, which a rotation leaves as it is.
    pub upload_time: Option<String>,
    /// The token of the platform below that registers the unit.
    pub below: Option<String>,
}

/// What a new device is made for.
struct Wanted<'a> {
    enterprise_code: &'a str,
    region: Option<String>,
    /// `None`: the next one of the upload window.
    upload_time: Option<String>,
}

impl New {
    fn wanted(&self) -> Wanted<'_> {
        Wanted {
            enterprise_code: &self.enterprise_code,
            region: self.region.clone(),
            upload_time: self.upload_time.clone(),
        }
    }
}

/// A registration as its answer tells it to the terminal.
#[derive(Debug, Clone)]
pub struct Standing {
    pub device_id: String,
    pub upload_time: String,
    /// The key, in profiles that give one.
    pub key: Option<String>,
}

/// The kind of key that a profile gives at registration.
pub(super) fn key_kind(proof: Proof) -> Option<Kind> {
    match proof {
        Proof::SecretKey => Some(Kind::SecretKey),
        Proof::AccessKey => Some(Kind::WorkingKey),
        Proof::DeviceId | Proof::Certificate => None,
    }
}

/// Registers an enterprise that has no terminal; `None` if another registration came first.
pub async fn first(state: &AppState, new: New) -> Result<Option<Standing>> {
    let config = std::sync::Arc::clone(&state.config);
    state
        .store
        .write(move |write| {
            let certificate = new.from.certificate.as_deref();
            let is_bound = certificate
                .is_some_and(|it| write.is_certificate_of_another(it, &new.enterprise_code));
            let is_awaited = write.code(&new.enterprise_code, new.now).is_some();
            let lifetime = config.pending_lifetime();
            if is_bound
                || is_awaited
                || !write.end_lapsed(&new.enterprise_code, new.now, lifetime)?
            {
                return Ok(None);
            }
            end_claim(write, &new, "registered first")?;
            let automatic = config.auto_approve_devices.then_some(AUTOMATIC_APPROVER);
            let approved = new.below.as_deref().or(automatic);
            let proof = if new.below.is_some() { ProvedBy::Platform } else { ProvedBy::First };
            let standing = register(write, &config, &new, proof, approved)?;
            if let (Some(token), Some(unit)) = (&new.below, write.unit(&new.enterprise_code)) {
                below_units::put(write.conn, unit.unit_id, token, new.now)?;
            }
            Ok(Some(standing))
        })
        .await
}

/// Gives a confirmed claimant a device that replaces the previous one; `None` if the confirmation no longer holds.
pub async fn picked_up(state: &AppState, new: New) -> Result<Option<Standing>> {
    let config = std::sync::Arc::clone(&state.config);
    state
        .store
        .write(move |write| {
            let claimant = Claimant::new(&new.enterprise_code, &new.from);
            let claim = write.claim_of(&claimant);
            let Some(claim) = claim.filter(|it| it.is_picked_up_by(&new.from, new.now)) else {
                return Ok(None);
            };
            let by = claim.decided_by.clone().unwrap_or_default();
            let before = device_before(write, &new);
            write.release(&new.enterprise_code, &by, new.now)?;
            let standing = register(write, &config, &new, ProvedBy::Operator, Some(&by))?;
            record_replacement(write, &new, before, ("device.replace", &standing, &by))?;
            write.put_claim(Claim {
                picked_up_at: Some(new.now),
                given_device_id: Some(standing.device_id.clone()),
                ..claim
            })?;
            Ok(Some(standing))
        })
        .await
}

/// Creates the device of an application if its registration has no device yet.
pub async fn device_of_application(
    state: &AppState,
    enterprise_code: String,
    region: String,
) -> Result<Option<String>> {
    let (config, now) = (std::sync::Arc::clone(&state.config), state.clock.now());
    state
        .store
        .write(move |write| {
            let Some(known) = write.registration(&enterprise_code) else {
                return Ok(None);
            };
            if !known.device_id.is_empty() {
                return Ok(Some(known.device_id));
            }
            let approved = config.auto_approve_devices.then_some(AUTOMATIC_APPROVER);
            let wanted = Wanted {
                enterprise_code: &enterprise_code,
                region: Some(region),
                upload_time: None,
            };
            let device = device(write, &config, wanted, approved, now)?;
            let Some(device) = device else {
                return Ok(None);
            };
            write.update_registration(Registration {
                device_id: device.device_id.clone(),
                ..known
            })?;
            Ok(Some(device.device_id))
        })
        .await
}

/// The device that stands for the enterprise before this registration.
pub(super) fn device_before(write: &Transaction<'_>, new: &New) -> Option<DeviceEntry> {
    write.registration(&new.enterprise_code).and_then(|it| write.device(&it.device_id))
}

/// Records in the audit log that a terminal took the place of another one, or got a new secret, and who had allowed it.
pub(super) fn record_replacement(
    write: &mut Transaction<'_>,
    new: &New,
    before: Option<DeviceEntry>,
    (action, standing, allowed_by): (&str, &Standing, &str),
) -> Result<()> {
    let named = format!("{} {}", mask(&standing.device_id), new.enterprise_code);
    let before = before
        .map(|it| json!({"device": mask(&it.device_id), "state": it.state.as_str()}).to_string());
    let after = json!({"device": mask(&standing.device_id), "profile": new.from.profile,
        "certificate": new.from.certificate, "allowed_by": allowed_by});
    write.record_event(AuditEvent {
        at: clock::text(new.now),
        actor_kind: ActorKind::Device.as_str().to_owned(),
        actor: named.clone(),
        address: new.from.address.map(|it| it.to_string()).unwrap_or_default(),
        action: action.to_owned(),
        object_kind: "device".to_owned(),
        object: named,
        outcome: Outcome::Done.as_str().to_owned(),
        before,
        after: Some(after.to_string()),
        ..AuditEvent::default()
    })
}

/// Ends the applicant's claim, because the applicant registered in another way.
pub(super) fn end_claim(write: &mut Transaction<'_>, new: &New, reason: &str) -> Result<()> {
    let claimant = Claimant::new(&new.enterprise_code, &new.from);
    match write.claim_of(&claimant) {
        Some(claim) if claim.state == ClaimState::Pending => write
            .put_claim(Claim {
                state: ClaimState::Expired,
                decided_at: Some(new.now),
                reason: Some(reason.to_owned()),
                ..claim
            })
            .map(drop),
        _ => Ok(()),
    }
}

/// Creates the device and the key of a registration, and puts it in force.
pub(super) fn register(
    write: &mut Transaction<'_>,
    config: &Config,
    new: &New,
    proof: ProvedBy,
    approved_by: Option<&str>,
) -> Result<Standing> {
    let (now, code) = (new.now, &new.enterprise_code);
    // Yunnan's first message names no region, so the application creates the device.
    let waits = new.profile.proof == Proof::AccessKey && proof == ProvedBy::First;
    let device = if waits { None } else { device(write, config, new.wanted(), approved_by, now)? };
    let key = match key_kind(new.profile.proof) {
        Some(kind) => Some(key(write, code, kind, now)?),
        None => None,
    };
    let device_id = device.as_ref().map_or_else(String::new, |it| it.device_id.clone());
    write.put_registration(
        Registration {
            enterprise_code: code.clone(),
            device_id: device_id.clone(),
            from: new.from.clone(),
            registered_at: now,
            proof,
            proved_at: now,
            old: None,
            rotation_asked: None,
        },
        now,
    )?;
    Ok(Standing {
        device_id,
        upload_time: device.map_or_else(String::new, |it| it.upload_time),
        key,
    })
}

/// Creates a device of the enterprise's unit, and the unit itself if it does not exist and the region is known.
fn device(
    write: &mut Transaction<'_>,
    config: &Config,
    Wanted { enterprise_code, region, upload_time }: Wanted<'_>,
    approved_by: Option<&str>,
    now: DateTime,
) -> Result<Option<DeviceEntry>> {
    let unit = match (write.unit(enterprise_code), region) {
        (Some(it), _) => it,
        (None, None) => return Ok(None),
        (None, Some(region_code)) => write.put_unit(
            UnitEntry {
                unit_id: 0,
                name: enterprise_code.to_owned(),
                enterprise_code: enterprise_code.to_owned(),
                region_code,
                industry_code: String::new(),
                class: "ten_thousand".to_owned(),
                approved: false,
            },
            now,
        )?,
    };
    let upload_time = upload_time.unwrap_or_else(|| {
        let start: Time = config.upload_window_start.parse().unwrap_or(Time::midnight());
        nth_upload_time(start, config.upload_window_minutes, write.device_count())
    });
    let device = DeviceEntry {
        device_id: random_id(),
        unit_id: unit.unit_id,
        state: DeviceState::Pending,
        upload_time,
        last_seen: None,
    };
    write.new_device(device.clone(), approved_by, now)?;
    Ok(Some(device))
}

/// Creates a key that replaces the previous one.
fn key(
    write: &mut Transaction<'_>,
    enterprise_code: &str,
    kind: Kind,
    now: DateTime,
) -> Result<String> {
    let mut value = random_id();
    if kind == Kind::WorkingKey {
        // The first 16 characters are the key.
        value.truncate(16);
    }
    let it = Credential {
        enterprise_code: enterprise_code.to_owned(),
        kind,
        value: value.clone(),
        expires_at: None,
    };
    write.put_credential(it, now)?;
    Ok(value)
}

/// 32 hexadecimal digits.
pub fn random_id() -> String {
    let mut bytes = [0u8; 16];
    rand::rng().fill_bytes(&mut bytes);
    const_hex::encode(bytes)
}

/// The upload time of the n-th device. The window is divided into halves, quarters, eighths and so on, so that any number
/// of devices is spread evenly.
fn nth_upload_time(start: Time, window_minutes: u32, n: usize) -> String {
    let fraction = f64::from((n as u32).reverse_bits()) / 2f64.powi(32);
    let seconds = (fraction * f64::from(window_minutes) * 60.0) as i64;
    start.wrapping_add(jiff::SignedDuration::from_secs(seconds)).strftime("%H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upload_times_spread_over_the_window() {
        let times: Vec<_> = (0..4).map(|n| nth_upload_time(Time::midnight(), 240, n)).collect();
        assert_eq!(times, ["00:00:00", "02:00:00", "01:00:00", "03:00:00"]);
    }

    #[test]
    fn device_ids_are_32_hex() {
        let id = random_id();
        assert!(id.len() == 32 && id.bytes().all(|it| it.is_ascii_hexdigit()));
        assert_ne!(id, random_id());
    }
}
