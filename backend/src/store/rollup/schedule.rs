//! When roll-ups run and how much of them at a time: at an interval, in slices between commits, and at once when a
//! reader waits for them.

use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use crate::store::error::Result;

/// How long a slice is meant to hold commits up, and the item-days it may have.
const STEP_TARGET: Duration = Duration::from_millis(25);
/// Rest between slices, in times of the last one.
pub(crate) const REST_FACTOR: u32 = 9;
const FIRST_STEP_ITEM_DAYS: usize = 4_096;
const LEAST_STEP_ITEM_DAYS: usize = 1_024;
const MOST_STEP_ITEM_DAYS: usize = 1 << 20;

/// How soon somebody who waits needs the roll-ups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RollUpPace {
    /// A person waits: one slice follows the other.
    AtOnce,
    /// Work in the background waits: slices rest while there are commits, as if nobody waited.
    BetweenCommits,
}

/// When the last slice was, how long it took, how many item-days the next one has, and who waits for the pass.
pub(crate) struct RollUpSchedule {
    pub at: Instant,
    pub took: Duration,
    pub slice: usize,
    pub waiting_readers: Vec<(RollUpPace, oneshot::Sender<Result<()>>)>,
}

impl Default for RollUpSchedule {
    fn default() -> Self {
        Self {
            at: Instant::now(),
            took: Duration::ZERO,
            slice: FIRST_STEP_ITEM_DAYS,
            waiting_readers: Vec::new(),
        }
    }
}

impl RollUpSchedule {
    pub(crate) fn wait(&mut self, pace: RollUpPace, answer: oneshot::Sender<Result<()>>) {
        self.waiting_readers.push((pace, answer));
    }

    /// Whether a slice may not wait any longer, while the writer has other work or has none.
    pub(crate) fn is_waited_for(&self, is_idle: bool) -> bool {
        self.waiting_readers.iter().any(|it| is_idle || it.0 == RollUpPace::AtOnce)
    }

    pub(crate) fn note(&mut self, took: Duration) {
        self.at = Instant::now();
        self.took = took;
        if took > STEP_TARGET * 2 {
            self.slice = (self.slice / 2).max(LEAST_STEP_ITEM_DAYS);
        } else if took < STEP_TARGET / 2 {
            self.slice = (self.slice * 2).min(MOST_STEP_ITEM_DAYS);
        }
    }
}
