//! Laws of the arithmetic: what the buckets hold is what the meter counted, however it was read.

use proptest::prelude::*;

use super::{PointState, Reading, Rules, Step, advance, replace_meter};
use crate::points::{Kind, Multiplier, Point};

const START: i64 = 1_772_323_200;

fn sum(state: &PointState) -> f64 {
    state.pending.values().map(|it| it.value).sum()
}

fn feed(point: &Point, rules: &Rules, readings: &[(i64, f64)]) -> (PointState, Vec<Step>) {
    let mut state = PointState::default();
    let steps = readings
        .iter()
        .map(|(at, value)| {
            advance(&mut state, point, rules, Reading { at: *at, value: *value }, *at)
        })
        .collect();
    (state, steps)
}

fn close(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-9 * (1.0 + left.abs().max(right.abs()))
}

fn rules(interpolate: bool) -> Rules {
    Rules { gap_seconds: 1800, interpolate }
}

proptest! {
    #[test]
    fn buckets_sum_to_what_the_meter_counted(
        parts in prop::collection::vec((1_i64..7200, 0_u32..500, prop::bool::weighted(0.1)), 1..80),
        interpolate in any::<bool>(),
    ) {
        // A meter that restarts from zero now and then, before it counts on.
        let point = Point::new("P", "P", Kind::Counter);
        let (mut at, mut register, mut counted) = (START, 5000.0, 0.0);
        let mut readings = vec![(at, register)];
        for (seconds, up, restart) in parts {
            at += seconds;
            if restart && f64::from(up) < register {
                register = 0.0;
            }
            register += f64::from(up);
            counted += f64::from(up);
            readings.push((at, register));
        }
        let (mut state, _) = feed(&point, &rules(interpolate), &readings);
        prop_assert!(close(sum(&state), counted));
        // The same once more changes nothing, whatever clock it comes by.
        let before = state.clone();
        for (then, value) in &readings {
            for now in [at, *then] {
                advance(&mut state, &point, &rules(interpolate), Reading { at: *then, value: *value }, now);
            }
        }
        prop_assert_eq!(before.pending, state.pending);
    }

    #[test]
    fn splitting_samples_does_not_change_the_sum(
        ups in prop::collection::vec(0_u32..100, 2..60), keep in prop::collection::vec(any::<bool>(), 60),
    ) {
        let point = Point::new("P", "P", Kind::Counter);
        let mut register = 10.0;
        let mut all = Vec::new();
        for (at, up) in (0_i64..).zip(&ups) {
            register += f64::from(*up);
            all.push((START + at * 60, register));
        }
        let last = all.len() - 1;
        let few: Vec<_> = all.iter().enumerate()
            .filter(|(at, _)| *at == 0 || *at == last || keep[*at]).map(|it| *it.1).collect();
        let (many, _) = feed(&point, &rules(false), &all);
        let (less, _) = feed(&point, &rules(false), &few);
        prop_assert!(close(sum(&many), sum(&less)));
    }

    #[test]
    fn a_clock_set_back_counts_each_increase_once(
        ups in prop::collection::vec(1_u32..100, 4..60), back in 1_i64..100_000, when in 1_usize..3,
    ) {
        let point = Point::new("P", "P", Kind::Counter);
        let mut state = PointState::default();
        let (mut register, mut at) = (100.0, START);
        for (index, up) in ups.iter().enumerate() {
            at += 60;
            if index == when { at -= back; }
            register += f64::from(*up);
            advance(&mut state, &point, &rules(false), Reading { at, value: register }, at);
        }
        // The last readings may lie before the time that is known; the clock passes it in the end.
        at += back + 60;
        advance(&mut state, &point, &rules(false), Reading { at, value: register }, at);
        prop_assert!(close(sum(&state), register - 100.0 - f64::from(ups[0])));
    }

    #[test]
    fn replaced_meters_lose_nothing(
        parts in prop::collection::vec((0_u32..300, prop::bool::weighted(0.2), 0_u32..9000), 1..50),
    ) {
        let point = Point::new("P", "P", Kind::Counter);
        let mut state = PointState::default();
        let (mut at, mut register, mut counted) = (START, 70.0, 0.0);
        advance(&mut state, &point, &rules(false), Reading { at, value: register }, at);
        for (up, replaced, start) in parts {
            if replaced {
                at += 30;
                register += 2.0;
                counted += 2.0;
                let ends = (register, f64::from(start));
                prop_assert!(replace_meter(&mut state, &point, &rules(false), at, ends).is_ok());
                register = f64::from(start);
            }
            at += 60;
            register += f64::from(up);
            counted += f64::from(up);
            advance(&mut state, &point, &rules(false), Reading { at, value: register }, at);
        }
        prop_assert!(close(sum(&state), counted));
    }
}

#[test]
fn the_rate_decides_between_roll_over_and_restart() {
    let mut point = Point::new("P", "P", Kind::Counter);
    point.digits = Some(4);
    point.max_rate = Some(600.0);
    let (state, steps) = feed(&point, &rules(false), &[(START, 9995.0), (START + 900, 5.0)]);
    assert_eq!((steps[1], sum(&state)), (Step::RolledOver, 10.0));
    let (state, steps) = feed(&point, &rules(false), &[(START, 5000.0), (START + 900, 5.0)]);
    assert_eq!((steps[1], sum(&state)), (Step::Restarted, 5.0));
    assert_eq!(state.floor, START + 900);
}

#[test]
fn a_reading_that_is_not_plausible_waits_for_the_next() {
    let mut point = Point::new("P", "P", Kind::Counter);
    point.max_rate = Some(100.0);
    let (state, steps) = feed(
        &point,
        &rules(false),
        &[(START, 10.0), (START + 900, 90_000.0), (START + 1800, 20.0)],
    );
    assert_eq!((steps[1], steps[2], sum(&state)), (Step::Held, Step::Counted, 10.0));
    let (state, steps) = feed(
        &point,
        &rules(false),
        &[(START, 10.0), (START + 900, 90_000.0), (START + 1800, 90_003.0)],
    );
    assert_eq!((steps[2], sum(&state)), (Step::Unexplained, 3.0));
}

#[test]
fn a_multiplier_holds_from_its_date_on() {
    let mut point = Point::new("P", "P", Kind::Counter);
    point.multipliers = vec![Multiplier { from: START, value: 80.0 }];
    let (state, _) = feed(&point, &rules(false), &[(START - 900, 0.0), (START + 900, 2.0)]);
    let values: Vec<_> = state.pending.values().map(|it| it.value).collect();
    assert_eq!(values, [1.0, 80.0]);
}

#[test]
fn gaps_of_flows_and_gauges_are_gaps() {
    let flow = Point::new("P", "P", Kind::Flow);
    let readings = [(START, 6.0), (START + 900, 6.0), (START + 9000, 6.0), (START + 9900, 6.0)];
    let (state, _) = feed(&flow, &rules(false), &readings);
    let starts: Vec<_> = state.pending.keys().map(|it| it - START).collect();
    assert_eq!((starts, sum(&state)), (vec![0, 9000], 3.0));
    let (state, _) = feed(&flow, &rules(true), &readings);
    assert_eq!(state.pending.len(), 11);
    assert!(state.pending[&(START + 1800)].marks.has(crate::values::Marks::INTERPOLATED));
}

proptest! {
    /// A clock that is set forth and back: what was counted, and the time that was measured, are there once.
    #[test]
    fn a_clock_that_is_set_costs_and_doubles_nothing(
        parts in prop::collection::vec((1_i64..1800, 1_u32..500, prop::option::weighted(0.2, -100_000_i64..1800)), 1..60),
    ) {
        let counter = Point::new("P", "P", Kind::Counter);
        let flow = Point::new("F", "F", Kind::Flow);
        let (mut of_counter, mut of_flow) = (PointState::default(), PointState::default());
        let (mut at, mut register, mut hours) = (START, 0.0, 0.0);
        let mut go = |at: i64, register: f64| {
            advance(&mut of_counter, &counter, &rules(false), Reading { at, value: register }, at);
            advance(&mut of_flow, &flow, &rules(false), Reading { at, value: 6.0 }, at);
        };
        go(at, register);
        for (seconds, up, set) in parts {
            // The clock is set between two readings; a flow is not measured meanwhile.
            at += set.unwrap_or(seconds);
            register += f64::from(up);
            if set.is_none_or(|it| it > 0) {
                hours += set.unwrap_or(seconds) as f64 / 3600.0;
            }
            go(at, register);
        }
        prop_assert!(close(sum(&of_counter), register));
        prop_assert!(close(sum(&of_flow), 6.0 * hours));
    }
}

#[test]
fn time_that_comes_twice_is_marked_and_a_repetition_is_not_measured_again() {
    use crate::values::Marks;
    let flow = Point::new("F", "F", Kind::Flow);
    let readings = [0, 900, 1800, 2700, 900, 1800, 2700, 3600].map(|it| (START + it, 6.0));
    let (mut state, steps) = feed(&flow, &rules(false), &readings);
    assert_eq!((steps[4], sum(&state)), (Step::ClockBack, 9.0));
    let marked: Vec<_> = state
        .pending
        .iter()
        .map(|(start, it)| (start - START, it.value, it.marks.has(Marks::CLOCK_BACK)))
        .collect();
    assert_eq!(marked, [(0, 1.5, false), (900, 3.0, true), (1800, 3.0, true), (2700, 1.5, false)]);
    // The source tells these again while the clock is set back: they are known.
    for (at, value) in readings {
        let step = advance(&mut state, &flow, &rules(false), Reading { at, value }, START - 50_000);
        assert!(matches!(step, Step::Old), "{step:?}");
    }
    assert_eq!(sum(&state), 9.0);
}
