//! What the history of an item explains: seasons, campaigns, lasting changes of level, meters dead from the start.

use jiff::civil::date;
use nengce_shared::stat_type::StatType;

use super::*;

/// A unit with running electricity and another item whose figures `other` gives, from a date on, in a region.
fn beside(
    region: &str,
    from: jiff::civil::Date,
    days: i32,
    warms: bool,
    other: impl Fn(i32) -> f64,
) -> Vec<(&'static str, i32)> {
    let first = stamp::day_number(from);
    let mut builder = SeriesBuilder::default();
    builder.region(region);
    for item in METERS {
        builder.item(item, 2, [None; 3]);
        for at in 0..days {
            let wave = 200.0 + f64::from((at * 37 + item * 11) % 101) * 0.1237;
            let value = if item == 0 { wave } else { wave * other(first + at) };
            let received_at = i64::from(first + at + 1) * 86_400 + 7_200;
            let value = Value { value, valid: true, received_at };
            builder.put(item, StatType::Day, i64::from(first + at) * 86_400, value);
        }
    }
    if warms {
        builder.warms(1);
    }
    let until = first + days - 1;
    let assessed = assess(&builder.series(until), first, until);
    let mut found: Vec<_> = assessed.marks.iter().map(|it| (it.rule, it.day - first)).collect();
    found.retain(|it| it.0 != "missing");
    found
}

fn rules(found: &[(&'static str, i32)]) -> Vec<&'static str> {
    let mut rules: Vec<_> = found.iter().map(|it| it.0).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// The heat of a winter with some cold days.
fn heating(day: i32) -> f64 {
    match stamp::date_of(day).month() {
        4..=10 => 0.0,
        _ => 1.0 + f64::from((day * 13) % 17) / 8.0,
    }
}

#[test]
fn a_heating_that_is_off_in_summer_is_no_dead_meter_also_in_its_first_year() {
    let north = |warms| beside("120112", date(2024, 1, 10), 700, warms, heating);
    assert_eq!(north(true), []);
    // Another kind of item, or gas in a region without heating, is not explained in its first year, and is explained in
    // the next.
    assert_eq!(rules(&north(false)), ["zero"]);
    assert!(north(false).iter().all(|it| it.1 < 365));
    let south = beside("440100", date(2024, 1, 10), 700, true, heating);
    assert!(!south.is_empty() && south.iter().all(|it| it.1 < 365));
}

#[test]
fn a_heating_that_dies_in_winter_is_found_and_so_is_gas_that_runs_the_whole_year() {
    let january = stamp::day_number(date(2025, 1, 10));
    let dead = |day: i32| if (january..january + 4).contains(&day) { 0.0 } else { heating(day) };
    let found = beside("120112", date(2024, 5, 1), 400, true, dead);
    assert_eq!(found.iter().filter(|it| it.0 == "zero").count(), 4, "{found:?}");
    let august = stamp::day_number(date(2024, 8, 10));
    let process = |day: i32| if (august..august + 4).contains(&day) { 0.0 } else { 1.0 };
    let found = beside("120112", date(2024, 6, 1), 150, true, process);
    assert_eq!(rules(&found), ["zero"]);
}

#[test]
fn a_meter_dead_from_its_first_day_is_told_for_as_long_as_it_is() {
    let found = beside("120112", date(2024, 6, 1), 90, false, |_| 0.0);
    assert_eq!(found.iter().filter(|it| it.0 == "zero").count(), 86, "{found:?}");
    // Heating that has not begun is not dead; it is when the season is well under way.
    let summer = beside("120112", date(2024, 6, 1), 90, true, |_| 0.0);
    assert_eq!(summer, []);
    let winter = beside("120112", date(2024, 6, 1), 250, true, |_| 0.0);
    let core = stamp::day_number(date(2024, 12, 1)) - stamp::day_number(date(2024, 6, 1));
    assert_eq!(winter.first(), Some(&("zero", core)));
}

#[test]
fn a_run_that_comes_and_goes_is_a_habit() {
    let campaign = |day: i32| if day.rem_euclid(56) < 33 { 1.0 } else { 0.0 };
    assert_eq!(beside("120112", date(2024, 1, 10), 400, false, campaign), []);
}

#[test]
fn a_level_that_lasts_is_a_change_and_a_fresh_one_is_withdrawn_once_it_does() {
    let from = date(2024, 5, 1);
    let change = stamp::day_number(from) + 80;
    for factor in [10.0, 0.1, 2.5, 100.0] {
        let step = |day: i32| if day < change { 1.0 } else { factor };
        let after = |days: i32| rules(&beside("120112", from, 80 + days, false, step));
        assert_eq!(after(60), Vec::<&str>::new(), "{factor}");
        assert_eq!(after(12), Vec::<&str>::new(), "{factor}");
        if (factor - 2.5).abs() > 1.0 {
            assert_eq!(after(4), ["unit_mixup"], "{factor}");
        }
    }
    // A change that goes back after some days, or that is exactly a factor of 1,000, is no lasting level.
    let wrong = |day: i32| if (change..change + 9).contains(&day) { 10.0 } else { 1.0 };
    let found = beside("120112", from, 140, false, wrong);
    assert_eq!((rules(&found), found.len()), (vec!["unit_mixup"], 9));
    let unit = |day: i32| if day < change { 1.0 } else { 0.001 };
    assert_eq!(rules(&beside("120112", from, 140, false, unit)), ["unit_mixup"]);
}
