//! Each rule on a plant with one fault: this rule marks it, and no other rule does.

use nengce_shared::stat_type::StatType;

use super::*;
use crate::quality::series::RejectedStamp;

/// Changes meter 0 on the day of the fault.
fn one(spoil: impl Fn(&mut Sent)) -> SeriesBuilder {
    some(0..=0, spoil)
}

/// Changes meter 0 on days counted from the day of the fault.
fn some(days: std::ops::RangeInclusive<i32>, spoil: impl Fn(&mut Sent)) -> SeriesBuilder {
    plant(|item, day, sent| {
        if item == 0 && days.contains(&(day - spoilt())) {
            spoil(sent);
        }
    })
}

fn times(factor: f64) -> impl Fn(&mut Sent) {
    move |sent: &mut Sent| {
        sent.day = sent.day.map(|it| it * factor);
        for hour in sent.hours.iter_mut().flatten() {
            *hour *= factor;
        }
    }
}

fn nothing(sent: &mut Sent) {
    sent.day = None;
    sent.hours.clear();
}

#[test]
fn nothing_is_found_in_a_plant_that_is_well() {
    assert_eq!(found(&plant(|_, _, _| ())), []);
}

#[test]
fn a_true_shutdown_raises_no_alarm() {
    let builder = plant(|_, day, sent| {
        if (0..12).contains(&(day - spoilt())) {
            times(0.0)(sent);
        }
    });
    assert_eq!(found(&builder), []);
}

#[test]
fn silence_is_the_units_and_a_zero_the_meters() {
    let silent = plant(|_, day, sent| {
        if day == spoilt() {
            nothing(sent);
        }
    });
    assert_eq!(found(&silent), [("silent", None)]);
    assert_eq!(found(&one(times(0.0))), [("zero", Some(0))]);
    assert_eq!(found(&one(nothing)), [("missing", Some(0))]);
}

#[test]
fn a_day_is_incomplete_below_nine_tenths() {
    // 22 of 24 hours are 0.917, 21 are 0.875.
    assert_eq!(found(&one(|it| it.hours[3..5].fill(None))), []);
    assert_eq!(found(&one(|it| it.hours[3..6].fill(None))), [("incomplete", Some(0))]);
}

#[test]
fn late_is_after_the_end_of_the_next_day() {
    let due = i64::from(spoilt() + 2) * 86_400;
    assert_eq!(found(&one(|it| it.at = due)), []);
    assert_eq!(found(&one(|it| it.at = due + 1)), [("late", None)]);
}

#[test]
fn below_zero_is_negative() {
    let builder = one(|it| it.hours[5] = Some(-0.5));
    assert_eq!(found(&builder), [("negative", Some(0))]);
}

#[test]
fn the_configured_maximum_is_kept() {
    let most = |value: f64| {
        one(move |it| {
            let whole: f64 = it.hours.iter().flatten().sum();
            it.day = Some(whole - it.hours[5].unwrap_or_default() + value);
            it.hours[5] = Some(value);
        })
    };
    assert_eq!(found(&most(40.0)), []);
    assert_eq!(found(&most(40.5)), [("out_of_range", Some(0))]);
}

#[test]
fn kilowatt_hours_for_ten_thousand_are_a_unit_mix_up() {
    let rules = |it: &SeriesBuilder| -> Vec<_> { found(it).into_iter().map(|it| it.0).collect() };
    assert!(rules(&one(times(10_000.0))).contains(&"unit_mixup"));
    assert!(rules(&some(0..=4, times(0.001))).contains(&"unit_mixup"));
    // A day of ten times the usual, caused by one hour, is something else.
    let spike = one(|it| {
        it.day = it.day.map(|it| it * 10.0);
        it.hours[9] = it.day.map(|it| it * 0.9);
    });
    assert!(!rules(&spike).contains(&"unit_mixup"));
    // Where the whole plant rises, the business may have changed.
    let all = plant(|_, day, sent| {
        if (0..5).contains(&(day - spoilt())) {
            times(10.0)(sent);
        }
    });
    assert!(!rules(&all).contains(&"unit_mixup"));
}

#[test]
fn a_unit_wrong_from_its_first_day_is_seen_among_its_peers() {
    let peers = |usual: f64, factor: f64, from: i32| {
        let mut builder = some(-DAYS..=DAYS, |_| ());
        for day in start() + from..start() + DAYS {
            let hours: Vec<_> = hours(0, day).iter().map(|it| Some(it * factor)).collect();
            let sent = Sent {
                day: Some(hours.iter().flatten().sum()),
                hours,
                at: i64::from(day + 1) * 86_400 + 7_200,
            };
            send(&mut builder, 0, day, &sent);
        }
        builder.item(0, 2, [None; 3]);
        builder.peers(0, usual);
        found(&builder)
    };
    // Around 210 a day.
    assert_eq!(peers(1_000.0, 1.0, 0), []);
    assert_eq!(peers(0.1, 1.0, 0), [("peer_scale", Some(0))]);
    assert_eq!(peers(1e6, 1.0, 0), [("peer_scale", Some(0))]);
    // From the day of the correction on, the right values are no wrong unit of measure.
    let right = peers(0.03, 1e-4, 50);
    assert_eq!(right, [("peer_scale", Some(0))]);
}

#[test]
fn a_counter_that_starts_anew_makes_one_huge_hour() {
    let builder = one(|it| {
        it.hours[9] = it.hours[9].map(|it| it * 400.0);
        it.day = Some(it.hours.iter().flatten().sum());
    });
    let rules = found(&builder);
    assert!(rules.contains(&("counter_restart", Some(0))), "{rules:?}");
    assert!(!rules.iter().any(|it| ["jump", "unit_mixup"].contains(&it.0)));
}

#[test]
fn an_unrest_of_weeks_ago_hides_no_jump() {
    let sent = plant(|item, day, sent| match day - spoilt() {
        _ if item != 0 => {}
        0 => times(2.2)(sent),
        it @ -35..=-9 => times(if it % 2 == 0 { 1.35 } else { 0.7 })(sent),
        _ => {}
    });
    assert_eq!(found(&sent), [("jump", Some(0))]);
}

#[test]
fn a_jump_goes_back_and_a_new_level_does_not() {
    assert_eq!(found(&one(times(2.6))), [("jump", Some(0))]);
    assert_eq!(found(&one(times(0.2))), [("jump", Some(0))]);
    let for_good = some(0..=DAYS, times(2.2));
    assert_eq!(found(&for_good), []);
}

#[test]
fn the_same_day_over_and_over_is_stuck() {
    let stuck = |digits: f64| {
        some(0..=4, move |it| {
            it.hours.clear();
            it.day = Some(digits);
        })
    };
    let rules: Vec<_> = found(&stuck(203.4711)).into_iter().map(|it| it.0).collect();
    assert!(rules.contains(&"stuck"), "{rules:?}");
    // A round figure may repeat by chance, and the consumption that remains during a standstill is steady.
    for natural in [200.0, 1.0347] {
        let rules: Vec<_> = found(&stuck(natural)).into_iter().map(|it| it.0).collect();
        assert!(!rules.contains(&"stuck"), "{natural}: {rules:?}");
    }
}

#[test]
fn days_that_repeat_earlier_ones_in_their_order_are_copied() {
    let sent = |of: i32| hours(0, of).iter().sum::<f64>();
    let copied = |days: i32| {
        plant(move |item, day, it| {
            if item == 0 && (0..days).contains(&(day - spoilt())) {
                it.hours.clear();
                it.day = Some(sent(day - 14));
            }
        })
    };
    let rules = |days: i32| found(&copied(days)).into_iter().map(|it| it.0).collect::<Vec<_>>();
    assert!(rules(4).contains(&"copied_days"), "{:?}", rules(4));
    assert!(!rules(2).contains(&"copied_days"), "two days may repeat");
    // Round figures repeat by chance.
    let round = plant(|item, day, it| {
        if item == 0 && day >= spoilt() - 20 {
            it.hours.clear();
            it.day = Some(200.0 + f64::from((day - start()) % 7) * 10.0);
        }
    });
    assert!(!found(&round).iter().any(|it| it.0 == "copied_days"));
}

#[test]
fn hours_that_do_not_move_are_stuck() {
    let builder = one(|it| {
        let (value, was): (f64, f64) = (8.4137, it.hours[6..14].iter().flatten().sum());
        it.day = it.day.map(|it| it - was + value * 8.0);
        it.hours[6..14].fill(Some(value));
    });
    assert_eq!(found(&builder), [("stuck_points", Some(0))]);
}

#[test]
fn the_day_is_the_sum_of_its_hours_within_five_per_cent() {
    let off = |by: f64| one(move |it| it.day = it.day.map(|it| it * by));
    assert_eq!(found(&off(1.045)), []);
    assert_eq!(found(&off(1.06)), [("day_sum", Some(0))]);
}

#[test]
fn the_month_is_the_sum_of_its_days_within_five_per_cent() {
    let july = stamp::day_number(date(2025, 7, 1));
    let whole: f64 = (july..july + 31).flat_map(|day| hours(0, day)).sum();
    let with = |value: f64, spoil: &dyn Fn(i32, i32, &mut Sent)| {
        let mut builder = plant(spoil);
        let value = Value { value, valid: true, received_at: i64::from(july + 32) * 86_400 };
        builder.put(0, StatType::Month, i64::from(july) * 86_400, value);
        found(&builder)
    };
    assert_eq!(with(whole * 1.04, &|_, _, _| ()), []);
    assert_eq!(with(whole * 1.06, &|_, _, _| ()), [("month_sum", Some(0))]);
    // With four days missing, the month may differ by what these days may have been, and by no more.
    let gaps = |item: i32, day: i32, sent: &mut Sent| {
        if item == 0 && (july + 5..july + 9).contains(&day) {
            nothing(sent);
        }
    };
    assert_eq!(with(whole * 1.08, &gaps), [("missing", Some(0))]);
    let both = [("missing", Some(0)), ("month_sum", Some(0))];
    assert_eq!(with(whole * 1.3, &gaps), both);
}

#[test]
fn an_entry_refused_for_its_time_is_a_finding_until_it_comes_right() {
    let moved = |reported: Option<f64>| {
        let mut builder = one(|it| it.day = reported.and(it.day));
        builder.reject(RejectedStamp {
            item: Some(0),
            stat_type: StatType::Day,
            at: i64::from(spoilt()) * 86_400 + 1_800,
            received_at: i64::from(spoilt() + 1) * 86_400,
        });
        found(&builder)
    };
    assert_eq!(moved(None), [("period_start", None)]);
    assert_eq!(moved(Some(1.0)), []);
}
