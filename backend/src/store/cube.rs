//! Builds cubes: energy and points from the same views and roll-ups as the snapshot, economy from the snapshot itself.
//! Rows come as Arrow batches; nothing is filtered or grouped here.

use std::collections::HashMap;
use std::sync::Arc;

use duckdb::arrow::array::{Array, AsArray, RecordBatch};
use duckdb::arrow::datatypes::{Float64Type, Int32Type, UInt32Type};
use duckdb::{Connection, Params, params};
use jiff::civil::Date;
use nengce_analysis::cube::{Axis, Cube, CubeBuilder, Kind, Level, Member};
use nengce_analysis::snapshot::Snapshot;
use nengce_core::reference::Dictionaries;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::period::DayRange;

use super::error::Result;
use super::queries::snapshot::LoadedSnapshot;
use super::unit_ids::UnitIds;

const ENERGY_MONTH: &str = include_str!("sql/cube_energy_month.sql");
const ENERGY_DAY: &str = include_str!("sql/cube_energy_day.sql");
const POINTS_MONTH: &str = include_str!("sql/snapshot_points.sql");
const POINTS_DAY: &str = include_str!("sql/cube_points_day.sql");

/// Pairs of a unit and an energy type that have data: the most series that a cube of these units may have.
pub fn series(conn: &Connection, units: &UnitIds) -> Result<usize> {
    Ok(conn.query_row(include_str!("sql/cube_series.sql"), params![units], |row| row.get(0))?)
}

/// What a cube is built of beside the store.
pub struct Sources<'a> {
    pub loaded: &'a LoadedSnapshot,
    /// The units of the snapshot, so that no other ones are read.
    pub units: &'a UnitIds,
    pub dictionaries: &'a Arc<Dictionaries>,
}

/// All months of the snapshot, every unit by itself.
pub fn months(conn: &Connection, from: &Sources<'_>) -> Result<Cube<'static>> {
    let snapshot = &from.loaded.snapshot;
    let axis = Axis::months(snapshot.first, snapshot.months);
    let mut build = Build::new(from, axis);
    build.energy(conn, ENERGY_MONTH, params![from.units])?;
    let ids: Vec<String> = from.loaded.statuses.iter().map(|it| it.id.to_string()).collect();
    if !ids.is_empty() {
        let horizon = yesterday(snapshot).to_string();
        build.points(conn, POINTS_MONTH, params![ids.join(","), horizon], [0, 4, 1, 2, 3])?;
    }
    economy(from, &mut build.builder);
    Ok(build.builder.build())
}

/// Days of a span, every unit by itself; value added and outputs come by month and are not in it.
pub fn days(conn: &Connection, from: &Sources<'_>, range: DayRange) -> Result<Cube<'static>> {
    let mut build = Build::new(from, Axis::days(range));
    let (first, last) = (range.from().to_string(), range.to().to_string());
    build.energy(conn, ENERGY_DAY, params![first, last, from.units])?;
    let horizon = range.to().min(yesterday(&from.loaded.snapshot));
    if horizon >= range.from() {
        let wanted = params![first, horizon.to_string(), from.units];
        build.points(conn, POINTS_DAY, wanted, [0, 1, 2, 3, 4])?;
    }
    Ok(build.builder.build())
}

fn yesterday(snapshot: &Snapshot) -> Date {
    snapshot.today.yesterday().unwrap_or(snapshot.today)
}

fn economy(from: &Sources<'_>, builder: &mut CubeBuilder) {
    let snapshot = &from.loaded.snapshot;
    for unit in 0..snapshot.units.len() {
        let figures = snapshot
            .all_months()
            .enumerate()
            .filter_map(|(at, month)| Some((at, snapshot.value_added(unit, month)?)));
        let mut series = None;
        for (at, value) in figures {
            let series = *series.get_or_insert_with(|| builder.economy_series(unit as u32, 0));
            builder.economy(series, at, value);
        }
    }
    for it in snapshot.products.iter().filter(|it| it.output != 0.0) {
        if let Ok(at) = usize::try_from(it.month.since(snapshot.first)) {
            let series = builder.economy_series(it.unit as u32, it.product as u32 + 1);
            builder.economy(series, at, it.output);
        }
    }
}

struct Build {
    builder: CubeBuilder,
    axis: Axis,
    members: HashMap<i32, u32>,
    kinds: HashMap<String, u32>,
}

impl Build {
    fn new(from: &Sources<'_>, axis: Axis) -> Self {
        let snapshot = &from.loaded.snapshot;
        let member = |at: usize| {
            let it = &snapshot.units[at];
            Member {
                code: it.code.clone(),
                name: it.name.clone(),
                region: it.region.clone(),
                industry: it.industry.clone(),
                class: it.class,
            }
        };
        let energies: Vec<Kind> = from
            .dictionaries
            .energy_types
            .iter()
            .map(|it| Kind {
                code: it.code.clone(),
                zh: it.name_zh.clone(),
                en: it.name_en.clone(),
                unit: it.unit.clone(),
                group: EnergyGroup::of_type(&it.code),
            })
            .collect();
        let products = snapshot.catalog.products.iter().map(|it| Kind {
            code: it.code.clone(),
            zh: it.zh.clone(),
            en: it.en.clone(),
            unit: it.output_unit.clone(),
            group: EnergyGroup::Other,
        });
        let ids = from.loaded.statuses.iter().map(|it| it.id);
        Self {
            axis,
            members: ids.zip(0..).collect(),
            kinds: energies.iter().map(|it| it.code.clone()).zip(0..).collect(),
            builder: CubeBuilder::new(
                snapshot.version,
                Level::Unit,
                axis,
                (0..snapshot.units.len()).map(member).collect(),
                energies,
                products.collect(),
            ),
        }
    }

    /// Rows of unit, energy type, period, quantity, tce on both bases.
    fn energy<P: Params>(&mut self, conn: &Connection, sql: &str, params: P) -> Result<()> {
        let mut statement = conn.prepare(sql)?;
        for batch in statement.query_arrow(params)? {
            let places = self.places(&batch, [0, 1, 2]);
            let figure = |column: usize| batch.column(column).as_primitive::<Float64Type>();
            let (quantity, sides) = (figure(3), [figure(4), figure(5)]);
            for (at, place) in places.into_iter().enumerate() {
                let Some((series, period)) = place.filter(|_| quantity.is_valid(at)) else {
                    continue;
                };
                let tce = sides.map(|it| it.is_valid(at).then(|| it.value(at)));
                self.builder.energy(series, period, quantity.value(at), tce);
            }
        }
        Ok(())
    }

    /// Rows of unit, energy type, period, received, expected, in the columns named.
    fn points<P: Params>(
        &mut self,
        conn: &Connection,
        sql: &str,
        params: P,
        [unit, kind, period, received, expected]: [usize; 5],
    ) -> Result<()> {
        let mut statement = conn.prepare(sql)?;
        for batch in statement.query_arrow(params)? {
            let places = self.places(&batch, [unit, kind, period]);
            let count = |column: usize| batch.column(column).as_primitive::<UInt32Type>();
            let (received, expected) = (count(received), count(expected));
            for (at, place) in places.into_iter().enumerate() {
                if let Some((series, period)) = place {
                    self.builder.points(series, period, received.value(at), expected.value(at));
                }
            }
        }
        Ok(())
    }

    /// The series and the period of every row; none for what lies outside the snapshot.
    fn places(&mut self, batch: &RecordBatch, columns: [usize; 3]) -> Vec<Option<(usize, usize)>> {
        let units = batch.column(columns[0]).as_primitive::<Int32Type>();
        let kinds = batch.column(columns[1]).as_string::<i32>();
        let periods = batch.column(columns[2]).as_primitive::<Int32Type>();
        let place = |at: usize| {
            let period = self.axis.place_of_ordinal(periods.value(at))?;
            let member = *self.members.get(&units.value(at))?;
            let kind = *self.kinds.get(kinds.value(at))?;
            Some((self.builder.energy_series(member, kind), period))
        };
        (0..batch.num_rows()).map(place).collect()
    }
}
