//! What a device said and sent, and the device before it.

use duckdb::{Connection, params};
use nengce_shared::api::device_evidence::{
    DeviceConfig, DeviceEvidence, PreviousDevice, WaitingReading,
};
use serde_json::Value;

use super::{each, stat_type};

/// Readings that are shown.
const MOST_READINGS: u32 = 8;

/// The evidence; names and units of measure are not filled in.
pub fn load(conn: &Connection, device_id: &str) -> duckdb::Result<DeviceEvidence> {
    let mut found = DeviceEvidence {
        config: None,
        uploads: 0,
        entries: 0,
        rejected: 0,
        first_upload: None,
        last_upload: None,
        readings: Vec::new(),
        waiting: 0,
        previous: None,
    };
    each(conn, include_str!("sql/device_sent.sql"), params![device_id], |row| {
        (found.uploads, found.entries, found.rejected) = (row.get(0)?, row.get(1)?, row.get(2)?);
        (found.first_upload, found.last_upload) = (row.get(3)?, row.get(4)?);
        Ok(())
    })?;
    let wanted = params![device_id, MOST_READINGS];
    each(conn, include_str!("sql/device_waiting.sql"), wanted, |row| {
        let data_code: String = row.get(0)?;
        found.waiting = row.get(4)?;
        found.readings.push(WaitingReading {
            name_zh: data_code.clone(),
            name_en: data_code.clone(),
            data_code,
            stat_type: stat_type(row, 1)?,
            stat_date: row.get(2)?,
            value: row.get(3)?,
            unit: None,
        });
        Ok(())
    })?;
    each(conn, include_str!("sql/device_before.sql"), params![device_id], |row| {
        found.previous = Some(PreviousDevice {
            device_id: row.get(0)?,
            state: row.get(1)?,
            registered_at: row.get(2)?,
            last_upload: row.get(3)?,
            uploads: row.get(4)?,
            accepted_until: None,
        });
        Ok(())
    })?;
    each(conn, include_str!("sql/device_config.sql"), params![device_id], |row| {
        let text: String = row.get(0)?;
        found.config = config(&text, row.get(1)?);
        Ok(())
    })?;
    Ok(found)
}

fn config(text: &str, waits: bool) -> Option<DeviceConfig> {
    let message: Value = serde_json::from_str(text).ok()?;
    let of = |name: &str| match &message["enterprise"][name] {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let items = message["collectItemConfig"].as_array().map_or(0, Vec::len);
    Some(DeviceConfig {
        name: of("name"),
        region: of("regionCode"),
        industry: of("industryCode"),
        items: u32::try_from(items).unwrap_or(u32::MAX),
        waits,
    })
}
