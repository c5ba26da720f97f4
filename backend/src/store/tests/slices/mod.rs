//! Over random uploads, a slice by any filter, grouping and span equals the sums of the snapshot and of its days, and SQL over
//! the raw readings.

use std::collections::BTreeMap;

use duckdb::{Connection, params};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use nengce_messages::Reading;
use nengce_messages::stamp::seconds;
use nengce_shared::api::slice::Dim;
use nengce_shared::data_code::DataCode;
use nengce_shared::period::Grain;
use nengce_shared::stat_type::StatType;
use proptest::prelude::*;

mod question;
mod snapshots;

use question::{Asked, Question, is_same, of_cube, question, rows, slice};
use snapshots::cubes;

use crate::store::Store;
use crate::store::commit::batch::Batch;
use crate::store::database::each;
use crate::store::registry::UnitEntry;

const NOW: DateTime = DateTime::constant(2024, 2, 20, 12, 0, 0, 0);
/// The days lie on both sides of a year's end: the factor of electricity changes between them.
const FIRST_DAY: Date = Date::constant(2023, 12, 28);
const TODAY: Date = Date::constant(2024, 1, 4);
const UNITS: [(&str, &str, &str, &str); 3] = [
    ("911201120000000191", "120112", "C3110", "thousand"),
    ("91120110MA06ABCDX2", "120110", "C3011", "hundred"),
    ("911201160000000171", "120112", "C3012", "ten_thousand"),
];
/// Consumption and output of electricity, two coals, an own factor, value added, a process that must not count, and a
/// product of the whole plant and of its process.
const CODES: [&str; 9] = [
    "00-00-0000-023300-11",
    "00-00-0000-023300-30",
    "00-00-0000-010100-11",
    "00-00-0000-020900-11",
    "00-00-0000-050100-11",
    "00-00-0000-090200-30",
    "10-00-0000-010100-11",
    "00-00-0000-040201-30",
    "10-00-0000-040201-30",
];

#[derive(Debug, Clone)]
struct Row {
    unit: usize,
    code: usize,
    stat_type: StatType,
    at: DateTime,
    value: f64,
    valid: bool,
}

fn row() -> impl Strategy<Value = Row> {
    let place = prop_oneof![
        4 => (0..8i64, 0..6i8).prop_map(|(day, hour)| (StatType::RealTime, (FIRST_DAY + day.days()).at(hour, 0, 0, 0))),
        4 => (0..8i64).prop_map(|day| (StatType::Day, (FIRST_DAY + day.days()).at(0, 0, 0, 0))),
        1 => (0..2i64).prop_map(|it| (StatType::Month, (FIRST_DAY.first_of_month() + it.months()).at(0, 0, 0, 0))),
    ];
    let value = prop_oneof![(-40..4000i32).prop_map(|it| f64::from(it) / 4.0), 0.0..1e6f64];
    (0..UNITS.len(), 0..CODES.len(), place, value, prop::bool::weighted(0.9)).prop_map(
        |(unit, code, (stat_type, at), value, valid)| {
            // Factors and value added come by month, a factor within what the dictionary allows.
            let monthly = (StatType::Month, at.date().first_of_month().at(0, 0, 0, 0));
            let (stat_type, at) = if matches!(code, 4 | 5) { monthly } else { (stat_type, at) };
            let value = if code == 4 { 600.0 + value.abs() % 200.0 } else { value };
            Row { unit, code, stat_type, at, value, valid }
        },
    )
}

/// Region, class, energy type, unit, period: which of them SQL over the raw readings groups by, in this order.
const RAW_DIMS: [Dim; 5] = [Dim::Region, Dim::Class, Dim::EnergyType, Dim::Unit, Dim::Period];

fn open(folder: &std::path::Path) -> Store {
    Store::open(folder, &crate::store::tests::small()).expect("the store opens")
}

async fn fill(store: &Store, rows: &[Row]) {
    let units = store.write(|it| {
        for (code, region, industry, class) in UNITS {
            let unit = UnitEntry {
                unit_id: 0,
                enterprise_code: code.to_owned(),
                name: "甲".to_owned(),
                region_code: region.to_owned(),
                industry_code: industry.to_owned(),
                class: class.to_owned(),
                approved: true,
            };
            it.put_unit(unit, NOW)?;
        }
        Ok(())
    });
    units.await.expect("three units");
    for unit in 0..UNITS.len() {
        let own = rows.iter().filter(|it| it.unit == unit);
        let readings: Vec<Reading> = own
            .map(|it| Reading {
                data_code: DataCode::parse_strict(CODES[it.code]).expect("a code"),
                stat_type: it.stat_type,
                at: seconds(it.at),
                off: 0,
                value: it.value,
                valid: it.valid,
                input_type: None,
            })
            .collect();
        let batch = Batch {
            unit_id: unit as i32 + 1,
            sent_by: "test".to_owned(),
            kind: "energy",
            received_at: NOW,
            entries: readings.len() as u32,
            readings,
            rejected: Vec::new(),
            rejected_more: 0,
        };
        store.ingest(batch).await.expect("it is stored");
    }
    store.wait_for_roll_ups().await.expect("it settles");
}

type Key = Vec<Option<String>>;

fn of_raw(conn: &Connection, grain: &str, it: &Question) -> BTreeMap<Key, [f64; 3]> {
    let (from, to) = match grain {
        "day" => (it.from, it.to),
        _ => (it.from.first_of_month(), it.to.last_of_month()),
    };
    let [region, class, energy, unit, period] = it.by;
    let mut found = BTreeMap::new();
    let sql = include_str!("../sql/cube_raw.sql");
    let given = params![
        grain,
        region,
        class,
        energy,
        unit,
        period,
        it.region,
        it.industry,
        it.energy_type,
        from.to_string(),
        to.to_string()
    ];
    each(conn, sql, given, |row| {
        let key: Result<Key, _> = (0..5).map(|at| row.get(at)).collect();
        found.insert(key?, [row.get(5)?, row.get(6)?, row.get(7)?]);
        Ok(())
    })
    .expect("the raw readings answer");
    found
}

/// Quantity and tce by a slice. The energy type is always grouped by, so that a quantity is always of one; then rows are
/// added up.
fn of_slice(asked: Asked<'_>, grain: Grain, it: &Question) -> BTreeMap<Key, [f64; 3]> {
    let dims: Vec<Dim> =
        (0..5).filter(|at| it.by[*at] || *at == 2).map(|at| RAW_DIMS[at]).collect();
    let view = slice(asked, grain, &dims, it);
    let mut found: BTreeMap<Key, [f64; 3]> = BTreeMap::new();
    for row in (0..view.received.len()).filter(|row| view.quantity[*row].is_some()) {
        let word =
            |dim: &Dim| dims.iter().position(|it| it == dim).map(|at| view.keys[at][row].clone());
        let key = (0..5).map(|at| word(&RAW_DIMS[at]).filter(|_| it.by[at])).collect();
        let figures = [view.quantity[row], view.tce_calorific[row], view.tce_equivalent[row]];
        for (sum, figure) in found.entry(key).or_default().iter_mut().zip(figures) {
            *sum += figure.expect("a row of one energy type with both factors");
        }
    }
    found
}

fn is_same_as_raw(
    raw: &BTreeMap<Key, [f64; 3]>,
    slice: &BTreeMap<Key, [f64; 3]>,
    allowed: f64,
) -> bool {
    raw.len() == slice.len()
        && raw.iter().zip(slice).all(|(a, b)| {
            let near = |(x, y): (&f64, &f64)| (x - y).abs() <= allowed;
            a.0 == b.0 && a.1.iter().zip(b.1).all(near)
        })
}

/// Holds each question's slice against the snapshot and against the raw readings.
fn check(rows_sent: &[Row], questions: Vec<Question>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let folder = tempfile::tempdir().expect("a folder");
        let store = open(folder.path());
        fill(&store, rows_sent).await;
        let allowed = rows_sent.iter().map(|it| it.value.abs()).sum::<f64>() * 1.3e-7 * 4.0 + 1e-6;
        let own = store.clone();
        let asked = store.read(move |conn| {
            let cubes = cubes(conn, &own);
            let asked = (conn, &own, cubes.span);
            for it in &questions {
                for (grain, cube) in [(Grain::Month, &cubes.months), (Grain::Day, &cubes.days)] {
                    let found = rows(&slice(asked, grain, &it.dims, it));
                    let expected = of_cube(cube, it);
                    assert!(
                        is_same(&expected, &found, allowed),
                        "{it:?}: {found:?} is not {expected:?}"
                    );
                    let it = it.raw();
                    let (raw, found) =
                        (of_raw(conn, grain.as_str(), &it), of_slice(asked, grain, &it));
                    assert!(
                        is_same_as_raw(&raw, &found, allowed),
                        "{it:?}: {found:?} is not {raw:?}"
                    );
                }
            }
            Ok(())
        });
        asked.await.expect("they agree");
        store.close();
    });
}

/// A unit that reported an output and no energy has a row of that output, whatever energies are asked for.
#[test]
fn an_output_alone_is_no_figure_of_energy() {
    let at = DateTime::constant(2023, 12, 30, 0, 0, 0, 0);
    let output = Row { unit: 1, code: 8, stat_type: StatType::Day, at, value: 70.0, valid: true };
    // Another unit's energy makes the month one of the snapshot.
    let energy = Row { unit: 0, code: 0, ..output.clone() };
    let question = Question {
        dims: vec![Dim::Class, Dim::Region, Dim::Period, Dim::Industry],
        industry: "C30",
        energy: "electricity",
        from: Date::constant(2023, 12, 29),
        to: Date::constant(2024, 1, 2),
        ..Question::default()
    };
    check(&[energy, output], vec![question]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 30, ..ProptestConfig::default() })]

    #[test]
    fn any_slice_equals_the_snapshot_and_the_raw_readings(
        rows_sent in prop::collection::vec(row(), 0..160), questions in prop::collection::vec(question(), 1..12),
    ) {
        check(&rows_sent, questions);
    }
}
