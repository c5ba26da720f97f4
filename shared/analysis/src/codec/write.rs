//! Writes what the cube does not hold. `read` reads the parts in the same order.

use jiff::civil::Date;
use nengce_shared::api::common::ReportingCounts;
use nengce_shared::api::snapshot::Level;
use nengce_shared::reporting_state::ReportingState;

use super::{groups, names};
use crate::cube::Writer;
use crate::grouping::groups as groups_of;
use crate::snapshot::{ProductMonth, Snapshot, Target};

/// The bytes of everything in a snapshot beside its cube.
pub(super) fn rest(snapshot: &Snapshot, level: Level) -> Vec<u8> {
    let mut to = Writer::with_capacity(1 << 16);
    let days = [Some(snapshot.today), snapshot.data_from, snapshot.data_until];
    to.texts(days.iter().map(|it| it.map(|it| it.to_string()).unwrap_or_default()));
    to.floats([snapshot.price_year.map_or(f64::NAN, f64::from)].into_iter());
    names::write(snapshot, &mut to);
    let groups = (level == Level::IndustryRegion).then(|| groups_of(snapshot));
    match &groups {
        None => units(snapshot, &mut to),
        Some(groups) => groups::write(snapshot, groups, &mut to),
    }
    targets(&snapshot.targets, &mut to);
    economy(snapshot, &mut to);
    products(snapshot, groups.is_none(), &mut to);
    let of_groups = groups.map(|it| groups::reporting(snapshot, &it));
    reporting(of_groups.as_deref().unwrap_or(&snapshot.reporting), &mut to);
    to.done()
}

fn units(snapshot: &Snapshot, to: &mut Writer) {
    let units = snapshot.units.iter();
    to.texts(units.clone().map(|it| it.last_upload.clone().unwrap_or_default()));
    units.for_each(|it| to.byte(it.converts.into()));
    for at in 0..snapshot.units.len() {
        snapshot.all_months().for_each(|month| to.byte(snapshot.days(at, month)));
    }
    to.number(0);
}

fn targets(targets: &[Target], to: &mut Writer) {
    to.number(targets.len());
    to.texts(targets.iter().map(|it| &it.scope));
    to.texts(targets.iter().map(|it| &it.code));
    to.texts(targets.iter().map(|it| &it.kind));
    to.texts(targets.iter().map(|it| &it.source));
    targets.iter().for_each(|it| to.byte(it.basis.code() as u8));
    to.floats(targets.iter().map(|it| f64::from(it.from_year)));
    to.floats(targets.iter().map(|it| f64::from(it.to_year)));
    to.floats(targets.iter().map(|it| it.value));
}

/// By region, value added of every month; what is not known is not a number.
fn economy(snapshot: &Snapshot, to: &mut Writer) {
    let regions = snapshot.economy.keys();
    to.number(regions.len());
    to.texts(regions.clone());
    for region in regions {
        to.floats(snapshot.all_months().map(|it| snapshot.gdp(region, it).unwrap_or(f64::NAN)));
    }
}

/// By product, unit and month, in columns. Groups have none.
fn products(snapshot: &Snapshot, is_of_units: bool, to: &mut Writer) {
    let is_within = |it: &&ProductMonth| is_of_units && snapshot.holds(it.month);
    let rows: Vec<&ProductMonth> = snapshot.products.iter().filter(is_within).collect();
    let process = |side: usize| move |it: Option<[f64; 2]>| it.map_or(f64::NAN, |it| it[side]);
    to.number(rows.len());
    to.places(rows.iter().map(|it| it.product));
    to.places(rows.iter().map(|it| it.unit));
    to.places(rows.iter().map(|it| snapshot.place(it.month)));
    to.floats(rows.iter().map(|it| it.output));
    to.floats(rows.iter().map(|it| process(0)(it.process_tce)));
    to.floats(rows.iter().map(|it| process(1)(it.process_tce)));
    to.floats(rows.iter().map(|it| it.indicator.unwrap_or(f64::NAN)));
}

/// Units or groups by state, in the order of the states.
fn reporting(counts: &[ReportingCounts], to: &mut Writer) {
    for state in ReportingState::ALL {
        to.places(counts.iter().map(|it| it.of(*state) as usize));
    }
}

/// A day as it is written.
pub(super) fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}
