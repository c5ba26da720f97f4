//! Laws of assessment: some days are assessed as they would be within the whole series, and a correction leaves no
//! trace.

use jiff::ToSpan;
use nengce_shared::stat_type::StatType;
use proptest::prelude::*;

use super::*;
use crate::quality::{AHEAD_DAYS, BACK_DAYS, Mark, POINT_DAYS, year_before};

/// A fault on some days of a meter.
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

/// The part of a series that the store loads to assess some days: the days that they depend on, and points of fewer
/// days.
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
    fn a_window_is_assessed_as_within_the_whole(
        spoilt in spoilt_days(), from in 0i32..DAYS, length in 0i32..9,
    ) {
        let whole = series(&plant(|item, day, sent| {
            spoilt.iter().for_each(|it| it.spoil(item, day, sent));
        }));
        let (from, to) = (start() + from, (start() + from + length).min(start() + DAYS - 1));
        let all = assess(&whole, start(), start() + DAYS - 1);
        let within: Vec<Mark> = all
            .marks
            .into_iter()
            .filter(|it| (from..=to).contains(&it.day))
            .collect();
        prop_assert_eq!(assess(&window(&whole, from, to), from, to).marks, within);
    }

    #[test]
    fn the_true_values_sent_afterwards_leave_only_their_lateness(spoilt in spoilt_days()) {
        let mut builder = plant(|item, day, sent| {
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
                send(&mut builder, item, day, &sent);
            }
        }
        let left: Vec<_> = found(&builder).into_iter().filter(|it| it.0 != "late").collect();
        prop_assert_eq!(left, vec![]);
    }
}

const YEAR: i32 = 365;

/// Faults within two years, at least two months apart: item, first day, number of days, and factor.
fn faults(most: i32) -> impl Strategy<Value = Vec<(i32, i32, i32, f64)>> {
    let factor = prop_oneof![Just(0.0), Just(0.001), Just(3.0), Just(10_000.0)];
    let one = (0..2, 0i32..20, 1..9, factor);
    prop::collection::vec(prop::option::of(one), (most / 70) as usize).prop_map(|drawn| {
        let placed = drawn.into_iter().enumerate().filter_map(|(at, it)| Some((at, it?)));
        placed
            .map(|(at, (item, by, days, factor))| (item, 50 + at as i32 * 60 + by, days, factor))
            .collect()
    })
}

/// A unit with electricity and gas by the day, from a date on; `value` gives the figure of an item on a day since then.
fn long(from: i32, days: i32, value: impl Fn(i32, i32) -> f64) -> SeriesBuilder {
    let mut builder = SeriesBuilder::default();
    builder.region("120112");
    for item in METERS {
        builder.item(item, 2, [None; 3]);
        for day in 0..days {
            let received_at = i64::from(from + day + 1) * 86_400 + 7_200;
            let value = Value { value: value(item, day), valid: true, received_at };
            builder.put(item, StatType::Day, i64::from(from + day) * 86_400, value);
        }
    }
    builder.warms(1);
    builder
}

/// A figure that never repeats and has no weekly pattern.
fn usual(item: i32, day: i32) -> f64 {
    f64::from(item + 1) * (200.0 + f64::from((day * 37 + item * 11) % 101) * 0.1237)
}

fn spoilt_value(faults: &[(i32, i32, i32, f64)], item: i32, day: i32) -> f64 {
    let of = faults.iter().filter(|it| it.0 == item && (it.1..it.1 + it.2).contains(&day));
    of.fold(usual(item, day), |value, it| value * it.3)
}

/// The marks as rule, item and days since the first day.
fn marks_of(
    builder: &SeriesBuilder,
    from: i32,
    days: i32,
) -> Vec<(&'static str, Option<i32>, i32)> {
    let assessed = assess(&builder.series(from + days - 1), from, from + days - 1);
    assessed.marks.iter().map(|it| (it.rule, it.item, it.day - from)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn another_unit_of_measure_changes_nothing(
        faults in faults(2 * YEAR), power in prop_oneof![Just(-2), Just(1), Just(3)],
    ) {
        let factor = 10f64.powi(power);
        let of = |by: f64| marks_of(
            &long(start(), 2 * YEAR, |item, day| by * spoilt_value(&faults, item, day)),
            start(), 2 * YEAR,
        );
        prop_assert_eq!(of(1.0), of(factor));
    }

    #[test]
    fn a_year_later_all_is_found_as_it_was(
        mut faults in faults(YEAR), years in prop_oneof![Just(1), Just(28)],
    ) {
        // Weekends lie elsewhere in another year, so the end of a fault of several days may be found elsewhere. After
        // 28 days they lie as before.
        faults.iter_mut().filter(|_| years == 1).for_each(|it| it.2 = it.2.min(2));
        let later = stamp::date_of(start()).saturating_add(years.years());
        let of = |from: i32| marks_of(
            &long(from, YEAR, |item, day| spoilt_value(&faults, item, day)), from, YEAR,
        );
        prop_assert_eq!(of(start()), of(stamp::day_number(later)));
    }

    #[test]
    fn a_year_that_repeats_itself_is_found_once(faults in faults(YEAR)) {
        let builder = long(start(), 2 * YEAR, |item, day| spoilt_value(&faults, item, day % YEAR));
        let again: Vec<_> = marks_of(&builder, start(), 2 * YEAR)
            .into_iter()
            .filter(|it| it.2 >= YEAR && ["zero", "jump", "unit_mixup"].contains(&it.0))
            .collect();
        prop_assert_eq!(again, vec![]);
    }

    #[test]
    fn two_years_in_windows_are_assessed_as_the_whole(
        faults in faults(2 * YEAR), from in 0..2 * YEAR, length in 0i32..40,
    ) {
        let whole = long(start(), 2 * YEAR, |item, day| spoilt_value(&faults, item, day))
            .series(start() + 2 * YEAR - 1);
        let (from, to) = (start() + from, (start() + from + length).min(start() + 2 * YEAR - 1));
        let all = assess(&whole, start(), start() + 2 * YEAR - 1).marks;
        let within: Vec<Mark> =
            all.into_iter().filter(|it| (from..=to).contains(&it.day)).collect();
        prop_assert_eq!(assess(&window(&whole, from, to), from, to).marks, within);
    }
}
