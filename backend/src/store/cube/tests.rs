//! Any filter and grouping of a cube built from random uploads equals the answer of SQL over the raw readings.

use std::collections::BTreeMap;

use duckdb::{Connection, params};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, date};
use nengce_analysis::cube::{Cube, Dim, Filter};
use nengce_analysis::snapshot::Snapshot;
use nengce_core::ingest::Reading;
use nengce_core::ingest::stamp::seconds;
use nengce_shared::basis::Basis;
use nengce_shared::data_code::DataCode;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::period::DayRange;
use nengce_shared::stat_type::StatType;
use proptest::prelude::*;

use super::Sources;
use crate::store::Store;
use crate::store::commit::batch::Batch;
use crate::store::database::each;
use crate::store::queries::snapshot;
use crate::store::registry::UnitEntry;

const NOW: DateTime = DateTime::constant(2024, 2, 20, 12, 0, 0, 0);
/// The days lie on both sides of a year's end: the factor of electricity changes between them.
const FIRST: Date = Date::constant(2023, 12, 28);
const UNITS: [(&str, &str, &str, &str); 3] = [
    ("911201120000000191", "120112", "C3110", "thousand"),
    ("91120110MA06ABCDX2", "120110", "C3011", "hundred"),
    ("911201160000000171", "120112", "C3012", "ten_thousand"),
];
/// Consumption and output of electricity, two coals, an own factor, value added, and a process that must not count.
const CODES: [&str; 7] = [
    "00-00-0000-023300-11",
    "00-00-0000-023300-30",
    "00-00-0000-010100-11",
    "00-00-0000-020900-11",
    "00-00-0000-050100-11",
    "00-00-0000-090200-30",
    "10-00-0000-010100-11",
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
        4 => (0..8i64, 0..6i8).prop_map(|(day, hour)| (StatType::RealTime, (FIRST + day.days()).at(hour, 0, 0, 0))),
        4 => (0..8i64).prop_map(|day| (StatType::Day, (FIRST + day.days()).at(0, 0, 0, 0))),
        1 => (0..2i64).prop_map(|it| (StatType::Month, (FIRST.first_of_month() + it.months()).at(0, 0, 0, 0))),
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

/// Region, class, energy type, unit, period: which of them to group by, in this order.
const DIMS: [Dim; 5] = [Dim::Region, Dim::Class, Dim::EnergyType, Dim::Unit, Dim::Period];

#[derive(Debug, Clone)]
struct Query {
    by: [bool; 5],
    region: &'static str,
    industry: &'static str,
    energy_type: &'static str,
    from: Date,
    to: Date,
}

fn question() -> impl Strategy<Value = Query> {
    let words = (
        prop::sample::select(vec!["", "", "120112", "120110", "120101"]),
        prop::sample::select(vec!["", "", "C", "C30", "C3110"]),
        prop::sample::select(vec!["", "", "3300", "0100"]),
    );
    (any::<[bool; 5]>(), words, 0..8i64, 0..8i64).prop_map(|(by, words, a, b)| Query {
        by,
        region: words.0,
        industry: words.1,
        energy_type: words.2,
        from: FIRST + a.min(b).days(),
        to: FIRST + a.max(b).days(),
    })
}

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

fn of_sql(conn: &Connection, grain: &str, it: &Query) -> BTreeMap<Key, [f64; 3]> {
    let (from, to) = match grain {
        "day" => (it.from, it.to),
        _ => (it.from.first_of_month(), it.to.last_of_month()),
    };
    let [region, class, energy, unit, period] = it.by;
    let mut found = BTreeMap::new();
    let sql = include_str!("../tests/sql/cube_raw.sql");
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

fn of_cube(cube: &Cube<'_>, it: &Query) -> BTreeMap<Key, [f64; 3]> {
    let mut filter = Filter::all(cube).during(cube, DayRange::between(it.from, it.to));
    if !it.region.is_empty() {
        filter = filter.regions(cube, &[it.region]);
    }
    if !it.industry.is_empty() {
        filter = filter.industries(cube, &[it.industry]);
    }
    if !it.energy_type.is_empty() {
        filter = filter.energy_types(cube, &[it.energy_type]);
    }
    // The energy type is always grouped by, so that a quantity is always one; then rows are added up.
    let dims: Vec<Dim> = (0..5).filter(|at| it.by[*at] || *at == 2).map(|at| DIMS[at]).collect();
    let grouped = cube.group(&filter, &dims);
    let mut found: BTreeMap<Key, [f64; 3]> = BTreeMap::new();
    for row in grouped.rows.iter().filter(|it| it.totals.figures > 0) {
        let mut words = grouped.label(row).map(str::to_owned);
        let key: Key = (0..5)
            .map(|at| {
                let word = (it.by[at] || at == 2).then(|| words.next()).flatten();
                word.filter(|_| it.by[at])
            })
            .collect();
        let sums = found.entry(key).or_default();
        let figures = [
            row.totals.quantity(),
            row.totals.tce(Basis::Calorific),
            row.totals.tce(Basis::Equivalent),
        ];
        for (sum, figure) in sums.iter_mut().zip(figures) {
            *sum += figure.expect("a row of one energy type with both factors");
        }
    }
    found
}

fn same(sql: &BTreeMap<Key, [f64; 3]>, cube: &BTreeMap<Key, [f64; 3]>, allowed: f64) -> bool {
    sql.len() == cube.len()
        && sql.iter().zip(cube).all(|(a, b)| {
            let near = |(x, y): (&f64, &f64)| (x - y).abs() <= allowed;
            a.0 == b.0 && a.1.iter().zip(b.1).all(near)
        })
}

/// Both cubes, the snapshot, and the points of the cubes against it and each other.
fn cubes(conn: &Connection, store: &Store) -> (Cube<'static>, Cube<'static>) {
    let dictionaries = store.dictionaries();
    let catalog = dictionaries.catalog();
    let wanted = snapshot::SnapshotRequest {
        version: 1,
        now: date(2024, 1, 4).at(23, 59, 59, 0),
        today: date(2024, 1, 4),
        catalog: &catalog,
        dictionaries: &dictionaries,
        value_added: "0200",
    };
    let loaded = snapshot::load(conn, &wanted, None).expect("a snapshot");
    let sources = Sources { loaded: &loaded, dictionaries: &dictionaries };
    let months = super::months(conn, &sources).expect("a cube of months");
    let span = DayRange::between(date(2023, 12, 1), date(2024, 1, 31));
    let days = super::days(conn, &sources, span).expect("a cube of days");
    points_agree(conn, &loaded.snapshot, &months, &days);
    (months, days)
}

fn points_agree(conn: &Connection, snapshot: &Snapshot, months: &Cube<'_>, days: &Cube<'_>) {
    let points = |cube: &Cube<'_>| -> BTreeMap<Vec<String>, (u64, u64)> {
        let grouped = cube.group(&Filter::all(cube), &[Dim::Month, Dim::Unit, Dim::EnergyType]);
        let rows = grouped.rows.iter().filter(|it| it.totals.expected > 0);
        rows.map(|it| {
            let words = grouped.label(it).map(str::to_owned).collect();
            (words, (it.totals.received, it.totals.expected))
        })
        .collect()
    };
    // Items without days are due by the month; days make up the rest.
    let mut made_up = points(days);
    let sql = include_str!("../tests/sql/coarse_points.sql");
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
    let by_group = months.group(&Filter::all(months), &[Dim::Period, Dim::Unit, Dim::Energy]);
    let by_unit = months.group(&Filter::all(months), &[Dim::Period, Dim::Unit]);
    for (unit, info) in snapshot.units.iter().enumerate() {
        for month in snapshot.all_months() {
            let at = [month.to_string(), info.code.clone()];
            let row =
                by_unit.rows.iter().find(|it| by_unit.label(it).eq(at.iter().map(String::as_str)));
            let totals = row.map(|it| it.totals).unwrap_or_default();
            let points = snapshot.points(unit, month);
            assert_eq!(
                (totals.received, totals.expected),
                (u64::from(points.received), u64::from(points.expected))
            );
            let (a, b) = (totals.value_added(), snapshot.value_added(unit, month));
            assert!(near(a, b), "value added {a:?}, {b:?}");
            for group in EnergyGroup::ALL {
                let at = [month.to_string(), info.code.clone(), group.to_string()];
                let row = by_group
                    .rows
                    .iter()
                    .find(|it| by_group.label(it).eq(at.iter().map(String::as_str)));
                for basis in Basis::ALL {
                    let found = row.and_then(|it| it.totals.tce(*basis));
                    let expected = snapshot.tce(*basis, unit, month, *group);
                    assert!(near(found, expected), "{at:?}: {found:?}, {expected:?}");
                }
            }
        }
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 30, ..ProptestConfig::default() })]

    #[test]
    fn any_filter_and_grouping_equals_the_raw_readings(
        rows in prop::collection::vec(row(), 0..160), questions in prop::collection::vec(question(), 1..12),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let folder = tempfile::tempdir().expect("a folder");
            let store = open(folder.path());
            fill(&store, &rows).await;
            let allowed = rows.iter().map(|it| it.value.abs()).sum::<f64>() * 1.3e-7 * 4.0 + 1e-6;
            let own = store.clone();
            let asked = store.read(move |conn| {
                let (months, days) = cubes(conn, &own);
                for it in &questions {
                    for (grain, cube) in [("month", &months), ("day", &days)] {
                        let (sql, cube) = (of_sql(conn, grain, it), of_cube(cube, it));
                        assert!(same(&sql, &cube, allowed), "{grain} {it:?}: {sql:?} is not {cube:?}");
                    }
                }
                Ok(())
            });
            asked.await.expect("they agree");
            store.close();
        });
    }
}
