//! The store's promises on random uploads: the last value of a key stands, what it replaced is kept, and the
//! roll-ups equal a recomputation from the raw readings, also after back-fill, replacement and a restart.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use nengce::store::batch::Batch;
use nengce::store::registry::UnitEntry;
use nengce::store::{Connection, Store, StoreConfig};
use nengce_core::ingest::{Reading, stamp};
use nengce_shared::data_code::DataCode;
use proptest::prelude::*;

/// Electricity (summed) and a measured factor (averaged).
const CODES: [&str; 2] = ["00-00-0000-023300-11", "00-00-0000-050100-11"];

type Key = (usize, u8, i64);
type Days = BTreeMap<(String, String), (Option<f64>, bool, u32)>;

#[derive(Debug, Clone)]
struct Entry {
    key: Key,
    value: f64,
    valid: bool,
}

fn entry() -> impl Strategy<Value = Entry> {
    let stat = prop_oneof![4 => Just(0u8), 3 => Just(1u8), 1 => Just(2u8)];
    (
        0..CODES.len(),
        stat,
        0..70i32,
        0..24i64,
        0..6i32,
        prop::bool::weighted(0.9),
    )
        .prop_map(|(item, stat, day, hour, value, valid)| {
            let day = date(2024, 1, 20).saturating_add(jiff::Span::new().days(day));
            let at = match stat {
                0 => stamp::seconds(day.at(0, 0, 0, 0)) + hour * 3600,
                1 => stamp::seconds(day.at(0, 0, 0, 0)),
                _ => stamp::seconds(day.first_of_month().at(0, 0, 0, 0)),
            };
            Entry {
                key: (item, stat, at),
                value: f64::from(value),
                valid,
            }
        })
}

fn config() -> StoreConfig {
    StoreConfig {
        memory_limit_mib: 512,
        read_connections: 1,
        queue_messages: 64,
        group_readings: 1_000,
        rollup_interval_ms: 1,
    }
}

fn batch(unit_id: i32, entries: &[Entry]) -> Batch {
    let readings = entries.iter().map(|it| Reading {
        data_code: DataCode::parse_strict(CODES[it.key.0]).expect("a code"),
        stat_type: it.key.1,
        at: it.key.2,
        value: it.value,
        valid: it.valid,
        input_type: Some(1),
    });
    Batch {
        unit_id,
        sent_by: "import:test".to_owned(),
        kind: "import",
        received_at: date(2026, 1, 1).at(0, 0, 0, 0),
        entries: entries.len() as u32,
        readings: readings.collect(),
        rejected: Vec::new(),
    }
}

fn aggregate(item: usize, values: &[f64]) -> Option<f64> {
    let sum: f64 = values.iter().sum();
    match (values.len(), item) {
        (0, _) => None,
        (_, 0) => Some(sum),
        (n, _) => Some(sum / n as f64),
    }
}

/// Days and months by the rule itself, from the values that stand.
fn expected(stands: &BTreeMap<Key, (f64, bool)>) -> (Days, Days) {
    let mut days: BTreeMap<(usize, Date), (Vec<f64>, Option<f64>)> = BTreeMap::new();
    let mut months: BTreeMap<(usize, Date), (Vec<f64>, Option<f64>)> = BTreeMap::new();
    for ((item, stat, at), (value, valid)) in stands {
        let day = stamp::date_time(*at).date();
        match stat {
            2 => {
                let slot = months.entry((*item, day)).or_default();
                slot.1 = valid.then_some(*value);
            }
            _ => {
                let slot = days.entry((*item, day)).or_default();
                match (stat, valid) {
                    (1, true) => slot.1 = Some(*value),
                    (0, true) => slot.0.push(*value),
                    _ => {}
                }
            }
        }
    }
    let mut by_day = Days::new();
    for ((item, day), (hours, reported)) in &days {
        let quantity = reported.or_else(|| aggregate(*item, hours));
        months
            .entry((*item, day.first_of_month()))
            .or_default()
            .0
            .extend(quantity);
        by_day.insert(
            (CODES[*item].to_owned(), day.to_string()),
            (quantity, reported.is_some(), hours.len() as u32),
        );
    }
    let by_month = months
        .iter()
        .filter(|((item, month), (_, reported))| {
            reported.is_some()
                || days
                    .keys()
                    .any(|(i, day)| i == item && day.first_of_month() == *month)
        })
        .map(|((item, month), (days, reported))| {
            let quantity = reported.or_else(|| aggregate(*item, days));
            (
                (CODES[*item].to_owned(), month.to_string()),
                (quantity, reported.is_some(), days.len() as u32),
            )
        })
        .collect();
    (by_day, by_month)
}

fn rolled(conn: &Connection, sql: &str) -> nengce::store::Result<Days> {
    let mut found = Days::new();
    let mut statement = conn.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        found.insert(
            (row.get(0)?, row.get(1)?),
            (row.get(2)?, row.get(3)?, row.get(4)?),
        );
    }
    Ok(found)
}

const DAYS: &str = "SELECT data_code, CAST(day AS VARCHAR), quantity, reported, received::UINTEGER FROM rollup_day JOIN item USING (item_id)";
const MONTHS: &str = "SELECT data_code, CAST(month AS VARCHAR), quantity, reported, days::UINTEGER FROM rollup_month JOIN item USING (item_id)";

fn near(found: &Days, expected: &Days) -> Result<(), TestCaseError> {
    prop_assert_eq!(
        found.keys().collect::<Vec<_>>(),
        expected.keys().collect::<Vec<_>>()
    );
    for (key, (quantity, reported, points)) in expected {
        let it = found[key];
        prop_assert_eq!((it.1, it.2), (*reported, *points), "{:?}", key);
        let same = match (it.0, quantity) {
            (Some(a), Some(b)) => (a - b).abs() < 1e-9,
            (a, b) => a.is_none() && b.is_none(),
        };
        prop_assert!(same, "{:?}: {:?} instead of {:?}", key, it.0, quantity);
    }
    Ok(())
}

async fn check(
    store: &Store,
    stands: &BTreeMap<Key, (f64, bool)>,
    replaced: usize,
) -> Result<(), TestCaseError> {
    store.settle().await.expect("settled");
    let (days, months, readings, history) = store
        .read(|conn| {
            let count = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, usize>(0));
            Ok((
                rolled(conn, DAYS)?,
                rolled(conn, MONTHS)?,
                count("SELECT count(*) FROM reading")?,
                count("SELECT count(*) FROM reading_history")?,
            ))
        })
        .await
        .expect("read");
    prop_assert_eq!((readings, history), (stands.len(), replaced));
    let (by_day, by_month) = expected(stands);
    near(&days, &by_day)?;
    near(&months, &by_month)
}

fn run(batches: &[Vec<Entry>]) -> Result<(), TestCaseError> {
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let store = Store::open(folder.path(), &config()).expect("opened");
        let now = date(2026, 1, 1).at(0, 0, 0, 0);
        let unit = UnitEntry {
            unit_id: 0,
            enterprise_code: "911201120000000191".to_owned(),
            name: "单位".to_owned(),
            region_code: "120112".to_owned(),
            industry_code: "C3110".to_owned(),
            class: "ten_thousand".to_owned(),
        };
        let unit_id = store
            .write(move |it| Ok(it.put_unit(unit, now)?.unit_id))
            .await
            .expect("a unit");
        let mut stands: BTreeMap<Key, (f64, bool)> = BTreeMap::new();
        let mut replaced = 0;
        for entries in batches {
            for it in entries {
                if let Some(before) = stands.insert(it.key, (it.value, it.valid)) {
                    replaced += usize::from(before != (it.value, it.valid));
                }
            }
            store.ingest(batch(unit_id, entries)).await.expect("stored");
        }
        check(&store, &stands, replaced).await?;
        // Sending everything that stands again changes nothing.
        let again: Vec<Entry> = stands
            .iter()
            .map(|(key, (value, valid))| Entry {
                key: *key,
                value: *value,
                valid: *valid,
            })
            .collect();
        let receipt = store.ingest(batch(unit_id, &again)).await.expect("stored");
        prop_assert_eq!(
            (receipt.stored, receipt.replaced, receipt.unchanged as usize),
            (0, 0, again.len())
        );
        store.close();
        drop(store);
        let store = Store::open(folder.path(), &config()).expect("opened again");
        check(&store, &stands, replaced).await?;
        store.close();
        Ok(())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 40, ..ProptestConfig::default() })]
    #[test]
    fn roll_ups_equal_a_recomputation_from_raw(batches in prop::collection::vec(prop::collection::vec(entry(), 1..60), 1..6)) {
        run(&batches)?;
    }
}
