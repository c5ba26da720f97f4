//! What strangers and broken terminals may store: beyond the bounds entries are counted only, and everything else goes
//! on. A store with giant texts opens, makes checkpoints, serves and is backed up within its memory.

use std::path::Path;

use duckdb::params;
use nengce_messages::Rejected;
use nengce_messages::rejected_entries::{MARK_BYTES, RejectedLimits};
use nengce_shared::problem::ProblemCode;
use nengce_shared::stat_type::StatType;

use super::*;
use crate::store::StoreError;
use crate::store::commit::sender_limits::SenderLimits;
use crate::store::queries::uploads::{RejectedFound, RejectedPage, rejected};
use crate::store::unit_ids::UnitIds;

const TIGHT: SenderLimits = SenderLimits {
    rejected_limits: RejectedLimits { entries: 5, entry_bytes: 1_000 },
    rejected_bytes_per_day: 8_000,
    pending_rejected_bytes_per_day: 2_000,
    pending_rejected_bytes_per_day_in_all: 3_500,
    pending_readings_per_device: 40,
    pending_readings: 60,
    pending_messages_per_day: 6,
    pending_messages_per_day_in_all: 10,
    pending_config_bytes: 10_000,
    pending_config_bytes_in_all: 25_000,
    meters_per_unit: 5,
    meter_bytes: 4_096,
    items_per_unit: 3,
    replaced_per_day: 10,
};

fn tight(folder: &Path) -> Store {
    let config = StoreConfig { limits: TIGHT, ..small() };
    Store::open(folder, &config).expect("the store opens")
}

/// A city under tight bounds.
async fn city() -> City {
    let mut city = City::new().await;
    city.store.close();
    city.store = tight(city.folder.path());
    city
}

fn refused(index: u32, bytes: usize) -> Rejected {
    Rejected {
        index,
        field: "dataCode".to_owned(),
        code: ProblemCode::EntryDataCodeMalformed,
        reason_zh: "数据编码格式有误".to_owned(),
        reason_en: "The data code is malformed".to_owned(),
        entry: "x".repeat(bytes),
    }
}

async fn refuse(city: &City, sent_by: &str, entries: u32, bytes: usize) -> Receipt {
    let mut batch = batch(sent_by, &[]);
    batch.entries = entries;
    batch.rejected = (0..entries.min(7)).map(|at| refused(at, bytes)).collect();
    batch.rejected_more = entries - entries.min(7);
    city.store.ingest(batch).await.expect("it is taken")
}

async fn page(store: &Store, upload_id: i32, skip: u32, limit: u32, bytes: usize) -> RejectedFound {
    let page = RejectedPage { upload_id, all: true, units: UnitIds::all(), skip, limit, bytes };
    let found = store.read(move |conn| Ok(rejected(conn, &page)?)).await;
    found.expect("it is read").expect("there is such an upload")
}

#[test]
fn refused_entries_are_kept_within_bounds_and_counted_beyond() {
    run(async {
        let city = city().await;
        let first = refuse(&city, "approved", 20, 50_000).await;
        assert_eq!((first.rejected, first.rejected_kept), (20, 5));
        let found = page(&city.store, first.upload_id, 0, 100, 1 << 20).await;
        assert_eq!((found.refused, found.kept, found.more), (20, 5, false));
        for row in &found.rows {
            assert!(row.entry.len() <= 1_000 + MARK_BYTES, "{}", row.entry.len());
            assert!(row.entry.contains("[50000 bytes, sha256:"), "{}", row.entry);
        }
        // The day's bound counts on over messages, and over a restart.
        let second = refuse(&city, "approved", 20, 50_000).await;
        assert!((1..5).contains(&second.rejected_kept), "{second:?}");
        city.store.close();
        let city = City { store: tight(city.folder.path()), ..city };
        let third = refuse(&city, "approved", 3, 900).await;
        assert_eq!((third.rejected, third.rejected_kept), (3, 0));
        // A device that waits has less room; others have their own.
        let waiting = refuse(&city, "waiting", 7, 900).await;
        assert_eq!(waiting.rejected_kept, 2);
        assert_eq!(refuse(&city, "another", 7, 1).await.rejected_kept, 5);
        // All that wait have a bound together, over a restart too.
        let made = city.store.write(|it| {
            it.create_device(device("waiting too", DeviceState::Pending), NOW)?;
            it.create_device(device("waiting as well", DeviceState::Pending), NOW)
        });
        made.await.expect("they wait");
        let second = refuse(&city, "waiting too", 7, 900).await;
        assert_eq!(second.rejected_kept, 1);
        city.store.close();
        let city = City { store: tight(city.folder.path()), ..city };
        let third = refuse(&city, "waiting as well", 7, 900).await;
        assert_eq!((third.rejected, third.rejected_kept), (7, 0));
        city.holds().await;
    });
}

#[test]
fn refused_entries_come_in_pages_of_rows_and_bytes() {
    run(async {
        let city = city().await;
        let upload = refuse(&city, "approved", 5, 900).await.upload_id;
        for (limit, bytes, expected) in
            [(2, 1 << 20, 2), (100, 1_500, 1), (100, 2_500, 2), (1, 1, 1)]
        {
            let (mut seen, mut pages) = (Vec::new(), 0);
            loop {
                let found = page(&city.store, upload, seen.len() as u32, limit, bytes).await;
                assert!(found.rows.len() <= expected, "{limit} rows, {bytes} bytes");
                seen.extend(found.rows.iter().map(|it| it.index));
                pages += 1;
                if !found.more {
                    break;
                }
            }
            assert_eq!(seen, [0, 1, 2, 3, 4]);
            assert_eq!(pages, 5_usize.div_ceil(expected));
        }
    });
}

fn quarter_hours(code: &'static str, from: i64, count: i64, value: f64) -> Vec<Row> {
    let start = model::seconds(FIRST_DAY, 0);
    (from..from + count)
        .map(|at| ((code, StatType::RealTime, start + at * 900), value, true, None))
        .collect()
}

#[track_caller]
fn limited(found: Result<Receipt>) -> ProblemCode {
    match found {
        Err(StoreError::Limited(code)) => code,
        other => panic!("{other:?}"),
    }
}

#[test]
fn readings_that_wait_for_approval_are_bounded_by_device_and_in_all() {
    run(async {
        let city = city().await;
        let send = async |from: i64, count: i64| {
            let rows = quarter_hours(CODES[0], from, count, 1.0);
            city.store.ingest(batch("waiting", &rows)).await
        };
        send(0, 40).await.expect("there is room");
        assert_eq!(limited(send(40, 1).await), ProblemCode::PendingFull);
        let uploads = city.store.read(|conn| {
            Ok(conn.query_row("SELECT count(*) FROM upload", [], |row| row.get::<_, u64>(0))?)
        });
        assert_eq!(uploads.await.expect("a count"), 1, "nothing is left of what is refused");
        let done = city
            .store
            .write(|it| it.set_device_state("waiting", DeviceState::Approved, "a test", NOW));
        done.await.expect("it is approved");
        send(40, 30).await.expect("an approved device has no such bound");
        // Another one that waits: the first has left.
        let other =
            city.store.write(|it| it.create_device(device("other", DeviceState::Pending), NOW));
        other.await.expect("a device");
        let rows = quarter_hours(CODES[0], 200, 40, 1.0);
        let taken = city.store.ingest(batch("other", &rows)).await;
        assert_eq!(taken.expect("there is room").stored, 40);
        city.holds().await;
    });
}

#[test]
fn messages_of_devices_that_wait_are_put_on_record_within_bounds() {
    run(async {
        let mut city = city().await;
        let other =
            city.store.write(|it| it.create_device(device("other", DeviceState::Pending), NOW));
        other.await.expect("a device");
        // Nothing of them is a reading: only the messages themselves are written.
        let send = async |store: &Store, from: &str, days: i64| {
            let mut empty = batch(from, &[]);
            empty.received_at = NOW + days.days();
            store.ingest(empty).await
        };
        for _ in 0..6 {
            send(&city.store, "waiting", 0).await.expect("there is room");
        }
        assert_eq!(limited(send(&city.store, "waiting", 0).await), ProblemCode::PendingFull);
        for _ in 0..4 {
            send(&city.store, "other", 0).await.expect("there is room");
        }
        assert_eq!(limited(send(&city.store, "other", 0).await), ProblemCode::PendingFull, "all");
        city.store.close();
        city.store = tight(city.folder.path());
        assert_eq!(limited(send(&city.store, "other", 0).await), ProblemCode::PendingFull);
        send(&city.store, "approved", 0).await.expect("approved ones have no such bound");
        send(&city.store, "waiting", 1).await.expect("another day");
    });
}

#[test]
fn a_unit_has_so_many_items_and_a_day_so_many_replaced_values() {
    run(async {
        let city = city().await;
        let send = async |code: &'static str, value: f64| {
            let rows = quarter_hours(code, 0, 12, value);
            city.store.ingest(batch("approved", &rows)).await
        };
        for code in &CODES[..3] {
            send(code, 1.0).await.expect("there is room");
        }
        assert_eq!(limited(send(CODES[3], 1.0).await), ProblemCode::TooManyItems);
        send(CODES[0], 1.0).await.expect("nothing is replaced");
        assert_eq!(send(CODES[0], 2.0).await.expect("once").replaced, 12);
        assert_eq!(limited(send(CODES[1], 2.0).await), ProblemCode::TooManyReplaced);
        let mut tomorrow = batch("approved", &quarter_hours(CODES[1], 0, 12, 3.0));
        tomorrow.received_at = NOW + 1.days();
        let taken = city.store.ingest(tomorrow).await.expect("another day");
        assert_eq!(taken.replaced, 12);
        city.holds().await;
    });
}

/// Bytes of a giant text and how many there are: more than the database's memory holds, and read together.
const GIANT: (usize, i32) = (16 << 20, 20);

/// Puts giant texts into a store from outside, in its log or written through.
fn spoil(folder: &Path, in_log: bool) {
    let conn = Connection::open(folder.join("nengce.duckdb")).expect("the file opens");
    conn.execute_batch("PRAGMA disable_checkpoint_on_shutdown; SET checkpoint_threshold = '1TB'")
        .expect("the log is kept");
    for at in 0..GIANT.1 {
        conn.execute(include_str!("sql/giant.sql"), params![at, GIANT.0 as i64]).expect("a row");
    }
    if !in_log {
        conn.execute_batch("CHECKPOINT").expect("it is written");
    }
}

async fn check_opens(in_log: bool) {
    let city = city().await;
    let upload = refuse(&city, "approved", 2, 100).await.upload_id;
    city.store.close();
    let other = tempfile::tempdir().expect("a folder");
    let city = City { store: open(other.path()), ..city };
    spoil(city.folder.path(), in_log);
    let city = City { store: tight(city.folder.path()), ..city };
    city.store.checkpoint().await.expect("it checkpoints");
    let found = page(&city.store, upload, 0, 100, 1 << 20).await;
    assert_eq!(found.kept, 2 + GIANT.1 as u64);
    assert!(found.rows.iter().all(|it| it.entry.len() <= 1_000 + MARK_BYTES));
    let marked = found.rows.iter().filter(|it| it.entry.contains("… [")).count();
    assert_eq!(marked, GIANT.1 as usize, "each says what it was");
    let rows = quarter_hours(CODES[0], 0, 40, 1.0);
    let taken = city.store.ingest(batch("approved", &rows)).await;
    assert_eq!(taken.expect("it serves").stored, 40);
    let backup = tempfile::tempdir().expect("a folder");
    let written = city.store.backup(backup.path().join("copy"), NOW).await;
    written.expect("it is backed up");
    let bytes =
        |name: &str| std::fs::metadata(city.folder.path().join(name)).map_or(0, |it| it.len());
    city.store.close();
    assert!(bytes("nengce.duckdb.wal") < 16 << 20, "the log is written through");
}

#[test]
fn giant_texts_in_the_log_are_trimmed_as_the_store_opens() {
    run(check_opens(true));
}

#[test]
fn giant_texts_in_the_file_are_trimmed_as_the_store_opens() {
    run(check_opens(false));
}
