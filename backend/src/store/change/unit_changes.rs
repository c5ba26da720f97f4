//! Applies configuration messages of terminals: which attributes of an approved unit change at once, which wait for an
//! operator, and which wait with a device that is not approved.

use jiff::civil::DateTime;
use nengce_messages::identity::{self, Identity};
use nengce_messages::metering::Meter;
use nengce_shared::problem::ProblemCode;

use super::config_message::{ConfigOutcome, Incoming, unit_of};
use super::pending_messages::keep_pending_message;
use super::unit_change_records::propose;
use super::unit_identity::{self, UnitUpdate};
use crate::store::change::Transaction;
use crate::store::error::{Result, StoreError};
use crate::store::link::below_units;
use crate::store::queries::terminal;
use crate::store::registry::{DeviceState, UnitEntry};

/// Takes a configuration message. It applies at once where nobody has approved the unit, where nothing is stored yet and
/// where nothing differs.
pub fn take(write: &mut Transaction<'_>, it: Incoming, now: DateTime) -> Result<ConfigOutcome> {
    let unit = unit_of(write, it.unit_id)?;
    if !unit.approved {
        let bytes = it.message.len();
        let update = UnitUpdate {
            identity: it.config.identity,
            profile: it.config.profile,
            config: Some(it.message),
            items: it.config.items,
        };
        unit_identity::update(write, unit, update, now)?;
        // As it came, and the enterprise of it once more.
        write.pending_texts.add(write.conn, 2 * bytes)?;
        return Ok(ConfigOutcome::default());
    }
    if waits_with_device(write, it.unit_id, &it.device_id) {
        let stored = unit_identity::stored(write.conn, &unit, &write.dictionaries())?;
        let change = stored.not_stored(&it.config.identity);
        let noted = note(write, &it, &change, now)?;
        keep_pending_message(write, &it.device_id, "config", &it.message, now)?;
        write.pending_texts.add(write.conn, it.message.len())?;
        return Ok(ConfigOutcome { with_device: true, ..noted });
    }
    apply_now(write, unit, it, now)
}

/// Stores attributes that had no value and all that is no part of the identity; attributes that differ wait.
pub(super) fn apply_now(
    write: &mut Transaction<'_>,
    unit: UnitEntry,
    it: Incoming,
    now: DateTime,
) -> Result<ConfigOutcome> {
    let stored = unit_identity::stored(write.conn, &unit, &write.dictionaries())?;
    let is_decided = match &it.below {
        Some(token) => below_units::is_of(write.conn, unit.unit_id, token)?,
        None => false,
    };
    // The platform below has had the change confirmed.
    let change = if is_decided { Identity::new() } else { stored.differing(&it.config.identity) };
    let taken = note(write, &it, &change, now)?;
    let profile = it.config.profile.map(|mut profile| {
        let old = stored.profile.as_ref();
        identity::keep_from(&mut profile, old, change.keys().copied());
        profile
    });
    let mut identity = it.config.identity;
    identity.retain(|field, _| !change.contains_key(field));
    let update = UnitUpdate { identity, profile, config: Some(it.message), items: it.config.items };
    unit_identity::update(write, unit, update, now)?;
    Ok(taken)
}

/// Notes a change; a message without `enterprise` says nothing of the unit.
fn note(
    write: &Transaction<'_>,
    it: &Incoming,
    change: &Identity,
    now: DateTime,
) -> Result<ConfigOutcome> {
    match it.config.profile {
        Some(_) => propose(write, it, change, now),
        None => Ok(ConfigOutcome::default()),
    }
}

/// Takes meters of a device: those of a unit that nobody approved have a small limit, and those of a device that
/// waits for approval are kept unread.
pub fn take_meters(
    write: &mut Transaction<'_>,
    unit_id: i32,
    device_id: &str,
    (meters, message): (&[Meter], &str),
    now: DateTime,
) -> Result<()> {
    if waits_with_device(write, unit_id, device_id) {
        keep_pending_message(write, device_id, "metering", message, now)?;
        return write.pending_texts.add(write.conn, message.len());
    }
    let (conn, limits) = (write.conn, write.pending_texts.limits);
    terminal::store_meters(conn, unit_id, meters, limits.meters_per_unit, now)?;
    if unit_of(write, unit_id)?.approved {
        return Ok(());
    }
    let (_, bytes) = terminal::meter_count(conn, unit_id)?;
    if bytes > limits.pending_config_bytes as u64 {
        return Err(StoreError::Limited(ProblemCode::PendingFull));
    }
    // Each may be new.
    let more = meters.iter().map(|it| it.raw.len() + 64).sum();
    write.pending_texts.add(conn, more)
}

/// Whether what a device sends of its meters waits with it for approval.
pub fn waits_with_device(write: &Transaction<'_>, unit_id: i32, device_id: &str) -> bool {
    let approved = write.unit_of(unit_id).is_some_and(|it| it.approved);
    let device = write.device(device_id);
    approved && device.is_some_and(|it| it.state == DeviceState::Pending)
}
