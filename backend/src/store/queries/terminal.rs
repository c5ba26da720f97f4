//! What terminals configure: profile, data items, meters; kept as they came and as columns.

use duckdb::{Connection, params};
use jiff::civil::DateTime;
use nengce_messages::config::CollectItem;
use nengce_messages::metering::Meter;
use nengce_shared::problem::ProblemCode;

use crate::clock;
use crate::store::error::{Result, StoreError};

/// A configuration upload as it is stored; `None` keeps the stored value.
pub struct StoredConfig {
    pub unit_id: i32,
    pub energy_level: Option<u8>,
    pub energy_conversion: Option<bool>,
    pub profile: Option<String>,
    pub config: Option<String>,
    pub items: Option<Vec<CollectItem>>,
}

pub fn store_config(conn: &Connection, it: &StoredConfig) -> duckdb::Result<()> {
    conn.execute(
        include_str!("sql/config_store.sql"),
        params![it.energy_level, it.energy_conversion, it.profile, it.config, it.unit_id],
    )?;
    let Some(items) = &it.items else {
        return Ok(());
    };
    conn.execute(include_str!("sql/collect_item_clear.sql"), params![it.unit_id])?;
    let mut insert = conn.prepare_cached(include_str!("sql/collect_item_insert.sql"))?;
    for item in items {
        insert.execute(params![
            it.unit_id,
            item.data_code.to_string(),
            item.stat_type.code(),
            item.name,
            item.value_max,
            item.value_min
        ])?;
    }
    Ok(())
}

pub fn stored_config(conn: &Connection, unit_id: i32) -> duckdb::Result<Option<String>> {
    conn.query_row(include_str!("sql/config_read.sql"), params![unit_id], |row| row.get(0))
}

/// How many meters a unit has, and their bytes.
pub fn meter_count(conn: &Connection, unit_id: i32) -> duckdb::Result<(u64, u64)> {
    let sql = include_str!("sql/meter_count.sql");
    conn.query_row(sql, params![unit_id], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Meters of a unit by their codes; not more than `most` in all.
pub fn store_meters(
    conn: &Connection,
    unit_id: i32,
    meters: &[Meter],
    most: usize,
    now: DateTime,
) -> Result<()> {
    let mut delete = conn.prepare_cached(include_str!("sql/meter_delete.sql"))?;
    let mut insert = conn.prepare_cached(include_str!("sql/meter_insert.sql"))?;
    for it in meters {
        delete.execute(params![unit_id, it.code])?;
        insert.execute(params![
            unit_id,
            it.code,
            it.name,
            it.level,
            it.state,
            it.energy_type,
            it.accuracy_class,
            it.last_calibration.map(|it| it.to_string()),
            it.next_calibration.map(|it| it.to_string()),
            serde_json::to_string(&it.data_codes).unwrap_or_else(|_| "[]".to_owned()),
            it.raw,
            clock::text(now)
        ])?;
    }
    match meter_count(conn, unit_id)?.0 > most as u64 {
        true => Err(StoreError::Limited(ProblemCode::TooManyItems)),
        false => Ok(()),
    }
}
