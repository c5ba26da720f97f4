//! Signs of life of the writer: the time of its last round, the number of waiting callers, the number of finished jobs.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

#[derive(Debug)]
pub struct Pulse {
    start: Instant,
    /// Milliseconds from the start to the last beat.
    beat: AtomicU64,
    waiting: AtomicUsize,
    done: AtomicU64,
}

impl Default for Pulse {
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
pub struct Waits<'a>(&'a Pulse);

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Pulse {
    /// The writer goes round.
    pub fn beat(&self) {
        let now = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.beat.store(now, Ordering::Relaxed);
    }

    pub fn job_done(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    pub fn jobs_done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// Somebody begins to wait.
    pub fn wait(&self) -> Waits<'_> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        Waits(self)
    }

    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// How long ago the last beat was.
    pub fn age(&self) -> Duration {
        let beat = Duration::from_millis(self.beat.load(Ordering::Relaxed));
        self.start.elapsed().saturating_sub(beat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_waits_is_counted_until_the_answer() {
        let pulse = Pulse::default();
        let one = pulse.wait();
        let two = pulse.wait();
        assert_eq!(pulse.waiting(), 2);
        drop(one);
        assert_eq!(pulse.waiting(), 1);
        drop(two);
        assert_eq!(pulse.waiting(), 0);
        pulse.beat();
        assert!(pulse.age() < Duration::from_secs(60));
    }
}
