//! Random uploads with back-fill and replacement, in random batching, with approvals and restarts between:
//! what the store holds always equals the model.

mod audit;
mod bounds;
mod maintenance;
mod migrations;
mod model;
mod quality;
mod readers;
mod rules;
mod schedules;
mod slices;
mod small;

use std::collections::BTreeMap;

use duckdb::Connection;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use nengce_messages::Reading;
use nengce_shared::data_code::DataCode;
use nengce_shared::stat_type::StatType;
use proptest::prelude::*;

use super::commit::batch::{Batch, Receipt};
use super::database::stat_type;
use super::registry::{DeviceEntry, DeviceState, UnitEntry};
use super::{Result, Store, StoreConfig};
pub(super) use small::small;

use model::{DayFigure, Key, Model, MonthFigure, Rhythm, Value};
use schedules::same_figures;

const NOW: DateTime = DateTime::constant(2024, 3, 1, 12, 0, 0, 0);
/// The days lie on both sides of a month's end.
const FIRST_DAY: Date = Date::constant(2024, 1, 28);
const CODES: [&str; 4] = [
    "00-00-0000-023300-11",
    "10-00-0000-011500-11",
    "00-00-0000-050100-11",
    "00-00-0000-080100-30",
];

#[derive(Debug, Clone)]
enum Step {
    /// Messages that wait in the queue together; true: of the device that is not approved at the start.
    Uploads(Vec<(bool, Vec<Row>)>),
    Approve,
    Settle,
    Restart,
    /// The process ended before any roll-up was written.
    RestartBehind,
    Compact,
    /// Readings of a stat type leave that are older than the n-th day.
    Retire(StatType, i64),
}

type Row = (Key, f64, bool, Option<u8>);

fn key() -> impl Strategy<Value = Key> {
    let place = prop_oneof![
        5 => (0..8i64, 0..6i64).prop_map(|(day, hour)| (StatType::RealTime, model::seconds(FIRST_DAY + day.days(), hour * 60))),
        2 => (0..8i64, 0..6i64).prop_map(|(day, at)| (StatType::RealTime, model::seconds(FIRST_DAY + day.days(), at * 15))),
        2 => (0..8i64, 0..9i64).prop_map(|(day, at)| (StatType::RealTime, model::seconds(FIRST_DAY + day.days(), at * 5))),
        3 => (0..8i64).prop_map(|day| (StatType::Day, model::seconds(FIRST_DAY + day.days(), 0))),
        1 => (0..2i64).prop_map(|it| (StatType::Month, model::seconds(FIRST_DAY.first_of_month() + it.months(), 0))),
        1 => Just((StatType::Year, model::seconds(FIRST_DAY.first_of_year(), 0))),
    ];
    (0..CODES.len(), place).prop_map(|(code, (stat, at))| (CODES[code], stat, at))
}

fn row() -> impl Strategy<Value = Row> {
    let input = prop_oneof![Just(None), Just(Some(4)), Just(Some(5))];
    let quarters = (-4..12i32).prop_map(|it| f64::from(it) / 4.0);
    (key(), quarters, prop::bool::weighted(0.8), input)
}

fn step() -> impl Strategy<Value = Step> {
    let message = (any::<bool>(), prop::collection::vec(row(), 0..40));
    prop_oneof![
        12 => prop::collection::vec(message, 1..5).prop_map(Step::Uploads),
        1 => Just(Step::Approve),
        2 => Just(Step::Settle),
        1 => Just(Step::Restart),
        1 => Just(Step::RestartBehind),
        2 => Just(Step::Compact),
        1 => (prop::sample::select(&[StatType::RealTime, StatType::Day][..]), 1..8i64).prop_map(|(stat, day)| Step::Retire(stat, day)),
    ]
}

struct City {
    store: Store,
    folder: tempfile::TempDir,
    model: Model,
    /// Uploads of the device that waits, in their order.
    waiting: Vec<Vec<(Key, Value)>>,
    approved: bool,
}

fn open(folder: &std::path::Path) -> Store {
    open_with(folder, 0)
}

fn open_with(folder: &std::path::Path, replacement_window_days: u32) -> Store {
    let config = StoreConfig { replacement_window_days, ..small() };
    Store::open(folder, &config).expect("the store opens")
}

fn device(id: &str, state: DeviceState) -> DeviceEntry {
    DeviceEntry {
        device_id: id.to_owned(),
        unit_id: 1,
        state,
        upload_time: "01:00:00".to_owned(),
        last_seen: None,
    }
}

impl City {
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = open(folder.path());
        let found = store.write(|it| {
            let unit = UnitEntry {
                unit_id: 0,
                enterprise_code: "911201120000000191".to_owned(),
                name: "甲".to_owned(),
                region_code: "120112".to_owned(),
                industry_code: "C3110".to_owned(),
                class: "thousand".to_owned(),
                approved: true,
            };
            it.put_unit(unit, NOW)?;
            it.create_device(device("approved", DeviceState::Approved), NOW)?;
            it.create_device(device("waiting", DeviceState::Pending), NOW)
        });
        found.await.expect("a unit with two devices");
        Self { store, folder, model: Model::default(), waiting: Vec::new(), approved: false }
    }

    async fn step(&mut self, step: Step) {
        match step {
            Step::Uploads(messages) => self.upload(messages).await,
            Step::Approve => self.approve().await,
            Step::Settle => self.store.wait_for_roll_ups().await.expect("it settles"),
            Step::Compact => self.compact().await,
            Step::Retire(stat, day) => self.retire(stat, FIRST_DAY + day.days()).await,
            Step::Restart => self.restart(|_| {}),
            // Nothing leaves before its roll-up is written.
            Step::RestartBehind if self.model.has_retired() => self.restart(|_| {}),
            Step::RestartBehind => self.restart(|file| {
                let conn = Connection::open(file).expect("the file opens");
                conn.execute_batch(include_str!("sql/forget.sql")).expect("it forgets");
            }),
        }
    }

    async fn upload(&mut self, messages: Vec<(bool, Vec<Row>)>) {
        let sent: Vec<_> = messages
            .into_iter()
            .map(|(waiting, rows)| {
                let store = self.store.clone();
                let batch = batch(if waiting { "waiting" } else { "approved" }, &rows);
                let answer = tokio::spawn(async move { store.ingest(batch).await });
                (waiting, rows, answer)
            })
            .collect();
        let mut taken: BTreeMap<i32, (bool, Receipt, Vec<Row>)> = BTreeMap::new();
        for (waiting, rows, answer) in sent {
            let receipt = answer.await.expect("it ran").expect("it is stored");
            taken.insert(receipt.upload_id, (waiting, receipt, rows));
        }
        for (upload_id, (waiting, receipt, rows)) in taken {
            let count = receipt.stored + receipt.unchanged + receipt.replaced;
            assert_eq!(count as usize, rows.len(), "every row is accounted for");
            let rows: Vec<(Key, Value)> = rows
                .into_iter()
                .map(|(key, value, valid, input_type)| {
                    let value = Value { value, valid, input_type, upload_id };
                    (key, value)
                })
                .collect();
            assert_eq!(receipt.counted, !waiting || self.approved);
            if receipt.counted {
                self.model.upload(&rows);
            } else {
                self.waiting.push(rows);
            }
        }
    }

    async fn approve(&mut self) {
        let done = self
            .store
            .write(|it| it.set_device_state("waiting", DeviceState::Approved, "a test", NOW));
        done.await.expect("it is approved");
        self.approved = true;
        for rows in self.waiting.drain(..) {
            self.model.upload(&rows);
        }
    }

    fn restart(&mut self, between: impl FnOnce(&std::path::Path)) {
        self.restart_as(&small(), between);
    }

    fn restart_as(&mut self, config: &StoreConfig, between: impl FnOnce(&std::path::Path)) {
        self.store.close();
        // The readers hold the file as well; the folder opens again when the last is gone.
        let other = tempfile::tempdir().expect("a folder");
        self.store = open(other.path());
        between(&self.folder.path().join("nengce.duckdb"));
        self.store = Store::open(self.folder.path(), config).expect("the store opens");
    }

    async fn check(&self) {
        self.store.wait_for_roll_ups().await.expect("it settles");
        let held = self.store.read(StoreContent::read).await.expect("it is read");
        assert_eq!(held.readings, self.model.readings, "readings");
        let mut history = self.model.history.clone();
        history.sort_by(|a, b| a.partial_cmp(b).expect("no NaN"));
        assert_eq!(held.history, history, "history");
        same_figures("days", &held.days, &self.model.days(), |it| (it.0, (it.1, it.2, it.3)));
        same_figures("months", &held.months, &self.model.months(), |it| (it.0, (it.1, it.2)));
        assert_eq!(held.rhythms, self.model.rhythms(), "rhythms");
        self.holds().await;
    }

    /// Everything that stands, once more.
    async fn send_again(&self) {
        let rows: Vec<Row> = self
            .model
            .readings
            .iter()
            .map(|(key, it)| (*key, it.value, it.valid, it.input_type))
            .collect();
        let answer = self.store.ingest(batch("approved", &rows)).await;
        let receipt = answer.expect("it is stored");
        let counts = (receipt.stored, receipt.replaced, receipt.unchanged as usize);
        assert_eq!(counts, (0, 0, rows.len()));
    }
}

fn batch(sent_by: &str, rows: &[Row]) -> Batch {
    let reading = |((code, stat_type, at), value, valid, input_type): &Row| Reading {
        data_code: DataCode::parse_strict(code).expect("a code"),
        stat_type: *stat_type,
        at: *at,
        off: 0,
        value: *value,
        valid: *valid,
        input_type: *input_type,
    };
    Batch {
        unit_id: 1,
        sent_by: sent_by.to_owned(),
        kind: "energy",
        received_at: NOW,
        entries: rows.len() as u32,
        readings: rows.iter().map(reading).collect(),
        rejected: Vec::new(),
        rejected_more: 0,
    }
}

/// What the store holds, in the model's terms.
#[derive(Default)]
struct StoreContent {
    readings: BTreeMap<Key, Value>,
    history: Vec<(Key, f64, i32)>,
    days: BTreeMap<(&'static str, Date), DayFigure>,
    months: BTreeMap<(&'static str, Date), MonthFigure>,
    rhythms: BTreeMap<&'static str, Rhythm>,
}

impl StoreContent {
    fn read(conn: &Connection) -> Result<Self> {
        let mut it = Self::default();
        each(conn, include_str!("sql/readings.sql"), |row| {
            let key = (known(row.get(0)?), stat_type(row, 1)?, row.get(2)?);
            let value = Value {
                value: row.get(3)?,
                valid: row.get(4)?,
                input_type: row.get(5)?,
                upload_id: row.get(6)?,
            };
            assert_eq!(it.readings.insert(key, value), None, "{key:?} stands twice");
            Ok(())
        })?;
        each(conn, include_str!("sql/history.sql"), |row| {
            let key = (known(row.get(0)?), stat_type(row, 1)?, row.get(2)?);
            it.history.push((key, row.get(3)?, row.get(4)?));
            Ok(())
        })?;
        it.history.sort_by(|a, b| a.partial_cmp(b).expect("no NaN"));
        each(conn, include_str!("sql/days.sql"), |row| {
            let figure = (quantity(row)?, row.get(3)?, row.get(4)?, row.get(5)?);
            let twice = it.days.insert((known(row.get(0)?), date(row.get(1)?)), figure);
            assert_eq!(twice, None, "a day stands twice");
            Ok(())
        })?;
        each(conn, include_str!("sql/months.sql"), |row| {
            let figure = (quantity(row)?, row.get(3)?, row.get(4)?);
            let twice = it.months.insert((known(row.get(0)?), date(row.get(1)?)), figure);
            assert_eq!(twice, None, "a month stands twice");
            Ok(())
        })?;
        each(conn, include_str!("sql/rhythms.sql"), |row| {
            let day = |at| Ok::<_, duckdb::Error>(row.get::<_, Option<String>>(at)?.map(date));
            let rhythm = (row.get(1)?, day(2)?, day(3)?, day(4)?);
            it.rhythms.insert(known(row.get(0)?), rhythm);
            Ok(())
        })?;
        Ok(it)
    }
}

fn each(
    conn: &Connection,
    sql: &str,
    take: impl FnMut(&duckdb::Row<'_>) -> duckdb::Result<()>,
) -> Result<()> {
    Ok(super::database::each(conn, sql, [], take)?)
}

fn known(code: String) -> &'static str {
    CODES.iter().find(|it| **it == code).expect("a code of the test")
}

fn quantity(row: &duckdb::Row<'_>) -> duckdb::Result<Option<f64>> {
    row.get(2)
}

fn date(text: String) -> Date {
    text.parse().expect("a date")
}

fn run<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(test)
}

/// A question whose asker goes away keeps its connection to its end; the next one waits for it and is answered.
#[test]
fn a_question_given_up_takes_no_connection_with_it() {
    run(async {
        let city = City::new().await;
        for _ in 0..3 {
            let slow = city.store.read(|_| {
                std::thread::sleep(std::time::Duration::from_millis(60));
                Ok(())
            });
            let given_up = tokio::time::timeout(std::time::Duration::from_millis(10), slow).await;
            assert!(given_up.is_err());
            city.store.read(StoreContent::read).await.expect("an answer");
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_store_equals_a_recomputation_from_raw(steps in prop::collection::vec(step(), 1..14)) {
        run(async {
            let mut city = City::new().await;
            for step in steps {
                city.step(step).await;
            }
            city.check().await;
            city.send_again().await;
            city.check().await;
        });
    }
}
