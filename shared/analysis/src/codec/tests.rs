//! The snapshot that the browser reads gives the same answers as the one that the server has.

use crate::cube::{Axis, Cube, CubeBuilder, CubeError, Kind, Level, Member};
use jiff::civil::date;
use nengce_shared::api::dual_control::DualControl;
use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::period::DayRange;
use nengce_shared::warning::TotalThresholds;
use proptest::prelude::*;

use super::{apply, decode, delta, encode};

use crate::benchmark::{Chosen, benchmark, subjects};
use crate::dual_control::dual_control;
use crate::evaluation::Evaluation;
use crate::intensity::{By, decomposition, intensity, windows};
use crate::partial_days::partial_months;
use crate::query::{Filter, Query};
use crate::sample::{builder, month, query, snapshot};
use crate::snapshot::Snapshot;
use crate::spans::Comparison;
use crate::timeline::timeline;

fn members(snapshot: &Snapshot) -> Vec<Member> {
    let member = |it: &crate::snapshot::Unit| Member {
        code: it.code.clone(),
        name: it.name.clone(),
        region: it.region.clone(),
        industry: it.industry.clone(),
        class: it.class,
    };
    snapshot.units.iter().map(member).collect()
}

/// One energy type for each group.
fn kinds() -> Vec<Kind> {
    let kind = |it: &EnergyGroup| Kind {
        code: format!("0{}00", it.code()),
        zh: String::new(),
        en: String::new(),
        unit: "t".to_owned(),
        group: *it,
    };
    EnergyGroup::ALL.iter().map(kind).collect()
}

/// The months of a snapshot, one tce of quantity a tce on the equivalent basis.
pub fn months(snapshot: &Snapshot) -> Cube<'static> {
    let axis = Axis::months(snapshot.first, snapshot.months);
    let mut builder = CubeBuilder::new(
        snapshot.version,
        Level::Unit,
        axis,
        members(snapshot),
        kinds(),
        Vec::new(),
    );
    for unit in 0..snapshot.units.len() {
        for (at, month) in snapshot.all_months().enumerate() {
            for (kind, group) in EnergyGroup::ALL.iter().enumerate() {
                let [calorific, equivalent] = [Basis::Calorific, Basis::Equivalent]
                    .map(|it| snapshot.tce(it, unit, month, *group));
                if let Some(tce) = equivalent {
                    let series = builder.energy_series(unit as u32, kind as u32);
                    builder.energy(series, at, tce, [calorific, equivalent]);
                }
            }
            let points = snapshot.points(unit, month);
            let series = builder.energy_series(unit as u32, 0);
            builder.points(series, at, points.received, points.expected);
            if let Some(value) = snapshot.value_added(unit, month) {
                let series = builder.economy_series(unit as u32, 0);
                builder.economy(series, at, value);
            }
        }
    }
    builder.build()
}

/// As the browser gets it.
fn sent(snapshot: &Snapshot) -> Snapshot {
    decode(&encode(snapshot, &months(snapshot))).expect("a snapshot")
}

/// The dual control that a query gives.
pub fn seen(snapshot: &Snapshot, query: &Query) -> DualControl {
    let evaluation = Evaluation::new(snapshot, query, &[]);
    dual_control(&evaluation, TotalThresholds::default())
}

/// Figures to nine digits, everything else as it is.
pub fn rounded(it: &impl serde::Serialize) -> String {
    fn walk(it: &mut serde_json::Value) {
        match it {
            serde_json::Value::Number(number) => {
                let value = number.as_f64().unwrap_or(f64::NAN);
                *it = format!("{value:.8e}").into();
            }
            serde_json::Value::Array(all) => all.iter_mut().for_each(walk),
            serde_json::Value::Object(all) => all.values_mut().for_each(walk),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(it).expect("an answer is JSON");
    walk(&mut value);
    value.to_string()
}

#[test]
fn a_snapshot_that_was_sent_answers_as_the_one_it_was_made_of() {
    let snapshot = snapshot();
    let read = sent(&snapshot);
    assert_eq!(read.catalog, snapshot.catalog);
    assert_eq!((&read.units, &read.targets), (&snapshot.units, &snapshot.targets));
    assert_eq!((&read.economy, &read.products), (&snapshot.economy, &snapshot.products));
    let filters = [
        Filter::default(),
        Filter { region: vec!["120101".to_owned()], ..Filter::default() },
        Filter { industry: vec!["C31".to_owned()], ..Filter::default() },
        Filter { energy: vec![EnergyGroup::Electricity], ..Filter::default() },
        Filter {
            region: vec!["120101".to_owned()],
            energy: vec![EnergyGroup::Coal],
            ..Filter::default()
        },
        Filter {
            region: vec!["120101".to_owned(), "120102".to_owned()],
            energy: vec![EnergyGroup::Coal, EnergyGroup::Electricity],
            ..Filter::default()
        },
    ];
    let comparison =
        [None, Some(Comparison::District("120102".to_owned())), Some(Comparison::Peers)];
    for filter in filters {
        for (from, to) in [("2025-01", "2025-09"), ("2024-03", "2024-05")] {
            let bases = [Basis::Calorific, Basis::Equivalent].into_iter();
            for (basis, comparison) in
                bases.flat_map(|it| comparison.clone().map(|other| (it, other)))
            {
                let query = Query { filter: filter.clone(), comparison, basis, ..query(from, to) };
                let (here, there) = (seen(&read, &query), seen(&snapshot, &query));
                assert_eq!(rounded(&here), rounded(&there), "{query:?}");
                let (here, there) =
                    (timeline(&read, &filter, basis), timeline(&snapshot, &filter, basis));
                assert_eq!(rounded(&here), rounded(&there));
            }
        }
    }
}

/// Every answer of the intensity and benchmark pages.
fn pages(snapshot: &Snapshot, asked: &Query) -> String {
    let evaluation = Evaluation::new(snapshot, asked, &[]);
    let mut all = rounded(&subjects(&evaluation));
    for by in [By::Region, By::Industry, By::Unit] {
        all += &rounded(&intensity(&evaluation, by));
    }
    for code in ["0102", "C31", "P83"] {
        let chosen = Chosen::parse(&evaluation, code).expect("a subject");
        all += &rounded(&benchmark(&evaluation, &chosen, Some(&snapshot.units[1].code)));
    }
    let (spans, periods) = windows(asked.spans.asked, snapshot.data_until);
    let yearly = Query { spans, ..asked.clone() };
    let evaluation = Evaluation::new(snapshot, &yearly, &[]);
    all + &decomposition(&evaluation, By::Industry, &periods)
        .map_or_else(|it| it.to_string(), |it| rounded(&it))
}

#[test]
fn a_snapshot_that_was_sent_answers_intensity_and_benchmarks() {
    let snapshot = snapshot();
    let read = sent(&snapshot);
    let mut filters = vec![Filter::default(); 3];
    filters[1].region.push("120101".to_owned());
    filters[2].energy.push(EnergyGroup::Electricity);
    for filter in filters {
        for basis in [Basis::Calorific, Basis::Equivalent] {
            let asked = Query { filter: filter.clone(), basis, ..query("2025-01", "2025-09") };
            let (here, there) = (pages(&read, &asked), pages(&snapshot, &asked));
            assert!(there.contains("高炉生铁"), "{there}");
            assert_eq!(here, there, "{asked:?}");
        }
    }
}

#[test]
fn damaged_bytes_are_no_snapshot() {
    let bytes = encode(&snapshot(), &months(&snapshot()));
    assert_eq!(decode(&bytes[1..]).err(), Some(CubeError::NotASnapshot));
    assert_eq!(decode(&bytes[..12]).err(), Some(CubeError::Truncated));
    for at in (0..bytes.len()).step_by(7) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        assert!(decode(&damaged).is_err(), "byte {at}");
        assert!(decode(&bytes[..at]).is_err(), "cut at {at}");
    }
}

/// Figures that came: unit, month and tce.
fn uploads() -> impl Strategy<Value = Vec<(i32, i32, f64)>> {
    proptest::collection::vec((1..=3, 0..33, 0.0..1e6), 0..8)
}

fn encoded(uploads: &[(i32, i32, f64)]) -> Vec<u8> {
    let mut builder = builder();
    for (unit, at, tce) in uploads {
        builder.energy(*unit, month(2023, 1).plus(*at), EnergyGroup::Gas, [Some(*tce); 2]);
    }
    let snapshot = builder.build();
    encode(&snapshot, &months(&snapshot))
}

proptest! {
    #[test]
    fn a_snapshot_and_the_delta_from_it_are_the_newer_snapshot(before in uploads(), after in uploads()) {
        let old = encoded(&before);
        let new = encoded(&[before, after].concat());
        prop_assert_eq!(apply(&old, &delta(&old, &new)), Ok(new));
    }
}

#[test]
fn days_of_a_range_become_a_partial_month() {
    let snapshot = snapshot();
    let range = DayRange::between(date(2025, 9, 3), date(2025, 9, 5));
    let axis = Axis::days(DayRange::between(date(2025, 9, 1), date(2025, 9, 30)));
    let mut builder =
        CubeBuilder::new(7, Level::Unit, axis, members(&snapshot), kinds(), Vec::new());
    let series = builder.energy_series(1, 0);
    for at in 0..30 {
        builder.energy(series, at, 2.0, [Some(1.0), Some(2.0)]);
        builder.points(series, at, 20, 24);
    }
    let [calorific, equivalent] = partial_months(&builder.build(), range);
    assert_eq!((calorific.basis, equivalent.basis), (Basis::Calorific, Basis::Equivalent));
    let unit = equivalent.units[&1];
    assert_eq!(unit.tce[crate::snapshot::group_index(EnergyGroup::ALL[0])], Some(6.0));
    assert_eq!((unit.points.received, unit.points.expected), (60, 72));
    assert_eq!(calorific.units[&1].tce[0], Some(3.0));
    assert_eq!(equivalent.units.len(), 1);
}
