//! Makes random queries to a slice, and computes from the cells of a snapshot what they must answer.

use std::collections::BTreeMap;

use duckdb::Connection;
use jiff::ToSpan;
use jiff::civil::Date;
use nengce_analysis::cube::Cube;
use nengce_shared::api::slice::{Dim, SliceView};
use nengce_shared::month::Month;
use nengce_shared::period::{DayRange, Grain};
use proptest::prelude::*;

use super::{FIRST_DAY, TODAY};
use crate::store::Store;
use crate::store::queries::slice::{self, SliceFilter, SliceQuery};
use crate::store::unit_ids::UnitIds;

/// What a slice is compared by: `dims` with the snapshot, `by` with the raw readings.
#[derive(Debug, Clone, Default)]
pub(super) struct Question {
    pub by: [bool; 5],
    pub dims: Vec<Dim>,
    pub region: &'static str,
    pub industry: &'static str,
    pub class: &'static str,
    pub energy: &'static str,
    pub energy_type: &'static str,
    pub from: Date,
    pub to: Date,
}

pub(super) fn question() -> impl Strategy<Value = Question> {
    let words = (
        prop::sample::select(vec!["", "", "120112", "120110", "120101"]),
        prop::sample::select(vec!["", "", "C", "C30", "C3110"]),
        prop::sample::select(vec!["", "", "", "hundred", "thousand,ten_thousand"]),
        prop::sample::select(vec!["", "", "", "coal", "electricity"]),
        prop::sample::select(vec!["", "", "3300", "0100"]),
    );
    let time =
        prop::sample::select(vec![None, Some(Dim::Period), Some(Dim::Month), Some(Dim::Year)]);
    let places = vec![
        Dim::Region,
        Dim::Sector,
        Dim::Industry,
        Dim::Class,
        Dim::Energy,
        Dim::EnergyType,
        Dim::Unit,
    ];
    let dims = (time, prop::sample::subsequence(places, 0..4))
        .prop_map(|(time, places)| time.into_iter().chain(places).collect::<Vec<_>>())
        .prop_shuffle();
    (any::<[bool; 5]>(), dims, words, 0..8i64, 0..8i64).prop_map(|(by, dims, words, a, b)| {
        Question {
            by,
            dims,
            region: words.0,
            industry: words.1,
            class: words.2,
            energy: words.3,
            energy_type: words.4,
            from: FIRST_DAY + a.min(b).days(),
            to: FIRST_DAY + a.max(b).days(),
        }
    })
}

impl Question {
    /// The same without what the statement over raw readings does not know.
    pub(super) fn raw(&self) -> Self {
        Self { class: "", energy: "", ..self.clone() }
    }
}

/// A connection, its store, and the first and last month of the snapshot.
pub(super) type Asked<'a> = (&'a Connection, &'a Store, (Month, Month));

/// The slice of a question by some dimensions; the months are those of the snapshot.
pub(super) fn slice(
    (conn, store, months): Asked<'_>,
    grain: Grain,
    dims: &[Dim],
    it: &Question,
) -> SliceView {
    let query = SliceQuery {
        grain,
        span: DayRange::between(it.from, it.to),
        dims: dims.to_vec(),
        filter: SliceFilter {
            regions: it.region.to_owned(),
            industries: it.industry.to_owned(),
            classes: it.class.to_owned(),
            energies: it.energy.to_owned(),
            energy_types: it.energy_type.to_owned(),
            within: UnitIds::all(),
            ..SliceFilter::default()
        },
        months,
        today: TODAY,
        data_version: 1,
        most_rows: 100_000,
    };
    slice::load(conn, &query, &store.dictionaries()).expect("a slice").expect("few rows")
}

/// tce on both bases, value added, received and expected points.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Figures {
    pub tce: [Option<f64>; 2],
    value_added: Option<f64>,
    points: (u64, u64),
}

pub(super) fn add(sum: &mut Option<f64>, part: Option<f64>) {
    *sum = part.map_or(*sum, |part| Some(sum.unwrap_or(0.0) + part));
}

/// What a slice has to say: the cells of the snapshot, or of its days, that the question counts.
pub(super) fn of_cube(cube: &Cube<'_>, it: &Question) -> BTreeMap<Vec<String>, Figures> {
    let holds = |words: &str, word: &str| words.is_empty() || words.split(',').any(|it| it == word);
    let periods = cube.axis.within(DayRange::between(it.from, it.to));
    let counts = |member: u32, period: usize| {
        let member = &cube.members[member as usize];
        periods.contains(&period)
            && holds(it.region, &member.region)
            && member.industry.starts_with(it.industry)
            && holds(it.class, member.class.as_str())
    };
    let key = |member: u32, period: usize, energy: [&str; 2]| -> Vec<String> {
        let member = &cube.members[member as usize];
        let day = cube.axis.day(period);
        let word = |dim: &Dim| match dim {
            Dim::Period if cube.axis.grain() == Grain::Day => day.to_string(),
            Dim::Period | Dim::Month => Month::of(day).to_string(),
            Dim::Year => day.year().to_string(),
            Dim::Region => member.region.clone(),
            Dim::Sector => member.industry[..3].to_owned(),
            Dim::Industry => member.industry.clone(),
            Dim::Class => member.class.to_string(),
            Dim::Energy => energy[0].to_owned(),
            Dim::EnergyType => energy[1].to_owned(),
            _ => member.code.clone(),
        };
        it.dims.iter().map(word).collect()
    };
    let mut found: BTreeMap<Vec<String>, Figures> = BTreeMap::new();
    cube.each_energy(|cell| {
        let kind = &cube.energies[cell.kind as usize];
        let energy = [kind.group.as_str(), &kind.code];
        if !counts(cell.member, cell.period)
            || !holds(it.energy, energy[0])
            || !holds(it.energy_type, energy[1])
        {
            return;
        }
        let figures = found.entry(key(cell.member, cell.period, energy)).or_default();
        for (sum, part) in figures.tce.iter_mut().zip(cell.tce) {
            add(sum, part);
        }
        figures.points.0 += u64::from(cell.received);
        figures.points.1 += u64::from(cell.expected);
    });
    if !it.dims.iter().any(|it| matches!(it, Dim::Energy | Dim::EnergyType)) {
        cube.each_value_added(|member, period, value| {
            if counts(member, period) {
                let figures = found.entry(key(member, period, [""; 2])).or_default();
                add(&mut figures.value_added, Some(value));
            }
        });
    }
    found
}

/// The rows of a slice but those of an output alone: an output counts whatever energies are asked for, and the snapshot's
/// outputs are compared on their own.
pub(super) fn rows(view: &SliceView) -> BTreeMap<Vec<String>, Figures> {
    let row = |at: usize| {
        let figures = Figures {
            tce: [view.tce_calorific[at], view.tce_equivalent[at]],
            value_added: view.value_added[at],
            points: (view.received[at], view.expected[at]),
        };
        (view.keys.iter().map(|it| it[at].clone()).collect(), figures)
    };
    let is_output_alone = |(at, (_, it)): &(usize, (Vec<String>, Figures))| {
        view.output[*at].is_some() && *it == Figures::default()
    };
    let all = (0..view.received.len()).map(row).enumerate();
    all.filter(|it| !is_output_alone(it)).map(|it| it.1).collect()
}

pub(super) fn is_same(
    a: &BTreeMap<Vec<String>, Figures>,
    b: &BTreeMap<Vec<String>, Figures>,
    allowed: f64,
) -> bool {
    let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => (a - b).abs() <= allowed,
        _ => false,
    };
    let same = |a: &Figures, b: &Figures| {
        a.points == b.points
            && near(a.value_added, b.value_added)
            && a.tce.iter().zip(b.tce).all(|(a, b)| near(*a, b))
    };
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.0 == b.0 && same(a.1, b.1))
}
