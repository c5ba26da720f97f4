//! Maintenance steps for the property test, the invariants checked against the file, and what they report when the file
//! is damaged.

use jiff::civil::Date;
use nengce_shared::stat_type::StatType;

use super::*;
use crate::store::database::migrate;
use crate::store::maintenance::StepPace;
use crate::store::maintenance::verify::Check;
use crate::store::maintenance::{backup, parquet};

/// Steps of a few readings, so that a run has several.
const PACE: StepPace = StepPace { step_rows: 9, rest: 0 };

impl City {
    pub(super) async fn compact(&self) {
        let after = Date::constant(2024, 4, 1);
        let done = self.store.compact(after, PACE, NOW).await;
        done.expect("it is compacted");
    }

    pub(super) async fn retire(&mut self, stat_type: StatType, before: Date) {
        let done = self.store.retire(stat_type, before, PACE).await;
        done.expect("they leave");
        if let Some(before) = self.store.retired_before()[usize::from(stat_type.code())] {
            self.model.retire(stat_type, before);
        }
    }

    /// Every invariant holds in the file.
    pub(super) async fn holds(&self) {
        let broken = broken(&self.store).await;
        assert!(broken.is_empty(), "{broken:?}");
    }
}

async fn broken(store: &Store) -> Vec<Check> {
    let checks = store.verify().await.expect("it is checked");
    assert_eq!(checks.len(), crate::store::maintenance::invariants::INVARIANTS.len());
    checks.into_iter().filter(|it| !it.holds()).collect()
}

fn quarter_hours(days: i64) -> Vec<Row> {
    (0..days * 96)
        .map(|at| {
            let at = model::seconds(FIRST_DAY, at * 15);
            ((CODES[0], StatType::RealTime, at), 1.25, true, None)
        })
        .collect()
}

/// Each statement spoils the file in one way; the check it breaks is named.
#[test]
fn what_is_spoilt_is_found() {
    let spoilt = include_str!("sql/spoil.sql");
    for part in spoilt.split("-- breaks ").skip(1) {
        let (name, statement) = part.split_once('\n').expect("a name and a statement");
        run(async {
            let mut city = City::new().await;
            city.upload(vec![(false, quarter_hours(2)), (true, quarter_hours(1))]).await;
            city.upload(vec![(
                false,
                vec![(
                    (CODES[0], StatType::RealTime, model::seconds(FIRST_DAY, 0)),
                    2.0,
                    true,
                    None,
                )],
            )])
            .await;
            city.record_three().await;
            city.check().await;
            city.restart(|file| {
                let conn = Connection::open(file).expect("the file opens");
                conn.execute_batch(statement).expect("it is spoilt");
            });
            let broken = broken(&city.store).await;
            assert!(
                broken.iter().any(|it| it.invariant.name == name && it.wrong > 0),
                "{name}: {broken:?}"
            );
        });
    }
}

/// Uploads go on while a compaction runs; nothing is lost, doubled or moved to another value.
#[test]
fn uploads_go_on_during_a_compaction() {
    run(async {
        let mut city = City::new().await;
        city.upload(vec![(false, quarter_hours(8))]).await;
        let store = city.store.clone();
        let compacting = tokio::spawn(async move {
            store.compact(Date::constant(2024, 4, 1), PACE, NOW).await.expect("it is compacted")
        });
        for value in 0..12 {
            let rows = quarter_hours(1).into_iter().map(|it| (it.0, f64::from(value), it.2, it.3));
            city.upload(vec![(false, rows.collect())]).await;
        }
        let done = compacting.await.expect("it ran");
        assert_eq!((done.quarters, done.readings), (1, 8 * 96));
        city.check().await;
    });
}

/// A second run has nothing to do until a tenth of a quarter is new.
#[test]
fn only_what_is_loose_is_written_again() {
    run(async {
        let mut city = City::new().await;
        city.upload(vec![(false, quarter_hours(8))]).await;
        let after = Date::constant(2024, 4, 1);
        let again = async || city.store.compact(after, PACE, NOW).await.expect("it runs");
        assert_eq!(again().await.quarters, 1);
        assert_eq!(again().await.quarters, 0);
        let before = Date::constant(2024, 1, 1);
        let none = city.store.compact(before, PACE, NOW).await.expect("it runs");
        assert_eq!(none.readings, 0);
    });
}

/// A backup taken between uploads holds exactly what was committed before; it restores into a folder that serves.
#[test]
fn a_backup_is_restored_to_the_same_figures() {
    run(async {
        let mut city = City::new().await;
        city.upload(vec![(false, quarter_hours(3)), (true, quarter_hours(1))]).await;
        city.check().await;
        let (place, backup) = (tempfile::tempdir().expect("a folder"), "it's a backup");
        let folder = place.path().join(backup);
        let manifest = city.store.backup(folder.clone(), NOW).await;
        let manifest = manifest.expect("a backup");
        let rows = |table: &str| {
            let found = manifest.tables.iter().find(|it| it.table == table);
            found.expect("a table").rows
        };
        assert_eq!((rows("reading"), rows("pending_reading")), (3 * 96, 96));
        let again = city.store.backup(folder.clone(), NOW).await;
        assert!(again.is_err(), "a folder that is not empty");
        let before = city.model.readings.clone();
        city.upload(vec![(false, quarter_hours(5))]).await;
        city.model.readings = before;
        let data = place.path().join("data");
        backup::restore(&folder, &data, false, NOW).expect("restored");
        assert!(backup::restore(&folder, &data, false, NOW).is_err());
        city.store.close();
        city.store = open(&data);
        city.check().await;
        city.send_again().await;
    });
}

#[test]
fn a_damaged_backup_leaves_the_folder_as_it_was() {
    run(async {
        let city = City::new().await;
        let place = tempfile::tempdir().expect("a folder");
        let (folder, data) = (place.path().join("backup"), place.path().join("data"));
        city.store.backup(folder.clone(), NOW).await.expect("a backup");
        let file = folder.join(backup::DATABASE);
        let mut bytes = std::fs::read(&file).expect("its bytes");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&file, bytes).expect("it is damaged");
        std::fs::create_dir_all(&data).expect("a folder");
        std::fs::write(data.join("kept"), "1").expect("a file");
        let error = backup::restore(&folder, &data, true, NOW).expect_err("it is damaged");
        assert!(error.to_string().contains("SHA-256"), "{error}");
        assert!(data.join("kept").exists());
        let names: Vec<_> = std::fs::read_dir(&data)
            .expect("the folder")
            .map(|it| it.expect("a file").file_name())
            .collect();
        assert!(names.iter().all(|it| it == "kept" || it == "nengce.lock"), "{names:?}");
    });
}

/// An odd record is told, and what was backed up is restored with it.
#[test]
fn a_backup_with_an_odd_record_is_restored_and_told() {
    run(async {
        let mut city = City::new().await;
        city.upload(vec![(false, quarter_hours(2))]).await;
        city.restart(|file| {
            let conn = Connection::open(file).expect("the file opens");
            let spoilt = include_str!("sql/odd_upload.sql");
            conn.execute_batch(spoilt).expect("it is spoilt");
        });
        let place = tempfile::tempdir().expect("a folder");
        let (folder, data) = (place.path().join("backup"), place.path().join("data"));
        city.store.backup(folder.clone(), NOW).await.expect("a backup");
        let (_, _, checks) = backup::restore(&folder, &data, false, NOW).expect("restored");
        let odd: Vec<_> = checks.iter().filter(|it| !it.holds()).collect();
        assert_eq!(odd.len(), 1, "{odd:?}");
        assert_eq!((odd[0].invariant.name, odd[0].wrong), ("upload_has_unit", 1));
        city.store.close();
        city.store = open(&data);
        let broken = broken(&city.store).await;
        assert_eq!(broken.len(), 1, "{broken:?}");
        let held = city.store.read(StoreContent::read).await.expect("it is read");
        assert_eq!(held.readings.len(), 2 * 96);
    });
}

/// A store of an older program filed refused rows under a unit that does not exist.
#[test]
fn refused_rows_of_an_older_store_are_filed_under_nobody() {
    run(async {
        let mut city = City::new().await;
        city.upload(vec![(false, quarter_hours(2))]).await;
        city.restart(|file| {
            let conn = Connection::open(file).expect("the file opens");
            conn.execute_batch(include_str!("sql/odd_upload.sql")).expect("it is as it was");
            conn.execute_batch(include_str!("sql/older.sql")).expect("it is as it was");
            let before = migrate::before("0013_uploads_of_nobody");
            crate::store::database::meta::set_meta(&conn, "schema_version", &before.to_string())
                .expect("it is older");
        });
        city.holds().await;
    });
}

/// What is exported by month reads back as what stands.
#[test]
fn parquet_holds_what_stands() {
    run(async {
        let mut city = City::new().await;
        city.upload(vec![(false, quarter_hours(6))]).await;
        let place = tempfile::tempdir().expect("a folder");
        let wanted = parquet::ParquetExport {
            folder: place.path().join("out"),
            from: FIRST_DAY + 1.days(),
            until: FIRST_DAY + 6.days(),
            unit: String::new(),
        };
        let folder = wanted.folder.display().to_string();
        let done = city.store.export_parquet(wanted.clone()).await.expect("exported");
        assert_eq!((done.files, done.readings), (2, 5 * 96));
        let reading = Connection::open_in_memory().expect("a database in memory");
        let sql = include_str!("sql/parquet.sql");
        let found: (u64, u64, f64, String) = reading
            .query_row(sql, [format!("{folder}/*/*.parquet")], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .expect("it reads");
        let months = "2024-01,2024-02".to_owned();
        assert_eq!(found, (5 * 96, 5 * 96, 1.25 * 5.0 * 96.0, months));
        let none = parquet::ParquetExport {
            folder: place.path().join("none"),
            unit: "nobody".to_owned(),
            ..wanted
        };
        let done = city.store.export_parquet(none).await.expect("exported");
        assert_eq!(done.readings, 0);
    });
}
