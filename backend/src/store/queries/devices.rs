//! Devices with their units.

use duckdb::{Connection, Row, params};
use nengce_shared::api::unit::DeviceRow;
use sha2::{Digest, Sha256};

use super::each;
use crate::store::unit_ids::UnitIds;

pub struct DeviceQuery {
    /// Empty: any.
    pub state: String,
    pub q: String,
    /// Place of the last row of the page before.
    pub after: [String; 2],
    pub limit: u32,
    /// Also what was never approved, and `q` finds device ids.
    pub all: bool,
    pub units: UnitIds,
}

/// A page by credit code, and how many there are in all.
pub fn page(conn: &Connection, it: &DeviceQuery) -> duckdb::Result<(Vec<DeviceRow>, u64)> {
    let mut rows = Vec::new();
    each(
        conn,
        include_str!("sql/devices_page.sql"),
        params![it.state, it.q, it.after[0], it.after[1], it.limit, it.all, it.units],
        |row| {
            rows.push(device(row)?);
            Ok(())
        },
    )?;
    let total = conn.query_row(
        include_str!("sql/devices_count.sql"),
        params![it.state, it.q, it.all, it.units],
        |row| row.get(0),
    )?;
    Ok((rows, total))
}

/// Where a page that ends with this device goes on: its digest, for a cursor is read by anyone.
pub fn place_of(it: &DeviceRow) -> [String; 2] {
    let digest = const_hex::encode(Sha256::digest(it.device_id.as_bytes()));
    [it.enterprise_code.clone(), digest]
}

pub fn one(conn: &Connection, device_id: &str) -> duckdb::Result<Option<DeviceRow>> {
    let mut found = None;
    each(conn, include_str!("sql/devices_one.sql"), params![device_id], |row| {
        found = Some(device(row)?);
        Ok(())
    })?;
    Ok(found)
}

fn device(row: &Row<'_>) -> duckdb::Result<DeviceRow> {
    Ok(DeviceRow {
        device_id: row.get(0)?,
        enterprise_code: row.get(1)?,
        unit_name: row.get(2)?,
        region: row.get(3)?,
        state: row.get(4)?,
        registered_at: row.get(5)?,
        approved_at: row.get(6)?,
        approved_by: row.get(7)?,
        upload_time: row.get(8)?,
        last_seen: row.get(9)?,
        proof: None,
        proved_at: None,
        registrant: None,
        open_claims: None,
        rotation_asked_at: None,
        accepted_until: None,
        name_conflicts: Vec::new(),
    })
}
