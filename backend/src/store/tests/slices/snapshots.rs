//! The months and days of a snapshot as cubes, compared with the snapshot and with each other.

use std::collections::BTreeMap;

use duckdb::Connection;
use jiff::civil::date;
use nengce_analysis::cube::Cube;
use nengce_analysis::snapshot::Snapshot;
use nengce_shared::api::slice::Dim;
use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::month::Month;
use nengce_shared::period::{DayRange, Grain};

use super::TODAY;
use super::question::{Asked, Question, add, slice};
use crate::store::Store;
use crate::store::cube::{self, Sources};
use crate::store::database::each;
use crate::store::queries::snapshot;
use crate::store::unit_ids::UnitIds;

/// The snapshot as cubes: its months, from the first to the last, and its days.
pub(super) struct Cubes {
    pub months: Cube<'static>,
    pub days: Cube<'static>,
    pub span: (Month, Month),
}

/// The cubes, after their points and the outputs of slices were compared with the snapshot.
pub(super) fn cubes(conn: &Connection, store: &Store) -> Cubes {
    let dictionaries = store.dictionaries();
    let catalog = dictionaries.catalog();
    let wanted = snapshot::SnapshotRequest {
        version: 1,
        now: TODAY.at(23, 59, 59, 0),
        today: TODAY,
        catalog: &catalog,
        dictionaries: &dictionaries,
        value_added: "0200",
    };
    let loaded = snapshot::load(conn, &wanted, None).expect("a snapshot");
    let sources = Sources { loaded: &loaded, units: &UnitIds::all(), dictionaries: &dictionaries };
    let months = cube::months(conn, &sources).expect("a cube of months");
    let span = DayRange::between(date(2023, 12, 1), date(2024, 1, 31));
    let days = cube::days(conn, &sources, span).expect("a cube of days");
    days_make_up_months(conn, &months, &days);
    let snapshot = &loaded.snapshot;
    months_are_those_of_the_snapshot(snapshot, &months);
    let span = (snapshot.first, snapshot.first.plus(snapshot.months as i32 - 1));
    outputs_agree((conn, store, span), snapshot);
    Cubes { months, days, span }
}

type Points = BTreeMap<Vec<String>, (u64, u64)>;

/// Points by month, unit and energy type.
fn points(cube: &Cube<'_>) -> Points {
    let mut points = Points::new();
    cube.each_energy(|it| {
        if it.expected > 0 {
            let key = vec![
                Month::of(cube.axis.day(it.period)).to_string(),
                cube.members[it.member as usize].code.clone(),
                cube.energies[it.kind as usize].code.clone(),
            ];
            let sum = points.entry(key).or_default();
            *sum = (sum.0 + u64::from(it.received), sum.1 + u64::from(it.expected));
        }
    });
    points
}

fn days_make_up_months(conn: &Connection, months: &Cube<'_>, days: &Cube<'_>) {
    // Items without days are due by the month; days make up the rest.
    let mut made_up = points(days);
    let sql = include_str!("../sql/coarse_points.sql");
    let horizon = duckdb::params!["2024-01-03"];
    each(conn, sql, horizon, |row| {
        let key = vec![row.get(0)?, row.get(1)?, row.get(2)?];
        let count: u64 = row.get(3)?;
        let it = made_up.entry(key).or_default();
        *it = (it.0 + count, it.1 + count);
        Ok(())
    })
    .expect("months are read");
    assert_eq!(points(months), made_up, "days make up months");
}

fn months_are_those_of_the_snapshot(snapshot: &Snapshot, months: &Cube<'_>) {
    let all: Vec<Month> = snapshot.all_months().collect();
    let mut tce: BTreeMap<(u32, usize, EnergyGroup), [Option<f64>; 2]> = BTreeMap::new();
    let mut points: BTreeMap<(u32, usize), (u32, u32)> = BTreeMap::new();
    months.each_energy(|it| {
        for (sum, part) in
            tce.entry((it.member, it.period, it.group)).or_default().iter_mut().zip(it.tce)
        {
            add(sum, part);
        }
        let sum = points.entry((it.member, it.period)).or_default();
        *sum = (sum.0 + it.received, sum.1 + it.expected);
    });
    let mut values: BTreeMap<(u32, usize), f64> = BTreeMap::new();
    months.each_value_added(|member, period, value| {
        values.insert((member, period), value);
    });
    for unit in 0..snapshot.units.len() {
        for (at, month) in all.iter().enumerate() {
            let cell = (unit as u32, at);
            let found = points.get(&cell).copied().unwrap_or_default();
            let expected = snapshot.points(unit, *month);
            assert_eq!(found, (expected.received, expected.expected));
            let (a, b) = (values.get(&cell).copied(), snapshot.value_added(unit, *month));
            assert!(near(a, b), "value added {a:?}, {b:?}");
            for group in EnergyGroup::ALL {
                let sums = tce.get(&(cell.0, at, *group)).copied().unwrap_or_default();
                for (found, basis) in sums.into_iter().zip([Basis::Calorific, Basis::Equivalent]) {
                    let expected = snapshot.tce(basis, unit, *month, *group);
                    assert!(near(found, expected), "{month} {group}: {found:?}, {expected:?}");
                }
            }
        }
    }
}

fn outputs_agree(asked: Asked<'_>, snapshot: &Snapshot) {
    let all = Question { from: date(2023, 12, 1), to: date(2024, 1, 31), ..Question::default() };
    let view = slice(asked, Grain::Month, &[Dim::Product, Dim::Unit, Dim::Month], &all);
    // The months of a snapshot are those of its energy and its economy; an output before them has no month in a slice.
    let months: Vec<Month> = snapshot.all_months().collect();
    let products = snapshot.products.iter();
    let products = products.filter(|it| it.output != 0.0 && months.contains(&it.month));
    let expected: Vec<_> = products
        .map(|it| {
            let code = snapshot.catalog.products[it.product].code.clone();
            (code, snapshot.units[it.unit].code.clone(), it.month.to_string(), Some(it.output))
        })
        .collect();
    let word = |dim: usize, row: usize| view.keys[dim][row].clone();
    let found: Vec<_> = (0..view.received.len())
        .map(|row| (word(0, row), word(1, row), word(2, row), view.output[row]))
        .collect();
    assert_eq!(found.len(), expected.len(), "{found:?}, {expected:?}");
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!((&found.0, &found.1, &found.2), (&expected.0, &expected.1, &expected.2));
        // A slice states twelve digits.
        let apart = found.3.zip(expected.3).map(|(a, b)| (a - b).abs() / b.abs());
        assert!(apart.is_some_and(|it| it < 1e-11), "{found:?}, {expected:?}");
    }
}

fn near(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (None, None) => true,
        // The largest figure of a series here is below 48 values of 10^6, three kgce each.
        (Some(a), Some(b)) => (a - b).abs() <= 4.8e7 * 4.0 * 1.3e-7,
        _ => false,
    }
}
