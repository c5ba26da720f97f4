//! The state of a point between two readings, and the amounts that are not yet on disk.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::values::Marks;

/// One reading.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Reading {
    pub(crate) at: i64,
    pub(crate) value: f64,
}

/// An amount within one bucket. Of a gauge it is value times seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Amount {
    pub(crate) value: f64,
    pub(crate) seconds: f64,
    pub(crate) marks: Marks,
}

/// What became of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// It moved the point on.
    Counted,
    /// It is known, or lies before the last one.
    Old,
    /// It is not plausible, and waits for the next one.
    Held,
    /// The register restarted from zero.
    Restarted,
    /// The register rolled over.
    RolledOver,
    /// The register goes on from a value that nobody declared; the step itself is not counted.
    Unexplained,
    /// The clock stepped back; the increase counts once, at the new time.
    ClockBack,
}

/// Rules of the plant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    pub(crate) gap_seconds: i64,
    pub(crate) interpolate: bool,
}

/// What is remembered of a point.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct PointState {
    /// The last reading that counted.
    pub(crate) last: Option<Reading>,
    /// A reading that is not plausible, until the next one confirms or refutes it.
    pub(crate) held: Option<Reading>,
    /// Since when the value has not changed.
    pub(crate) unchanged_since: i64,
    /// The latest clock that was seen.
    pub(crate) clock: i64,
    /// The time of the last restart, roll-over or replacement; the clock does not go back before it.
    pub(crate) floor: i64,
    /// How far time had come when the clock was set back: before it, time comes twice.
    #[serde(default)]
    pub(crate) reached: i64,
    /// Buckets that end up to here are complete.
    pub(crate) sealed: i64,
    /// Amounts that are not yet on disk, by the start of their bucket.
    #[serde(skip)]
    pub(crate) pending: BTreeMap<i64, Amount>,
}

impl PointState {
    /// Adds to a bucket.
    pub(crate) fn add(&mut self, start: i64, value: f64, seconds: f64, marks: Marks) {
        let marks = if start < self.reached { marks.and(Marks::CLOCK_BACK) } else { marks };
        let amount = self.pending.entry(start).or_default();
        amount.value += value;
        amount.seconds += seconds;
        amount.marks = amount.marks.and(marks);
    }

    /// Remembers that the clock was set back: time goes on from here, and comes twice up to the last reading.
    pub(crate) fn step_back(&mut self, now: i64) {
        self.reached = self.reached.max(self.last.map_or(0, |it| it.at));
        self.clock = now;
    }

    /// Remembers a reading that counted.
    pub(crate) fn accept(&mut self, reading: Reading, now: i64) {
        let same = self.last.is_some_and(|it| it.value.to_bits() == reading.value.to_bits());
        if !same || self.unchanged_since > reading.at {
            self.unchanged_since = reading.at;
        }
        self.last = Some(reading);
        self.held = None;
        self.clock = self.clock.max(now);
    }
}
