//! Quality judged as data arrive, with restarts between, equals quality judged anew from what stands at the end.

use super::*;

/// Steps that keep what the judgement rests on: retention takes readings away, and with them the reasons.
fn steps() -> impl Strategy<Value = Vec<(Step, u8)>> {
    let kept = step().prop_filter("nothing retires", |it| !matches!(it, Step::Retire(..)));
    prop::collection::vec((kept, 0..4u8), 1..10)
}

async fn judge_all(store: &Store) {
    while store.judge_step(NOW).await.expect("it is judged") {}
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
                    city.store.judge_step(NOW).await.expect("it is judged");
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
