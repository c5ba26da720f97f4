//! Laws of judging: a window of days is judged as it would be within the whole, and a correction leaves no trace.

use proptest::prelude::*;

use super::*;
use crate::quality::{AHEAD_DAYS, BACK_DAYS, Mark, POINT_DAYS, year_before};

/// A way to spoil some days of a meter.
#[derive(Debug, Clone)]
struct Spoilt {
    item: i32,
    from: i32,
    days: i32,
    factor: f64,
    hours_lost: usize,
}

impl Spoilt {
    fn spoil(&self, item: i32, day: i32, sent: &mut Sent) {
        let at = day - start();
        if item != self.item || at < self.from || at >= self.from + self.days {
            return;
        }
        sent.day = sent.day.map(|it| it * self.factor);
        for hour in &mut sent.hours {
            *hour = hour.map(|it| it * self.factor);
        }
        sent.hours[..self.hours_lost].fill(None);
    }
}

fn spoilt_days() -> impl Strategy<Value = Vec<Spoilt>> {
    let factor = prop_oneof![Just(0.0), Just(-1.0), Just(0.001), Just(3.0), Just(10_000.0)];
    let one = (0..2, 20..DAYS, 1..9, factor, 0usize..24).prop_map(
        |(item, from, days, factor, hours_lost)| Spoilt { item, from, days, factor, hours_lost },
    );
    prop::collection::vec(one, 0..4)
}

/// What the store loads to judge some days: those that reach into them, and no more; hours of fewer.
fn window(whole: &UnitSeries, from: i32, to: i32) -> UnitSeries {
    let mut cut = whole.clone();
    for item in &mut cut.items {
        let year = year_before(from, to);
        item.days.retain(|day, _| {
            (from - BACK_DAYS..=to + 32).contains(day) || (year.0..=year.1).contains(day)
        });
        for (day, record) in &mut item.days {
            if !(from - POINT_DAYS..=to + AHEAD_DAYS).contains(day) {
                record.points.clear();
            }
        }
    }
    cut
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_window_is_judged_as_within_the_whole(
        spoilt in spoilt_days(), from in 0i32..DAYS, length in 0i32..9,
    ) {
        let whole = series(&plant(|item, day, sent| {
            spoilt.iter().for_each(|it| it.spoil(item, day, sent));
        }));
        let (from, to) = (start() + from, (start() + from + length).min(start() + DAYS - 1));
        let all = judge(&whole, start(), start() + DAYS - 1);
        let within: Vec<Mark> = all
            .marks
            .into_iter()
            .filter(|it| (from..=to).contains(&it.day))
            .collect();
        prop_assert_eq!(judge(&window(&whole, from, to), from, to).marks, within);
    }

    #[test]
    fn the_true_values_sent_afterwards_leave_only_their_lateness(spoilt in spoilt_days()) {
        let mut gather = plant(|item, day, sent| {
            spoilt.iter().for_each(|it| it.spoil(item, day, sent));
        });
        for item in METERS {
            for day in start()..start() + DAYS {
                let hours = hours(item, day);
                let sent = Sent {
                    day: Some(hours.iter().sum()),
                    hours: hours.into_iter().map(Some).collect(),
                    at: i64::from(start() + DAYS + 9) * 86_400,
                };
                send(&mut gather, item, day, &sent);
            }
        }
        let left: Vec<_> = found(&gather).into_iter().filter(|it| it.0 != "late").collect();
        prop_assert_eq!(left, vec![]);
    }
}
