//! Builds a snapshot in the browser from the cube and the frame (names, targets, economy) that the server sent, so that
//! the same analysis runs there. Products come separately; a city too large to be sent by unit comes as groups.

use std::collections::BTreeSet;

use crate::cube::{Cube, Dim, Filter, Grouped, Level, Row};
use jiff::civil::Date;
use nengce_shared::api::common::Named;
use nengce_shared::api::cube::{CubeFrame, FrameEconomy, FrameTarget, FrameUnit};
use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::month::Month;
use nengce_shared::period::{DayRange, Grain};

use super::catalog::Catalog;
use super::frame_groups;
use super::snapshot::{GROUPS, PartialMonth, Points, Snapshot, Target, Unit, UnitPartialMonth};
use super::snapshot_builder::SnapshotBuilder;
use super::unit_totals::add;

/// What a cube of the snapshot's months by that level does not hold.
pub fn frame(snapshot: &Snapshot, catalog: &Catalog, level: Level) -> CubeFrame {
    let codes: BTreeSet<&str> = snapshot.units.iter().map(|it| it.industry.as_str()).collect();
    let is_met = |it: &&Named| codes.iter().any(|code| code.starts_with(&it.code));
    let unit = |at: usize| FrameUnit {
        enterprise_code: snapshot.units[at].code.clone(),
        last_upload: snapshot.units[at].last_upload.clone(),
        converts: snapshot.converts(at),
        days: snapshot.all_months().map(|it| snapshot.days(at, it)).collect(),
    };
    let (units, groups) = match level {
        Level::Unit => ((0..snapshot.units.len()).map(unit).collect(), Vec::new()),
        Level::IndustryRegion => frame_groups::sent(snapshot),
    };
    let target = |it: &Target| FrameTarget {
        scope: it.scope.clone(),
        code: it.code.clone(),
        kind: it.kind.clone(),
        from_year: it.from_year,
        to_year: it.to_year,
        value: it.value,
        basis: it.basis,
        source: it.source.clone(),
    };
    let economy = |region: &String| FrameEconomy {
        region: region.clone(),
        value_added: snapshot.all_months().map(|it| snapshot.gdp(region, it)).collect(),
    };
    CubeFrame {
        data_version: snapshot.version,
        today: snapshot.today.to_string(),
        data_from: snapshot.data_from.map(|it| it.to_string()),
        data_until: snapshot.data_until.map(|it| it.to_string()),
        price_year: snapshot.price_year,
        city: catalog.city.clone(),
        place_zh: catalog.place.0.clone(),
        place_en: catalog.place.1.clone(),
        regions: catalog.regions.clone(),
        industries: catalog.industries.iter().filter(is_met).cloned().collect(),
        factor_edition: catalog.factor_edition.clone(),
        level,
        units,
        groups,
        targets: snapshot.targets.iter().map(target).collect(),
        economy: snapshot.economy.keys().map(economy).collect(),
    }
}

/// The snapshot again. `None` for a cube of days, and for a frame of other units or another version.
pub fn thaw(cube: &Cube<'_>, frame: &CubeFrame) -> Option<(Snapshot, Catalog)> {
    let same = cube.level == frame.level
        && (cube.level == Level::Unit || cube.members.len() == frame.groups.len())
        && cube.axis.grain() == Grain::Month
        && cube.version == frame.data_version
        && cube.members.len() == frame.units.len()
        && cube.members.iter().zip(&frame.units).all(|(it, unit)| it.code == unit.enterprise_code);
    if !same || cube.axis.is_empty() {
        return None;
    }
    let day = |text: &Option<String>| text.as_deref().and_then(|it| it.parse::<Date>().ok());
    let first = Month::of(cube.axis.day(0));
    let last = first.plus(cube.axis.len() as i32 - 1);
    let units = cube.members.iter().zip(&frame.units).enumerate();
    let units = units.map(|(at, (member, unit))| Unit {
        id: at as i32,
        code: member.code.clone(),
        name: member.name.clone(),
        region: member.region.clone(),
        industry: member.industry.clone(),
        class: member.class,
        conversion: unit.converts,
        first_day: None,
        last_day: None,
        silent_since: None,
        device_state: String::new(),
        approved_on: None,
        listed_on: None,
        last_upload: unit.last_upload.clone(),
        meters: 0,
        meters_overdue: 0,
        overdue_name: None,
    });
    let today = frame.today.parse().ok()?;
    let mut builder = SnapshotBuilder::new(cube.version, today, units.collect(), first, last);
    builder.data_span(day(&frame.data_from), day(&frame.data_until));
    let month = |place: usize| first.plus(place as i32);
    cube.each_energy(|it| {
        let (unit, at) = (it.member as i32, month(it.period));
        builder.energy(unit, at, it.group, it.tce);
        builder.points(unit, at, Points { received: it.received, expected: it.expected });
    });
    cube.each_value_added(|unit, at, value| builder.value_added(unit as i32, month(at), value));
    for (at, unit) in frame.units.iter().enumerate() {
        for (place, days) in unit.days.iter().enumerate() {
            builder.days(at as i32, month(place), *days);
        }
    }
    for it in &frame.economy {
        for (place, value) in it.value_added.iter().enumerate() {
            if let Some(value) = value {
                builder.economy(&it.region, month(place), *value, frame.price_year);
            }
        }
    }
    for it in &frame.targets {
        builder.target(Target {
            scope: it.scope.clone(),
            code: it.code.clone(),
            kind: it.kind.clone(),
            from_year: it.from_year,
            to_year: it.to_year,
            value: it.value,
            basis: it.basis,
            source: it.source.clone(),
        });
    }
    let mut snapshot = builder.build();
    snapshot.price_year = frame.price_year;
    snapshot.groups = frame_groups::taken(first, &frame.groups);
    Some((snapshot, catalog(frame)))
}

fn catalog(frame: &CubeFrame) -> Catalog {
    Catalog {
        city: frame.city.clone(),
        place: (frame.place_zh.clone(), frame.place_en.clone()),
        regions: frame.regions.clone(),
        industries: frame.industries.clone(),
        factor_edition: frame.factor_edition.clone(),
        ..Catalog::default()
    }
}

/// The days of a range out of a cube of days that holds them, on both bases.
pub fn partial_months(days: &Cube<'_>, range: DayRange) -> [PartialMonth; 2] {
    let mut made = [Basis::Calorific, Basis::Equivalent].map(|basis| PartialMonth {
        range,
        basis,
        units: Default::default(),
    });
    let filter = Filter::all(days).during(days, range);
    let grouped = days.group(&filter, &[Dim::Unit, Dim::Energy]);
    for row in &grouped.rows {
        let Some(group) = group_of(&grouped, row) else {
            continue;
        };
        for (partial_month, value) in made.iter_mut().zip(both(row)) {
            let unit = partial_month
                .units
                .entry(row.key[0] as usize)
                .or_insert(UnitPartialMonth { tce: [None; GROUPS], ..UnitPartialMonth::default() });
            let slot = &mut unit.tce[super::snapshot::group_index(group)];
            *slot = add(*slot, value);
            let more = points(row);
            unit.points.received += more.received;
            unit.points.expected += more.expected;
        }
    }
    made
}

fn group_of(grouped: &Grouped, row: &Row) -> Option<EnergyGroup> {
    let at = grouped.dims.iter().position(|it| *it == Dim::Energy)?;
    EnergyGroup::ALL.get(row.key[at] as usize).copied()
}

fn both(row: &Row) -> [Option<f64>; 2] {
    [Basis::Calorific, Basis::Equivalent].map(|it| row.totals.tce(it))
}

fn points(row: &Row) -> Points {
    let narrow = |it: u64| u32::try_from(it).unwrap_or(u32::MAX);
    Points { received: narrow(row.totals.received), expected: narrow(row.totals.expected) }
}
