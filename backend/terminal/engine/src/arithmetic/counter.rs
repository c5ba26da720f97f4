//! Registers that only rise: restart, roll-over, replaced meters, and clocks that step back.

use super::spread::increase;
use super::state::{PointState, Reading, Rules, Step};
use crate::points::Point;
use crate::values::Marks;

/// The least span in seconds over which a rate is judged.
const LEAST_SPAN: i64 = 60;

/// How far the register rose between two readings.
enum Rise {
    By(f64),
    RolledOver(f64),
    Restarted(f64),
    NotPlausible,
}

fn rise(point: &Point, from: Reading, to: Reading) -> Rise {
    let hours = (to.at - from.at).max(LEAST_SPAN) as f64 / 3600.0;
    let plausible = |amount: f64| point.max_rate.is_none_or(|it| amount <= it * hours);
    let up = to.value - from.value;
    if up >= 0.0 {
        return if plausible(up) { Rise::By(up) } else { Rise::NotPlausible };
    }
    if let Some(digits) = point.digits {
        let range = 10_f64.powi(i32::from(digits));
        let over = range - from.value + to.value;
        // Without a rate to judge by, a register rolls over out of its last tenth into its first.
        let near = from.value >= range * 0.9 && to.value <= range * 0.1;
        let judged = if point.max_rate.is_some() { plausible(over) } else { near };
        if judged && over >= 0.0 {
            return Rise::RolledOver(over);
        }
    }
    if to.value >= 0.0 && plausible(to.value) {
        Rise::Restarted(to.value)
    } else {
        Rise::NotPlausible
    }
}

/// Moves a counter on by one reading.
pub(super) fn advance(
    state: &mut PointState,
    point: &Point,
    rules: &Rules,
    reading: Reading,
    now: i64,
) -> Step {
    let Some(last) = state.last else {
        state.accept(reading, now);
        return Step::Counted;
    };
    if reading.at <= last.at {
        return clock_back(state, point, rules, reading, now);
    }
    let span = (last.at, reading.at);
    match rise(point, last, reading) {
        Rise::By(amount) => {
            increase(state, point, rules, span, amount, Marks::NONE);
            state.accept(reading, now);
            Step::Counted
        }
        Rise::RolledOver(amount) => {
            increase(state, point, rules, span, amount, Marks::TURNED);
            state.accept(reading, now);
            state.floor = reading.at;
            Step::RolledOver
        }
        Rise::Restarted(amount) => {
            increase(state, point, rules, span, amount, Marks::TURNED);
            state.accept(reading, now);
            state.floor = reading.at;
            Step::Restarted
        }
        Rise::NotPlausible => not_plausible(state, point, rules, reading, now),
    }
}

/// A reading that is not plausible is held; a second one that goes on from it confirms it.
fn not_plausible(
    state: &mut PointState,
    point: &Point,
    rules: &Rules,
    reading: Reading,
    now: i64,
) -> Step {
    if let Some(held) = state.held.filter(|it| it.at < reading.at)
        && let Rise::By(amount) = rise(point, held, reading)
    {
        increase(state, point, rules, (held.at, reading.at), amount, Marks::TURNED);
        state.accept(reading, now);
        state.floor = reading.at;
        return Step::Unexplained;
    }
    state.held = Some(reading);
    Step::Held
}

/// A reading before the last one counts only when the clock itself stepped back and the register rose since: then by
/// its increase, once. Everything else before the last reading is a repetition.
fn clock_back(
    state: &mut PointState,
    point: &Point,
    rules: &Rules,
    reading: Reading,
    now: i64,
) -> Step {
    let Some(last) = state.last else { return Step::Old };
    let stepped = now < state.clock && reading.at > state.floor;
    if !stepped || reading.value <= last.value {
        return Step::Old;
    }
    let up = reading.value - last.value;
    let hours = (last.at - reading.at).max(LEAST_SPAN) as f64 / 3600.0;
    if point.max_rate.is_some_and(|it| up > it * hours) {
        return Step::Held;
    }
    state.step_back(now);
    increase(state, point, rules, (reading.at, reading.at), up, Marks::NONE);
    state.accept(reading, now);
    Step::ClockBack
}

/// A meter was replaced: the old one ended at a reading, the new one starts at another.
pub(crate) fn replace_meter(
    state: &mut PointState,
    point: &Point,
    rules: &Rules,
    at: i64,
    (old_end, new_start): (f64, f64),
) -> Result<(), &'static str> {
    if let Some(last) = state.last {
        if at <= last.at {
            return Err("late");
        }
        if old_end < last.value {
            return Err("below");
        }
        increase(state, point, rules, (last.at, at), old_end - last.value, Marks::TURNED);
    }
    let now = state.clock.max(at);
    state.accept(Reading { at, value: new_start }, now);
    state.floor = at;
    Ok(())
}
