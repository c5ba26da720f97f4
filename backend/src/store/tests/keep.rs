//! Housekeeping steps of the property test, the invariants asked of the file, and what they find when it is spoilt.

use jiff::civil::Date;

use super::*;
use crate::store::keep::Gait;
use crate::store::verify::Check;

/// Steps of a few readings, so that a run has several.
const GAIT: Gait = Gait {
    step_rows: 9,
    rest: 0,
};

impl City {
    pub(super) async fn compact(&self) {
        let after = Date::constant(2024, 4, 1);
        let done = self.store.compact(after, GAIT, NOW).await;
        done.expect("it is compacted");
    }

    pub(super) async fn retire(&mut self, stat_type: u8, before: Date) {
        let done = self.store.retire(stat_type, before, GAIT).await;
        done.expect("they leave");
        if let Some(before) = self.store.retired_before()[usize::from(stat_type)] {
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
    assert_eq!(checks.len(), super::super::verify::CHECKS.len());
    checks.into_iter().filter(|it| !it.holds()).collect()
}

fn quarter_hours(days: i64) -> Vec<Row> {
    (0..days * 96)
        .map(|at| {
            let at = model::seconds(FIRST, at * 15);
            ((CODES[0], 0, at), 1.25, true, None)
        })
        .collect()
}

/// Each statement spoils the file in one way; the check it breaks is named.
#[test]
fn what_is_spoilt_is_found() {
    let spoilt = include_str!("../sql/tests/spoil.sql");
    for part in spoilt.split("-- breaks ").skip(1) {
        let (name, statement) = part.split_once('\n').expect("a name and a statement");
        run(async {
            let mut city = City::new().await;
            city.upload(vec![(false, quarter_hours(2)), (true, quarter_hours(1))])
                .await;
            city.upload(vec![(
                false,
                vec![((CODES[0], 0, model::seconds(FIRST, 0)), 2.0, true, None)],
            )])
            .await;
            city.check().await;
            city.restart(|file| {
                let conn = Connection::open(file).expect("the file opens");
                conn.execute_batch(statement).expect("it is spoilt");
            });
            let broken = broken(&city.store).await;
            assert!(
                broken.iter().any(|it| it.name == name && it.wrong > 0),
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
            store
                .compact(Date::constant(2024, 4, 1), GAIT, NOW)
                .await
                .expect("it is compacted")
        });
        for value in 0..12 {
            let rows = quarter_hours(1)
                .into_iter()
                .map(|it| (it.0, f64::from(value), it.2, it.3));
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
        let again = async || city.store.compact(after, GAIT, NOW).await.expect("it runs");
        assert_eq!(again().await.quarters, 1);
        assert_eq!(again().await.quarters, 0);
        let before = Date::constant(2024, 1, 1);
        let none = city
            .store
            .compact(before, GAIT, NOW)
            .await
            .expect("it runs");
        assert_eq!(none.readings, 0);
    });
}
