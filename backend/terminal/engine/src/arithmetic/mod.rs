//! From readings to amounts in buckets.

mod counter;
mod spread;
mod state;

#[cfg(test)]
mod laws;

pub(crate) use counter::replace_meter;
pub(crate) use state::{Amount, PointState, Reading, Rules, Step};

use crate::points::{Kind, Point};

/// Moves a point on by one reading; the amounts land in `state.pending`.
pub(crate) fn advance(
    state: &mut PointState,
    point: &Point,
    rules: &Rules,
    reading: Reading,
    now: i64,
) -> Step {
    match point.kind {
        Kind::Counter => counter::advance(state, point, rules, reading, now),
        Kind::Flow | Kind::Gauge => spread::advance_rate(state, point, rules, reading, now),
        Kind::Manual | Kind::Formula => Step::Old,
    }
}
