//! Quality assessed while readings arrive, with restarts between, equals quality assessed at the end.

use nengce_shared::stat_type::StatType;

use super::*;
use crate::store::quality::QualityDelay;

/// Steps that keep what the assessment rests on: retention takes readings away, and with them the reasons.
fn steps() -> impl Strategy<Value = Vec<(Step, u8)>> {
    let kept = step().prop_filter("nothing retires", |it| !matches!(it, Step::Retire(..)));
    prop::collection::vec((kept, 0..4u8), 1..10)
}

/// Assesses without waiting for a unit to fall quiet.
async fn assess(store: &Store) -> bool {
    let assessed = store.assess_step(NOW, QualityDelay::default(), 2).await;
    assessed.expect("it is assessed")
}

async fn assess_all(store: &Store) {
    while assess(store).await {}
    assert_eq!(store.quality_backlog().days, 0);
}

async fn held(store: &Store) -> Vec<String> {
    let lines = store.read(|conn| {
        let mut lines = Vec::new();
        each(conn, include_str!("sql/quality.sql"), |row| {
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
    fn assessed_as_it_comes_equals_assessed_anew(steps in steps()) {
        run(async {
            let mut city = City::new().await;
            for (step, assessed) in steps {
                city.step(step).await;
                for _ in 0..assessed {
                    assess(&city.store).await;
                }
            }
            assess_all(&city.store).await;
            let as_it_came = held(&city.store).await;
            city.store.assess_anew().await.expect("it forgets");
            assess_all(&city.store).await;
            assert_eq!(as_it_came, held(&city.store).await);
        });
    }
}

/// Daily values of a unit, the first on a day of the past.
async fn send_days(store: &Store, unit_id: i32, first: Date, days: i64) {
    let rows: Vec<Row> = (0..days)
        .map(|day| {
            let at = model::seconds(first + day.days(), 0);
            ((CODES[0], StatType::Day, at), 10.0 + (day % 8) as f64, true, None)
        })
        .collect();
    let batch = Batch { unit_id, ..batch("import:days.csv", &rows) };
    store.ingest(batch).await.expect("it is stored");
}

/// Units of one division, numbered from 1.
async fn add_units(store: &Store, count: usize) {
    let made = store.write(move |it| {
        for at in 1..=count {
            let code = format!("9112011200000001{at:02}");
            let unit = UnitEntry {
                unit_id: 0,
                enterprise_code: code.clone(),
                name: code,
                region_code: "120112".to_owned(),
                industry_code: "C3110".to_owned(),
                class: "thousand".to_owned(),
                approved: true,
            };
            it.put_unit(unit, NOW)?;
        }
        Ok(())
    });
    made.await.expect("units");
}

/// Days that wait in a store just opened, before anything is assessed.
async fn waiting_after_opening(store: &Store) -> u64 {
    let never = QualityDelay { quiet: std::time::Duration::MAX, longest: std::time::Duration::MAX };
    // The first step joins what waits; no unit is ready for it.
    let assessed = store.assess_step(NOW, never, 0).await;
    assert!(!assessed.expect("it joins"));
    store.quality_backlog().days
}

#[test]
fn one_step_assesses_years_of_days_of_many_units() {
    run(async {
        let folder = tempfile::tempdir().expect("a folder");
        let store = open(folder.path());
        add_units(&store, 5).await;
        for unit in 1..=5 {
            send_days(&store, unit, Date::constant(2022, 4, 1), 700).await;
        }
        let assessed = store.assess_step(NOW, QualityDelay::default(), 32).await;
        assert!(assessed.expect("it is assessed"));
        assert_eq!(store.quality_backlog().days, 0);
        store.close();
    });
}

/// Usual days among peers were those of the first look at the day, when a new city had none: the next start found others and
/// assessed everything once more.
#[test]
fn a_start_after_many_days_came_at_once_assesses_none_of_them_again() {
    run(async {
        let folder = tempfile::tempdir().expect("a folder");
        let store = open(folder.path());
        add_units(&store, 7).await;
        assert_eq!(waiting_after_opening(&store).await, 0);
        for unit in 1..=7 {
            send_days(&store, unit, Date::constant(2020, 1, 1), 1_500).await;
        }
        assess_all(&store).await;
        store.close();
        drop(store);

        let store = open(folder.path());
        // What the calendar asks for: the last days of each unit.
        assert!(waiting_after_opening(&store).await <= 7 * 2);
        let assessed = store.assess_step(NOW, QualityDelay::default(), 32).await;
        assert!(assessed.expect("it is assessed"));
        assert_eq!(store.quality_backlog().days, 0, "no unit's assessment rests on something else");
        store.close();
    });
}

#[test]
fn a_stop_between_two_units_loses_no_assessment() {
    run(async {
        let folder = tempfile::tempdir().expect("a folder");
        let store = open(folder.path());
        add_units(&store, 2).await;
        send_days(&store, 1, FIRST_DAY, 8).await;
        send_days(&store, 2, FIRST_DAY, 8).await;
        let both = waiting_after_opening(&store).await;
        // A unit's first assessment makes its frequency known, so that all its days are assessed once more.
        while store.quality_backlog().days > both / 2 {
            let assessed = store.assess_step(NOW, QualityDelay::default(), 1).await;
            assert!(assessed.expect("it is assessed"));
        }
        store.close();
        drop(store);

        let store = open(folder.path());
        let left = waiting_after_opening(&store).await;
        // The calendar asks for the assessed unit's last days again.
        assert!(left <= both / 2 + 2, "{left} of {both} days wait again");
        store.close();
    });
}

#[test]
fn days_that_other_rules_assessed_are_assessed_again() {
    run(async {
        let folder = tempfile::tempdir().expect("a folder");
        let store = open(folder.path());
        add_units(&store, 2).await;
        for unit in 1..=2 {
            send_days(&store, unit, Date::constant(2022, 4, 1), 300).await;
        }
        assess_all(&store).await;
        let by_these_rules = held(&store).await;
        assert!(
            by_these_rules.iter().any(|it| it.starts_with("mark")),
            "there is something to find"
        );
        let other = store.write(|it| {
            Ok(it.conn.execute_batch(include_str!("sql/quality_by_other_rules.sql"))?)
        });
        other.await.expect("it is written");
        assert_ne!(held(&store).await, by_these_rules);
        store.close();
        drop(store);

        let store = open(folder.path());
        assess_all(&store).await;
        assert_eq!(held(&store).await, by_these_rules);
        store.close();
    });
}
