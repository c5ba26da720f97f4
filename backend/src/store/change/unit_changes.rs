//! Applies configuration messages of terminals: which attributes of an approved unit change at once, which wait for an
//! operator, and which wait with a device that is not approved.

use duckdb::params;
use jiff::civil::DateTime;
use nengce_core::ingest::config::{self, UnitConfig};
use nengce_core::ingest::identity::{self, Identity};
use nengce_core::ingest::metering::{self, Meter};
use nengce_core::ingest::refusals::Keep;
use nengce_shared::problem::ProblemCode;
use nengce_shared::unit_class::UnitClass;
use serde_json::{Map, Value};

use crate::clock;
use crate::store::change::Transaction;
use crate::store::change::pending_messages::{self, keep_pending_message};
use crate::store::change::unit_identity::{self, UnitUpdate};
use crate::store::database::each;
use crate::store::error::{Result, StoreError};
use crate::store::queries::terminal;
use crate::store::registry::{DeviceEntry, DeviceState, UnitEntry};

/// A configuration message of a device.
pub struct Incoming {
    pub unit_id: i32,
    pub device_id: String,
    /// Of the connection, where it is known.
    pub address: Option<String>,
    pub config: UnitConfig,
    /// The message as it came.
    pub message: String,
}

/// The outcome of a configuration message.
#[derive(Debug, Default)]
pub struct ConfigOutcome {
    /// Fields whose change waits for an operator.
    pub waiting: Vec<&'static str>,
    /// Fields whose change an operator refused before.
    pub refused: Vec<&'static str>,
    /// All of it waits with the device for approval.
    pub with_device: bool,
}

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
fn apply_now(
    write: &mut Transaction<'_>,
    unit: UnitEntry,
    it: Incoming,
    now: DateTime,
) -> Result<ConfigOutcome> {
    let stored = unit_identity::stored(write.conn, &unit, &write.dictionaries())?;
    let change = stored.differing(&it.config.identity);
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

fn unit_of(write: &Transaction<'_>, unit_id: i32) -> Result<UnitEntry> {
    write.unit_of(unit_id).ok_or_else(|| StoreError::Refused(format!("no unit {unit_id}")))
}

/// A record's id, fields and state.
struct Record {
    change_id: i32,
    proposed: String,
    state: String,
}

/// The newest record of a unit: the pending one, where there is one.
fn newest(write: &Transaction<'_>, unit_id: i32) -> Result<Option<Record>> {
    let mut found = None;
    let sql = include_str!("sql/unit_change_newest.sql");
    each(write.conn, sql, params![unit_id], |row| {
        found = Some(Record { change_id: row.get(0)?, proposed: row.get(1)?, state: row.get(2)? });
        Ok(())
    })?;
    Ok(found)
}

pub(crate) fn close(
    write: &Transaction<'_>,
    change_id: i32,
    state: &str,
    stood: Option<&str>,
    by: Option<&str>,
    reason: Option<&str>,
    now: DateTime,
) -> Result<()> {
    let sql = include_str!("sql/unit_change_close.sql");
    let closed = params![state, stood, clock::text(now), by, reason, change_id];
    write.conn.execute(sql, closed)?;
    Ok(())
}

/// How many superseded changes of a unit stay on record.
const GAVE_WAY_KEPT: u32 = 20;

/// Notes what differs, in the place of what waited before; nothing withdraws it. The same again changes nothing.
fn propose(
    write: &Transaction<'_>,
    it: &Incoming,
    change: &Identity,
    now: DateTime,
) -> Result<ConfigOutcome> {
    let newest = newest(write, it.unit_id)?;
    let pending = newest.as_ref().filter(|it| it.state == "pending");
    let close_as = |state: &str| match pending {
        Some(it) => close(write, it.change_id, state, None, None, None, now),
        None => Ok(()),
    };
    let fields: Vec<&'static str> = change.keys().copied().collect();
    let waiting = ConfigOutcome { waiting: fields.clone(), ..ConfigOutcome::default() };
    if change.is_empty() {
        close_as("withdrawn")?;
        return Ok(waiting);
    }
    let proposed =
        serde_json::to_string(change).map_err(|error| StoreError::Refused(error.to_string()))?;
    match newest.as_ref().filter(|it| it.proposed == proposed) {
        Some(it) if it.state == "pending" => return Ok(waiting),
        Some(it) if it.state == "refused" => {
            return Ok(ConfigOutcome { refused: fields, ..ConfigOutcome::default() });
        }
        _ => {}
    }
    close_as("superseded")?;
    write.conn.execute(
        include_str!("sql/unit_change_insert.sql"),
        params![it.unit_id, proposed, it.device_id, it.address, clock::text(now)],
    )?;
    write
        .conn
        .execute(include_str!("sql/unit_change_forget.sql"), params![it.unit_id, GAVE_WAY_KEPT])?;
    Ok(waiting)
}

/// After an operator changed a unit: a change that says nothing new any more is withdrawn.
pub fn recheck(write: &mut Transaction<'_>, unit_id: i32, now: DateTime) -> Result<()> {
    let Some(it) = newest(write, unit_id)?.filter(|it| it.state == "pending") else {
        return Ok(());
    };
    let unit = unit_of(write, unit_id)?;
    let stored = unit_identity::stored(write.conn, &unit, &write.dictionaries())?;
    if stored.not_stored(&proposed(&it.proposed)).is_empty() {
        close(write, it.change_id, "withdrawn", None, None, None, now)?;
    }
    Ok(())
}

/// The fields of a record.
pub(crate) fn proposed(json: &str) -> Identity {
    let Ok(Value::Object(fields)) = serde_json::from_str(json) else {
        return Identity::new();
    };
    let known = |(field, value): (String, Value)| {
        let field = identity::attribute_of(&field)?.field;
        Some((field, value.as_str()?.to_owned()))
    };
    fields.into_iter().filter_map(known).collect()
}

/// Takes meters of a device: those of a unit that nobody approved have little room, those of a device that waits go
/// aside as they came.
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

/// On a device's approval: what it sent of its unit before is taken as if it came now.
pub(crate) fn release(
    write: &mut Transaction<'_>,
    device: &DeviceEntry,
    now: DateTime,
) -> Result<()> {
    let mut kept: Vec<(String, String)> = Vec::new();
    let sql = include_str!("sql/pending_config_read.sql");
    each(write.conn, sql, params![device.device_id], |row| {
        kept.push((row.get(0)?, row.get(1)?));
        Ok(())
    })?;
    write.pending_texts.forget();
    let limits = write.pending_texts.limits;
    let unit = unit_of(write, device.unit_id)?;
    for (kind, text) in kept {
        let Ok(message) = serde_json::from_str::<Map<String, Value>>(&text) else {
            continue;
        };
        if kind == "metering" {
            if let Ok((mut meters, _)) = metering::read(&message, Keep::USUAL, limits.meter_bytes) {
                // An approval does not fail for what has no room.
                let (stand, _) = terminal::meter_count(write.conn, unit.unit_id)?;
                let most = limits.meters_per_unit.max(stand as usize);
                meters.truncate(most - stand as usize);
                terminal::store_meters(write.conn, unit.unit_id, &meters, most, now)?;
            }
        } else if let Ok((config, _)) =
            config::read(&message, &unit.enterprise_code, &write.dictionaries(), Keep::USUAL)
        {
            let incoming = Incoming {
                unit_id: device.unit_id,
                device_id: device.device_id.clone(),
                address: None,
                config,
                message: text,
            };
            apply_now(write, unit_of(write, device.unit_id)?, incoming, now)?;
        }
        write.conn.execute(
            include_str!("sql/pending_config_delete.sql"),
            params![device.device_id, kind],
        )?;
    }
    Ok(())
}

/// Puts a unit on the list as an operator says it is. What a device said of it that nobody approved goes aside with
/// the device.
pub fn list_unit(write: &mut Transaction<'_>, unit: UnitEntry, now: DateTime) -> Result<UnitEntry> {
    let known = write.unit_of(unit.unit_id);
    if known.is_some_and(|it| !it.approved) {
        pending_messages::keep_messages_of_unit(write, unit.unit_id, now)?;
        clear(write, unit.unit_id)?;
        write.pending_texts.forget();
    }
    let listed = UnitEntry { approved: true, ..unit };
    let unit = write.put_unit(listed, now)?;
    recheck(write, unit.unit_id, now)?;
    Ok(unit)
}

/// Deletes the pending messages of a revoked device, and its configuration where nobody approved the unit.
pub(crate) fn drop_waiting(write: &mut Transaction<'_>, device: &DeviceEntry) -> Result<()> {
    write.pending_texts.forget();
    let sql = include_str!("sql/pending_config_clear.sql");
    write.conn.execute(sql, params![device.device_id])?;
    let speaks = write.device_of_unit(device.unit_id);
    let is_anothers = speaks.is_some_and(|it| it.device_id != device.device_id);
    match is_anothers || unit_of(write, device.unit_id)?.approved {
        true => Ok(()),
        false => clear(write, device.unit_id),
    }
}

fn clear(write: &Transaction<'_>, unit_id: i32) -> Result<()> {
    for sql in [
        include_str!("sql/unit_clear.sql"),
        include_str!("../queries/sql/collect_item_clear.sql"),
        include_str!("sql/meter_clear.sql"),
    ] {
        write.conn.execute(sql, params![unit_id])?;
    }
    Ok(())
}

/// A new device is approved at once: what another said of the unit before, nobody approved.
pub(crate) fn start_anew(write: &mut Transaction<'_>, unit_id: i32, now: DateTime) -> Result<()> {
    let Some(unit) = write.unit_of(unit_id).filter(|it| !it.approved) else {
        return Ok(());
    };
    write.pending_texts.forget();
    clear(write, unit_id)?;
    let bare = UnitEntry {
        name: unit.enterprise_code.clone(),
        industry_code: String::new(),
        class: UnitClass::TenThousand.as_str().to_owned(),
        ..unit
    };
    write.put_unit(bare, now).map(drop)
}
