//! A city sent as groups gives the same answers as the city sent by unit, whatever data are missing.

use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::month::Month;
use nengce_shared::unit_class::UnitClass;
use proptest::prelude::*;

use super::codec::tests::{months, rounded, seen};
use super::codec::{decode, encode};
use super::grouping::groups;
use super::query::{Filter, Query};
use super::sample::{TODAY, UNTIL, month, query, snapshot};
use super::snapshot::{Points, Snapshot};
use super::snapshot_builder::SnapshotBuilder;
use super::spans::Comparison;
use super::timeline::timeline;

const UNITS: usize = 9;
const MONTHS: usize = 33;

/// What a unit has in a month: two energies, value added, received points.
type Cell = [Option<u16>; 4];

fn cells() -> impl Strategy<Value = Vec<Cell>> {
    let part = || proptest::option::weighted(0.6, 0u16..1_000);
    let cell = (part(), part(), part(), part()).prop_map(|(a, b, c, d)| [a, b, c, d]);
    // Units that are silent for months, as real ones are.
    let month = prop_oneof![3 => cell, 2 => Just([None; 4])];
    proptest::collection::vec(month, UNITS * MONTHS)
}

/// Nine units in two districts, two industries and two classes: some groups have several.
fn city(cells: &[Cell]) -> Snapshot {
    let sample = snapshot();
    let units = (0..UNITS).map(|at| {
        let mut unit = sample.units[0].clone();
        unit.code = format!("{at:018}");
        unit.region = ["120101", "120102"][at % 2].to_owned();
        unit.industry = ["C3120", "P8341"][at / 2 % 2].to_owned();
        unit.class = [UnitClass::TenThousand, UnitClass::Thousand][usize::from(at == 8)];
        unit.last_upload = (at > 2).then(|| format!("2025-10-01 01:{at:02}:00"));
        (at as i32, unit)
    });
    let (first, last) = (month(2023, 1), month(2025, 9));
    let mut builder =
        SnapshotBuilder::new((7, TODAY), sample.catalog.clone(), units.collect(), (first, last));
    builder.data_span(Some(first.first_day()), Some(UNTIL));
    for (at, cell) in cells.iter().enumerate() {
        let (unit, month) = ((at / MONTHS) as i32, first.plus((at % MONTHS) as i32));
        let [coal, electricity, value_added, received] = cell.map(|it| it.map(f64::from));
        builder.energy(unit, month, EnergyGroup::Coal, [coal; 2]);
        let both = [electricity, electricity.map(|it| it * 2.0)];
        builder.energy(unit, month, EnergyGroup::Electricity, both);
        if let Some(value) = value_added {
            builder.value_added(unit, month, value);
        }
        let points = Points { received: received.map_or(0, |it| it as u32), expected: 1_000 };
        builder.points(unit, month, points);
        builder.days(unit, month, (at % 29) as u8);
    }
    for target in sample.targets {
        builder.target(target);
    }
    builder.build()
}

fn sent_as_groups(snapshot: &Snapshot) -> Snapshot {
    decode(&encode(snapshot, &months(snapshot).coarsened())).expect("a snapshot")
}

fn asked() -> Vec<Query> {
    let mut filters = vec![Filter::default(); 4];
    filters[1].region.push("120101".to_owned());
    filters[2].industry.push("C31".to_owned());
    filters[3].class.push(UnitClass::TenThousand);
    let comparison =
        [None, Some(Comparison::District("120102".to_owned())), Some(Comparison::Peers)];
    let spans = [("2025-01", "2025-09"), ("2024-03", "2024-05"), ("2022-06", "2023-02")];
    let mut all = Vec::new();
    for filter in filters {
        for (from, to) in spans {
            for comparison in &comparison {
                for basis in [Basis::Calorific, Basis::Equivalent] {
                    all.push(Query {
                        filter: filter.clone(),
                        comparison: comparison.clone(),
                        basis,
                        ..query(from, to)
                    });
                }
            }
        }
    }
    all
}

proptest! {
    #[test]
    fn groups_answer_as_their_units(cells in cells(), picks in proptest::collection::vec(0..72usize, 6)) {
        let snapshot = city(&cells);
        let grouped = sent_as_groups(&snapshot);
        prop_assert!(grouped.is_grouped() && grouped.units.len() < snapshot.units.len());
        let questions = asked();
        for query in picks.into_iter().map(|it| &questions[it]) {
            prop_assert!(query.is_for_groups());
            let (here, mut there) = (seen(&grouped, query), seen(&snapshot, query));
            // Units by themselves are what groups cannot tell.
            there.largest_rises.clear();
            prop_assert_eq!(rounded(&here), rounded(&there), "{:?}", query);
            let all = |it| rounded(&timeline(it, &query.filter, query.basis));
            prop_assert_eq!(all(&grouped), all(&snapshot));
        }
    }

    #[test]
    fn units_that_report_in_a_span_are_counted(cells in cells(), from in 0..MONTHS, length in 1..MONTHS) {
        let snapshot = city(&cells);
        let first = snapshot.first;
        let months: Vec<Month> = (from..from + length).map(|it| first.plus(it as i32)).collect();
        let grouped = sent_as_groups(&snapshot);
        for (at, (_, units)) in groups(&snapshot).into_iter().enumerate() {
            let reports = |unit: &usize| months.iter().any(|it| snapshot.reports(*unit, *it));
            let count = units.iter().filter(|it| reports(it)).count() as u32;
            prop_assert_eq!(grouped.reporting_of(at, &months), Some(count));
        }
    }
}

#[test]
fn what_needs_units_or_days_is_not_asked_of_groups() {
    let whole = query("2025-01", "2025-09");
    assert!(whole.is_for_groups());
    let mut of_unit = whole.clone();
    of_unit.filter.unit.push("x".to_owned());
    let mut of_energy = whole.clone();
    of_energy.filter.energy.push(EnergyGroup::Coal);
    let days = query("2025-01-05", "2025-09-30");
    assert!(![of_unit, of_energy, days].iter().any(Query::is_for_groups));
}
