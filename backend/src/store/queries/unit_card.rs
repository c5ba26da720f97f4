//! What is known of one unit beside its readings: profile, devices, meters.

use duckdb::{Connection, params};
use nengce_shared::api::unit::{DeviceRow, MeterRow, UnitOutage};

use super::each;

const DEVICES: &str = include_str!("sql/unit_devices.sql");
const METERS: &str = include_str!("sql/unit_meters.sql");
const PROFILE: &str = include_str!("sql/unit_profile.sql");

/// Who the devices belong to.
pub struct Owner<'a> {
    pub id: i32,
    pub code: &'a str,
    pub name: &'a str,
    pub region: &'a str,
}

/// The outage that a unit reported last, where it lasts on a day or is excused on it.
pub fn outage(conn: &Connection, unit: i32, day: &str) -> duckdb::Result<Option<UnitOutage>> {
    let mut found = None;
    each(conn, include_str!("sql/unit_outage.sql"), params![unit, day], |row| {
        let (from, to, excused_until) = (row.get(0)?, row.get(1)?, row.get(2)?);
        found = Some(UnitOutage { from, to, excused_until });
        Ok(())
    })?;
    Ok(found)
}

/// Devices, newest first.
pub fn devices(conn: &Connection, owner: &Owner<'_>) -> duckdb::Result<Vec<DeviceRow>> {
    let mut all = Vec::new();
    each(conn, DEVICES, params![owner.id], |row| {
        all.push(DeviceRow {
            device_id: row.get(0)?,
            enterprise_code: owner.code.to_owned(),
            unit_name: Some(owner.name.to_owned()),
            region: Some(owner.region.to_owned()),
            state: row.get(1)?,
            registered_at: row.get(2)?,
            approved_at: row.get(3)?,
            approved_by: row.get(4)?,
            upload_time: row.get(5)?,
            last_seen: row.get(6)?,
            proof: None,
            proved_at: None,
            registrant: None,
            open_claims: None,
            rotation_asked_at: None,
            accepted_until: None,
            name_conflicts: Vec::new(),
        });
        Ok(())
    })?;
    Ok(all)
}

/// Meters by level; overdue on `today`.
pub fn meters(conn: &Connection, unit: i32, today: &str) -> duckdb::Result<Vec<MeterRow>> {
    let mut all = Vec::new();
    each(conn, METERS, params![unit, today], |row| {
        let data_codes: String = row.get(9)?;
        all.push(MeterRow {
            meter_code: row.get(0)?,
            name: row.get(1)?,
            level: row.get(2)?,
            state: row.get(3)?,
            energy_type: row.get(4)?,
            accuracy_class: row.get(5)?,
            last_calibration: row.get(6)?,
            next_calibration: row.get(7)?,
            overdue: row.get(8)?,
            data_codes: serde_json::from_str(&data_codes).unwrap_or_default(),
        });
        Ok(())
    })?;
    Ok(all)
}

/// `enterprise` of the configuration upload as JSON text.
pub fn profile(conn: &Connection, unit: i32) -> duckdb::Result<Option<String>> {
    conn.query_row(PROFILE, params![unit], |row| row.get(0))
}
