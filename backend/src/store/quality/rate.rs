//! How many days the quality rules assess in a minute.

use std::collections::VecDeque;
use std::time::Instant;

/// Steps over which the rate of assessing is taken.
const RATE_STEPS: usize = 32;

/// How many days the last steps assessed, and how long each took with the rest before it.
#[derive(Debug, Default)]
pub(super) struct AssessmentRate {
    /// Days assessed since the last step ended.
    days: u64,
    ended: Option<Instant>,
    steps: VecDeque<(f64, u64)>,
}

impl AssessmentRate {
    /// Notes days that were assessed.
    pub(super) fn add_days(&mut self, days: u64) {
        self.days += days;
    }

    /// A step ended; it counts from the end of the one before, when that came just before.
    pub(super) fn step_ended(&mut self, started: Instant) {
        let now = Instant::now();
        let from = self.ended.replace(now).unwrap_or(started);
        self.steps
            .push_back((now.duration_since(from).as_secs_f64(), std::mem::take(&mut self.days)));
        if self.steps.len() > RATE_STEPS {
            self.steps.pop_front();
        }
    }

    /// Nothing was ready: the time until the next step is no work.
    pub(super) fn pause(&mut self) {
        self.ended = None;
    }

    /// Days a minute; `None` where no step assessed any.
    pub(super) fn per_minute(&self) -> Option<f64> {
        let seconds: f64 = self.steps.iter().map(|it| it.0).sum();
        let days: u64 = self.steps.iter().map(|it| it.1).sum();
        (days > 0 && seconds > 0.0).then(|| days as f64 * 60.0 / seconds)
    }
}
