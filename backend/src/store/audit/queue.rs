//! Events that wait for the writer: a bounded queue, which whoever records has to wait for when it is full. Nobody waits
//! for a full disk.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use nengce_core::audit::{Algorithm, HeadKey};
use nengce_shared::api::audit::AuditEvent;
use parking_lot::Mutex;
use tokio::sync::Semaphore;

/// Events that may wait.
pub(crate) const MOST_WAITING: usize = 10_000;
/// Events of one transaction: uploads wait for it.
pub(crate) const BATCH: usize = 500;
/// How long an event waits for others to be written with it.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often whoever waits for room looks whether the disk is full.
const LOOK_INTERVAL: Duration = Duration::from_millis(250);

/// What the writer needs of the log: its hash function, its key, and the events that wait.
pub(crate) struct AuditQueue {
    pub(crate) algorithm: Algorithm,
    pub(crate) key: HeadKey,
    waiting: Mutex<Waiting>,
    room: Semaphore,
}

#[derive(Default)]
struct Waiting {
    events: VecDeque<AuditEvent>,
    /// When the writer first saw that events wait.
    seen_at: Option<Instant>,
}

impl AuditQueue {
    pub(crate) fn new(algorithm: Algorithm, key: HeadKey) -> Self {
        Self { algorithm, key, waiting: Mutex::default(), room: Semaphore::new(MOST_WAITING) }
    }

    /// Keeps an event; the event comes back where the queue is full and nothing can be written.
    pub(crate) async fn put(
        &self,
        event: AuditEvent,
        is_stuck: impl Fn() -> bool,
    ) -> Result<(), AuditEvent> {
        loop {
            match tokio::time::timeout(LOOK_INTERVAL, self.room.acquire()).await {
                Ok(Ok(permit)) => {
                    permit.forget();
                    self.waiting.lock().events.push_back(event);
                    return Ok(());
                }
                _ if is_stuck() => return Err(event),
                _ => {}
            }
        }
    }

    pub(crate) fn is_full(&self) -> bool {
        self.room.available_permits() == 0
    }

    /// Whether events have waited for long enough, or are many.
    pub(crate) fn is_due(&self) -> bool {
        let mut waiting = self.waiting.lock();
        if waiting.events.is_empty() {
            waiting.seen_at = None;
            return false;
        }
        let since = *waiting.seen_at.get_or_insert_with(Instant::now);
        waiting.events.len() >= BATCH || since.elapsed() >= PATIENCE
    }

    /// The events that waited longest; they stay until they are `written`.
    pub(crate) fn batch(&self) -> Vec<AuditEvent> {
        self.waiting.lock().events.iter().take(BATCH).cloned().collect()
    }

    /// So many of the events that waited longest are on disk.
    pub(crate) fn written(&self, count: usize) {
        let mut waiting = self.waiting.lock();
        waiting.events.drain(..count);
        waiting.seen_at = None;
        self.room.add_permits(count);
    }
}
