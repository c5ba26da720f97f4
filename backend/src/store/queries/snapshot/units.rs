//! Units of the snapshot, with what only the server knows of them.

use std::collections::BTreeMap;

use duckdb::{Connection, params};
use nengce_analysis::snapshot::{Points, Unit};
use nengce_analysis::unit_status::{RECENT_DAYS, UnitStatus};
use nengce_shared::unit_class::UnitClass;

use crate::store::database::{day_of, each};

const UNITS: &str = include_str!("../../sql/snapshot_units.sql");

/// Units by id, and in the same order what only the server knows of them.
type Units = (Vec<(i32, Unit)>, Vec<UnitStatus>);

pub(super) fn units(conn: &Connection, today: &str, now: &str) -> duckdb::Result<Units> {
    let mut found: Units = Default::default();
    each(conn, UNITS, params![today, now], |row| {
        let (id, class): (i32, String) = (row.get(0)?, row.get(5)?);
        let unit = Unit {
            code: row.get(1)?,
            name: row.get(2)?,
            region: row.get(3)?,
            industry: row.get(4)?,
            class: UnitClass::parse(&class).unwrap_or(UnitClass::TenThousand),
            converts: row.get(6)?,
            last_upload: row.get(12)?,
        };
        found.0.push((id, unit));
        found.1.push(UnitStatus {
            id,
            first_day: day_of(row.get(7)?),
            last_day: day_of(row.get(8)?),
            device_state: row.get(9)?,
            approved_on: day_of(row.get(10)?),
            listed_on: day_of(row.get(11)?),
            declares_conversion: row.get(6)?,
            meters: row.get(13)?,
            meters_overdue: row.get(14)?,
            overdue_name: row.get(15)?,
            silent_since: day_of(row.get(16)?),
            recent: [Points::default(); RECENT_DAYS],
            outputs: BTreeMap::new(),
        });
        Ok(())
    })?;
    Ok(found)
}
