//! Messages of devices that wait for approval while their unit is approved: kept as they came.

use duckdb::params;
use jiff::civil::DateTime;

use super::Transaction;
use crate::clock;
use crate::store::database::each;
use crate::store::error::Result;
use crate::store::queries::terminal;

/// Keeps a message of a device that is not approved while its unit is; one of its kind gives way.
pub fn keep_pending_message(
    write: &Transaction<'_>,
    device_id: &str,
    kind: &str,
    message: &str,
    now: DateTime,
) -> Result<()> {
    let conn = write.conn;
    conn.execute(include_str!("sql/pending_config_delete.sql"), params![device_id, kind])?;
    conn.execute(
        include_str!("sql/pending_config_insert.sql"),
        params![device_id, kind, message, clock::text(now)],
    )?;
    Ok(())
}

/// Keeps the configuration and the meters that a device sent for a unit without approval as pending messages of the
/// device, as far as its limit goes.
pub(crate) fn keep_messages_of_unit(
    write: &mut Transaction<'_>,
    unit_id: i32,
    now: DateTime,
) -> Result<()> {
    let Some(device) = write.device_of_unit(unit_id) else {
        return Ok(());
    };
    let most = write.pending_texts.limits.pending_config_bytes;
    let config = terminal::stored_config(write.conn, unit_id)?;
    if let Some(config) = config.filter(|it| it.len() <= most) {
        keep_pending_message(write, &device.device_id, "config", &config, now)?;
    }
    // Each is the text of one value; together they are one message, without a tree of them.
    let mut message = String::from("{\"data\":[");
    let empty = message.len();
    let sql = include_str!("sql/meter_raw.sql");
    each(write.conn, sql, params![unit_id, most as u64], |row| {
        if message.len() > empty {
            message.push(',');
        }
        message.push_str(&row.get::<_, String>(0)?);
        Ok(())
    })?;
    if message.len() > empty {
        message.push_str("]}");
        keep_pending_message(write, &device.device_id, "metering", &message, now)?;
    }
    Ok(())
}
