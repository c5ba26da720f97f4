//! Amounts over a span of time fall into its buckets in proportion; flows and gauges are counted over time.

use super::state::{PointState, Reading, Rules, Step};
use crate::calendar::{BUCKET, DAY, bucket_of};
use crate::points::{Kind, Point};
use crate::values::Marks;

/// Each bucket of a span, with the seconds of the span that lie in it.
fn pieces(from: i64, to: i64) -> impl Iterator<Item = (i64, i64)> {
    let first = bucket_of(from);
    (0..)
        .map(move |it| first + it * BUCKET)
        .take_while(move |start| *start < to)
        .map(move |start| (start, (start + BUCKET).min(to) - start.max(from)))
}

/// The bucket that a moment ends: a reading at 10:15:00 completes 10:00.
pub(super) fn bucket_ended_by(at: i64) -> i64 {
    bucket_of(at - 1)
}

/// Spreads an increase of the register over a span, by the rules for gaps.
pub(super) fn increase(
    state: &mut PointState,
    point: &Point,
    rules: &Rules,
    (from, to): (i64, i64),
    amount: f64,
    marks: Marks,
) {
    let length = to - from;
    let gap = length > rules.gap_seconds;
    if length <= 0 || (gap && !rules.interpolate) {
        let start = bucket_ended_by(to);
        let marks = if gap { marks.and(Marks::AFTER_GAP) } else { marks };
        // Only the seconds of the bucket itself are covered by what is known.
        let seconds = (to - start.max(from)).max(0);
        state.add(start, amount * point.scale(start), seconds as f64, marks);
        return;
    }
    let marks = if gap { marks.and(Marks::INTERPOLATED) } else { marks };
    for (start, seconds) in pieces(from, to) {
        let share = amount * (seconds as f64) / (length as f64);
        state.add(start, share * point.scale(start), seconds as f64, marks);
    }
}

/// A flow counts its mean rate over the time since the last reading, a gauge its mean; a gap counts nothing.
pub(super) fn advance_rate(
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
        // A reading of this very moment is none that came before: the clock itself was set back, and time goes on from
        // here. Where the source tells the time, a step of more than a day is not a delay.
        let of_now = now < state.clock && reading.at == now;
        if of_now || (now < state.clock - DAY && reading.at < last.at - DAY) {
            state.step_back(now);
            state.accept(reading, now);
            return Step::ClockBack;
        }
        return Step::Old;
    }
    let length = reading.at - last.at;
    let gap = length > rules.gap_seconds;
    if !gap || rules.interpolate {
        let marks = if gap { Marks::INTERPOLATED } else { Marks::NONE };
        let slope = (reading.value - last.value) / (length as f64);
        let mut at = last.at;
        for (start, seconds) in pieces(last.at, reading.at) {
            let seconds_f = seconds as f64;
            let middle = last.value + slope * ((at - last.at) as f64 + seconds_f / 2.0);
            let hours = if point.kind == Kind::Flow { seconds_f / 3600.0 } else { seconds_f };
            state.add(start, middle * hours * point.scale(start), seconds_f, marks);
            at += seconds;
        }
    }
    state.accept(reading, now);
    Step::Counted
}
