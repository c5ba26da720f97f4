//! Quality judged while readings arrive, with restarts between, equals quality judged at the end.

use super::*;
use crate::store::quality::JudgingDelay;

/// Steps that keep what the judgement rests on: retention takes readings away, and with them the reasons.
fn steps() -> impl Strategy<Value = Vec<(Step, u8)>> {
    let kept = step().prop_filter("nothing retires", |it| !matches!(it, Step::Retire(..)));
    prop::collection::vec((kept, 0..4u8), 1..10)
}

/// Judges without waiting for a unit to fall quiet.
async fn judge(store: &Store) -> bool {
    let judged = store.judge_step(NOW, JudgingDelay::default(), 2).await;
    judged.expect("it is judged")
}

async fn judge_all(store: &Store) {
    while judge(store).await {}
    assert_eq!(store.quality_behind().days, 0);
}

async fn held(store: &Store) -> Vec<String> {
    let lines = store.read(|conn| {
        let mut lines = Vec::new();
        each(conn, include_str!("../sql/test_quality.sql"), |row| {
            lines.push(row.get::<_, String>(0)?);
            Ok(())
        })?;
        Ok(lines)
    });
    lines.await.expect("it is read")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn judged_as_it_comes_equals_judged_anew(steps in steps()) {
        run(async {
            let mut city = City::new().await;
            for (step, judged) in steps {
                city.step(step).await;
                for _ in 0..judged {
                    judge(&city.store).await;
                }
            }
            judge_all(&city.store).await;
            let as_it_came = held(&city.store).await;
            city.store.judge_anew().await.expect("it forgets");
            judge_all(&city.store).await;
            assert_eq!(as_it_came, held(&city.store).await);
        });
    }
}

/// Eight daily values of a unit.
async fn send_days(store: &Store, unit_id: i32) {
    let rows: Vec<Row> = (0..8)
        .map(|day| {
            let at = model::seconds(FIRST + day.days(), 0);
            ((CODES[0], 1, at), 10.0 + day as f64, true, None)
        })
        .collect();
    let batch = Batch { unit_id, ..batch("import:days.csv", &rows) };
    store.ingest(batch).await.expect("it is stored");
}

/// Days that wait in a store just opened, before anything is judged.
async fn waiting_after_opening(store: &Store) -> u64 {
    let never = JudgingDelay { quiet: std::time::Duration::MAX, longest: std::time::Duration::MAX };
    // The first step joins what waits; no unit is ready for it.
    let judged = store.judge_step(NOW, never, 0).await;
    assert!(!judged.expect("it joins"));
    store.quality_behind().days
}

#[test]
fn a_stop_between_two_units_loses_no_judgement() {
    run(async {
        let folder = tempfile::tempdir().expect("a folder");
        let store = open(folder.path());
        let made = store.write(|it| {
            for code in ["911201120000000191", "91120110MA06ABCDX2"] {
                let unit = UnitEntry {
                    unit_id: 0,
                    enterprise_code: code.to_owned(),
                    name: code.to_owned(),
                    region_code: "120112".to_owned(),
                    industry_code: "C3110".to_owned(),
                    class: "thousand".to_owned(),
                    approved: true,
                };
                it.put_unit(unit, NOW)?;
            }
            Ok(())
        });
        made.await.expect("two units");
        send_days(&store, 1).await;
        send_days(&store, 2).await;
        let both = waiting_after_opening(&store).await;
        // A unit's first judgement makes its rhythm known, which asks for all its days once more.
        while store.quality_behind().days > both / 2 {
            let judged = store.judge_step(NOW, JudgingDelay::default(), 1).await;
            assert!(judged.expect("it is judged"));
        }
        store.close();
        drop(store);

        let store = open(folder.path());
        let left = waiting_after_opening(&store).await;
        // The calendar asks for the judged unit's last days again.
        assert!(left <= both / 2 + 2, "{left} of {both} days wait again");
        store.close();
    });
}
