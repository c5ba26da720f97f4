//! What the quality rules need of the whole city: its units, the unit of each item, usual days among peers, and the
//! days of later uploads.

use std::collections::HashMap;

use duckdb::{Connection, params};
use nengce_core::quality::rules::peer_scale::UNITS;

use crate::store::database::each;
use crate::store::error::Result;
use crate::store::item_day::ItemDay;

/// A unit with data, as the calendar of the rules sees it.
pub(super) struct JudgedUnit {
    pub id: i32,
    pub first_day: i32,
    pub assessed_on: Option<i32>,
    pub basis: String,
    /// Some item has no days, and is assessed by the month; none has.
    pub some_coarse: bool,
    pub all_coarse: bool,
    pub size: Size,
}

/// What a day of a unit holds: its items, and from a day on their points.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Size {
    pub items: u32,
    pub points: u32,
    pub realtime_from: Option<i32>,
}

impl Size {
    /// Readings of a day.
    pub(super) fn of(&self, day: i32) -> u32 {
        let points = if self.realtime_from.is_some_and(|it| it <= day) { self.points } else { 0 };
        self.items.max(1) + points
    }
}

/// Every unit with data.
pub(super) fn units(conn: &Connection) -> Result<Vec<JudgedUnit>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/quality_all_units.sql"), [], |row| {
        found.push(JudgedUnit {
            id: row.get(0)?,
            first_day: row.get::<_, i64>(1)? as i32,
            assessed_on: row.get::<_, Option<i64>>(2)?.map(|it| it as i32),
            basis: row.get(3)?,
            some_coarse: row.get(4)?,
            all_coarse: row.get(5)?,
            size: Size {
                items: row.get::<_, i64>(6)? as u32,
                points: row.get::<_, i64>(7)? as u32,
                realtime_from: row.get::<_, Option<i64>>(8)?.map(|it| it as i32),
            },
        });
        Ok(())
    })?;
    Ok(found)
}

/// Which unit an item belongs to.
pub(super) fn owners(conn: &Connection) -> Result<HashMap<i32, i32>> {
    let mut found = HashMap::new();
    each(conn, include_str!("sql/quality_item_units.sql"), [], |row| {
        found.insert(row.get(0)?, row.get(1)?);
        Ok(())
    })?;
    Ok(found)
}

/// The usual day of an item's peers, by item.
pub(super) type Peers = HashMap<i32, f64>;

/// Of every item with enough of them, to half a power of ten: what moves by less is no other scale.
pub(super) fn peers(conn: &Connection) -> Result<Peers> {
    let mut found = HashMap::new();
    each(conn, include_str!("sql/quality_peers.sql"), params![UNITS.value], |row| {
        let usual: f64 = row.get(1)?;
        found.insert(row.get(0)?, 10f64.powf((usual.log10() * 2.0).round() / 2.0));
        Ok(())
    })?;
    Ok(found)
}

/// Item-days of the uploads after a given one, unless the quality of their unit already rests on them.
pub(super) fn days_since_upload(conn: &Connection, upto: i32) -> Result<Vec<ItemDay>> {
    let mut found = Vec::new();
    each(conn, include_str!("sql/quality_days_since_upload.sql"), params![upto], |row| {
        found.push(ItemDay { item_id: row.get(0)?, day: row.get::<_, i64>(1)? as i32 });
        Ok(())
    })?;
    Ok(found)
}
