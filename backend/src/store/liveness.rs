//! Signs of life of the writer: the time of its last round, the number of waiting callers, the number of finished jobs.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

#[derive(Debug)]
pub struct Liveness {
    start: Instant,
    /// Milliseconds from the start to the last beat.
    beat: AtomicU64,
    waiting: AtomicUsize,
    done: AtomicU64,
}

impl Default for Liveness {
    fn default() -> Self {
        Self {
            start: Instant::now(),
            beat: AtomicU64::new(0),
            waiting: AtomicUsize::new(0),
            done: AtomicU64::new(0),
        }
    }
}

/// A caller that waits for the writer, until this is dropped.
pub struct WaitingCaller<'a>(&'a Liveness);

impl Drop for WaitingCaller<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Liveness {
    /// The writer begins another round of its loop.
    pub fn note_round(&self) {
        let now = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.beat.store(now, Ordering::Relaxed);
    }

    pub fn note_job_done(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    pub fn jobs_done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// Somebody begins to wait.
    pub fn note_caller(&self) -> WaitingCaller<'_> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        WaitingCaller(self)
    }

    pub fn callers_waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// How long ago the last beat was.
    pub fn since_last_round(&self) -> Duration {
        let beat = Duration::from_millis(self.beat.load(Ordering::Relaxed));
        self.start.elapsed().saturating_sub(beat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_waits_is_counted_until_the_answer() {
        let liveness = Liveness::default();
        let one = liveness.note_caller();
        let two = liveness.note_caller();
        assert_eq!(liveness.callers_waiting(), 2);
        drop(one);
        assert_eq!(liveness.callers_waiting(), 1);
        drop(two);
        assert_eq!(liveness.callers_waiting(), 0);
        liveness.note_round();
        assert!(liveness.since_last_round() < Duration::from_secs(60));
    }
}
