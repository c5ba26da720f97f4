//! Applies an approval, a revocation or an imported list of units to the configurations that devices sent before.

use duckdb::params;
use jiff::civil::DateTime;
use nengce_messages::rejected_entries::RejectedLimits;
use nengce_messages::{config, metering};
use nengce_shared::unit_class::UnitClass;
use serde_json::{Map, Value};

use super::config_message::{Incoming, unit_of};
use super::unit_change_records::recheck;
use super::unit_changes::apply_now;
use super::{Transaction, pending_messages};
use crate::store::database::each;
use crate::store::error::Result;
use crate::store::queries::terminal;
use crate::store::registry::{DeviceEntry, UnitEntry};

/// On the approval of a device, applies what it sent of its unit before as if it came now.
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
            if let Ok((mut meters, _)) =
                metering::read(&message, RejectedLimits::USUAL, limits.meter_bytes)
            {
                // Meters beyond the limit do not make an approval fail.
                let (stand, _) = terminal::meter_count(write.conn, unit.unit_id)?;
                let most = limits.meters_per_unit.max(stand as usize);
                meters.truncate(most - stand as usize);
                terminal::store_meters(write.conn, unit.unit_id, &meters, most, now)?;
            }
        } else if let Ok((config, _)) = config::read(
            &message,
            &unit.enterprise_code,
            &*write.dictionaries(),
            RejectedLimits::USUAL,
        ) {
            let incoming = Incoming {
                below: None,
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

/// Puts a unit on the list as an operator states it. The configuration of a device that nobody approved is kept with that
/// device.
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

/// Clears the configuration that an earlier device sent and nobody approved, because a new device is approved at once.
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
