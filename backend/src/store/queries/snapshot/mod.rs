//! Loads the snapshot of the city that every view is derived from.

mod products;
mod units;

use std::collections::HashSet;

use duckdb::{Connection, params};
use jiff::civil::{Date, DateTime};
use nengce_analysis::catalog::Catalog;
use nengce_analysis::reporting;
use nengce_analysis::snapshot::{Points, Snapshot, Target, group_index};
use nengce_analysis::snapshot_builder::SnapshotBuilder;
use nengce_analysis::unit_status::{RECENT_DAYS, UnitStatus};
use nengce_core::reference::Dictionaries;
use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::month::Month;

use super::{day_of, each, month_of};
use crate::clock;
use products::products;
use units::units;

const SPAN: &str = include_str!("../../sql/snapshot_span.sql");
const ENERGY: &str = include_str!("../../sql/snapshot_energy.sql");
const POINTS: &str = include_str!("../../sql/snapshot_points.sql");
const DAYS: &str = include_str!("../../sql/snapshot_days.sql");
const VALUE_ADDED: &str = include_str!("../../sql/snapshot_value_added.sql");
const RECENT: &str = include_str!("../../sql/snapshot_recent.sql");
const NEWEST_MARK: &str = include_str!("../../sql/snapshot_mark.sql");
const TOUCHED: &str = include_str!("../../sql/snapshot_touched.sql");
const ECONOMY: &str = include_str!("../../sql/snapshot_economy.sql");
const TARGETS: &str = include_str!("../../sql/snapshot_target.sql");

/// The longest history a snapshot keeps: a stray old date must not stretch it without end.
const MOST_MONTHS: i32 = 600;

/// What a snapshot is loaded for.
pub struct SnapshotRequest<'a> {
    pub version: u64,
    pub today: Date,
    /// What was received later by the clock of then is not newer than this.
    pub now: DateTime,
    pub catalog: &'a Catalog,
    pub dictionaries: &'a Dictionaries,
    /// The class 09 type that plays the role of value added.
    pub value_added: &'a str,
}

/// How far a snapshot has read the uploads. Taken before the roll-ups settle, so that everything up
/// to it is in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    upload: i64,
    counted: i64,
    units: i64,
}

/// The mark of this moment.
pub fn mark(conn: &Connection) -> duckdb::Result<Mark> {
    mark_at(conn, -1)
}

/// The mark of this moment, counting only uploads up to one.
fn mark_at(conn: &Connection, upload: i64) -> duckdb::Result<Mark> {
    conn.query_row(NEWEST_MARK, params![upload], |row| {
        Ok(Mark { upload: row.get(0)?, counted: row.get(1)?, units: row.get(2)? })
    })
}

/// A snapshot and, in the order of its units, what only the server knows of them.
#[derive(Debug)]
pub struct LoadedSnapshot {
    pub snapshot: Snapshot,
    pub statuses: Vec<UnitStatus>,
}

/// Loads a snapshot: whole, or only the units that uploads touched since an earlier one of the same
/// day and dictionaries.
pub fn load(
    conn: &Connection,
    wanted: &SnapshotRequest<'_>,
    earlier: Option<(&LoadedSnapshot, Mark)>,
) -> duckdb::Result<LoadedSnapshot> {
    let today = wanted.today;
    let day = today.to_string();
    let yesterday = today.yesterday().unwrap_or(today).to_string();
    let (from, until) = conn.query_row(SPAN, params![day], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (from, until): (Option<Date>, Option<Date>) = (day_of(from), day_of(until));
    let last = Month::of(today.max(until.unwrap_or(today)));
    let first = Month::of(from.unwrap_or(today)).max(last.plus(-MOST_MONTHS));
    let (units, mut statuses) = units(conn, &day, &clock::text(wanted.now))?;
    let same = |earlier: &LoadedSnapshot| {
        let (snapshot, ids) = (&earlier.snapshot, earlier.statuses.iter().map(|it| it.id));
        snapshot.today == today
            && snapshot.first == first
            && first.plus(snapshot.months as i32 - 1) == last
            && ids.eq(statuses.iter().map(|it| it.id))
    };
    let touched = match earlier.filter(|(earlier, _)| same(earlier)) {
        Some((earlier, mark)) => touched(conn, mark)?.map(|it| (earlier, it)),
        None => None,
    };
    let text = |ids: &mut dyn Iterator<Item = i32>| {
        ids.map(|it| it.to_string()).collect::<Vec<_>>().join(",")
    };
    let (version, catalog) = (wanted.version, wanted.catalog.clone());
    let (mut builder, ids) = match touched {
        Some((earlier, touched)) => {
            for (status, before) in statuses.iter_mut().zip(&earlier.statuses) {
                if !touched.contains(&status.id) {
                    status.recent = before.recent;
                    status.outputs.clone_from(&before.outputs);
                }
            }
            let earlier = &earlier.snapshot;
            let builder = SnapshotBuilder::again(earlier, version, catalog, units, &touched);
            (builder, text(&mut touched.into_iter()))
        }
        None => {
            let ids = text(&mut statuses.iter().map(|it| it.id));
            let span = (first, last);
            (SnapshotBuilder::new((version, today), catalog, units, span), ids)
        }
    };
    builder.data_span(from, until);
    if !ids.is_empty() {
        energy(conn, &mut builder, &mut statuses, &ids)?;
        months(conn, &mut builder, &ids, &yesterday, wanted.value_added)?;
        recent(conn, &builder, &mut statuses, (&ids, &day))?;
        products(conn, &mut builder, &ids, wanted.dictionaries)?;
    }
    for status in &statuses {
        if !status.outputs.is_empty() {
            builder.converts(status.id);
        }
        builder.reporting(status.id, reporting::one(reporting::of(status, today).state));
    }
    city(conn, &mut builder)?;
    Ok(LoadedSnapshot { snapshot: builder.build(), statuses })
}

/// Units touched since the mark; `None` when an approval changed what counted before it.
fn touched(conn: &Connection, mark: Mark) -> duckdb::Result<Option<HashSet<i32>>> {
    if mark_at(conn, mark.upload)?.counted != mark.counted {
        return Ok(None);
    }
    let mut touched = HashSet::new();
    each(conn, TOUCHED, params![mark.upload], |row| {
        touched.insert(row.get(0)?);
        Ok(())
    })?;
    Ok(Some(touched))
}

fn recent(
    conn: &Connection,
    builder: &SnapshotBuilder,
    statuses: &mut [UnitStatus],
    (ids, day): (&str, &str),
) -> duckdb::Result<()> {
    each(conn, RECENT, params![day, RECENT_DAYS as i32, ids], |row| {
        let days_ago: i32 = row.get(1)?;
        let points = Points { received: row.get(2)?, expected: row.get(3)? };
        if let Some(unit) = builder.unit(row.get(0)?) {
            statuses[unit].set_recent(days_ago.unsigned_abs() as usize, points);
        }
        Ok(())
    })
}

fn energy(
    conn: &Connection,
    builder: &mut SnapshotBuilder,
    statuses: &mut [UnitStatus],
    ids: &str,
) -> duckdb::Result<()> {
    each(conn, ENERGY, params![ids], |row| {
        let group: String = row.get(2)?;
        if let (Some(month), Some(group)) = (month_of(row.get(1)?), EnergyGroup::parse(&group)) {
            builder.energy(row.get(0)?, month, group, [row.get(3)?, row.get(4)?]);
            if let Some(unit) = builder.unit(row.get(0)?) {
                let output = [row.get(5)?, row.get(6)?];
                statuses[unit].add_output(month, group_index(group), output);
            }
        }
        Ok(())
    })
}

fn months(
    conn: &Connection,
    builder: &mut SnapshotBuilder,
    ids: &str,
    yesterday: &str,
    value_added: &str,
) -> duckdb::Result<()> {
    each(conn, POINTS, params![ids, yesterday], |row| {
        if let Some(month) = month_of(row.get(1)?) {
            let points = Points { received: row.get(2)?, expected: row.get(3)? };
            builder.points(row.get(0)?, month, points);
        }
        Ok(())
    })?;
    each(conn, DAYS, params![ids], |row| {
        if let Some(month) = month_of(row.get(1)?) {
            builder.days(row.get(0)?, month, row.get(2)?);
        }
        Ok(())
    })?;
    each(conn, VALUE_ADDED, params![ids, value_added], |row| {
        if let Some(month) = month_of(row.get(1)?) {
            builder.value_added(row.get(0)?, month, row.get(2)?);
        }
        Ok(())
    })
}

fn city(conn: &Connection, builder: &mut SnapshotBuilder) -> duckdb::Result<()> {
    each(conn, ECONOMY, [], |row| {
        let region: String = row.get(0)?;
        if let Some(month) = month_of(row.get(1)?) {
            builder.economy(&region, month, row.get(2)?, row.get(3)?);
        }
        Ok(())
    })?;
    each(conn, TARGETS, [], |row| {
        let basis: String = row.get(6)?;
        builder.target(Target {
            scope: row.get(0)?,
            code: row.get(1)?,
            kind: row.get(2)?,
            from_year: row.get(3)?,
            to_year: row.get(4)?,
            value: row.get(5)?,
            basis: Basis::parse(&basis).unwrap_or(Basis::Equivalent),
            source: row.get(7)?,
        });
        Ok(())
    })
}
