//! Counts panics by the part of the server in which they happen. A job that panics fails alone. A part that runs as
//! long as the server is started again after a pause; if it panics again and again, the process ends.

use std::any::Any;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use parking_lot::{Mutex, MutexGuard};
use tokio::sync::watch;

#[cfg(not(panic = "unwind"))]
compile_error!("a panic must fail its job alone: build the server with panic = \"unwind\"");

pub const WRITER: &str = "writer";
pub const ROLL_UPS: &str = "roll-ups";
pub const CHECKPOINT: &str = "checkpoint";
/// Steps of compaction, retention and the quality rules on the writer's thread.
pub const CHORE: &str = "chore";
pub const READER: &str = "reader";
pub const QUALITY: &str = "quality";
pub const MAINTENANCE: &str = "maintenance";
pub const CREDIT_PUSH: &str = "credit-push";
pub const LINK: &str = "link";
pub const MONTHLY_RANKING: &str = "monthly-ranking";
pub const SESSIONS: &str = "sessions";
pub const LISTENER: &str = "listener";
pub const CONNECTION: &str = "connection";
pub const SNAPSHOT: &str = "snapshot";
pub const IMPORT: &str = "import";
pub const BULK: &str = "bulk";

/// Rest of a part after a panic, doubled up to the last.
const RESTART_DELAYS: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(30));
/// So many panics, each within `RESTART_WINDOW` of a start, mean that a part cannot be kept running.
const MOST_RESTARTS: u32 = 5;
const RESTART_WINDOW: Duration = Duration::from_secs(60);

/// A part of the server cannot be kept running: the process ends, and its supervisor starts it again.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{part} cannot be kept running: {why}")]
pub struct GaveUp {
    pub part: &'static str,
    pub why: String,
}

thread_local! {
    static PART: Cell<&'static str> = const { Cell::new("") };
}

/// Marks the thread as at work for a part until it is dropped.
struct Here(&'static str);

impl Here {
    fn enter(part: &'static str) -> Self {
        Self(PART.replace(part))
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        PART.set(self.0);
    }
}

/// Counts and logs every panic of the process with its part and place.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        let thread = std::thread::current();
        let part = match PART.get() {
            "" => thread.name().unwrap_or("unnamed").to_owned(),
            it => it.to_owned(),
        };
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let reason = words(info.payload());
        metrics::counter!("nengce_thread_panics_total", "thread" => part.clone()).increment(1);
        tracing::error!(part, place, reason, "a panic");
    }));
}

fn words(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|it| (*it).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "a panic without words".to_owned())
}

/// Does a piece of work of a part; a panic goes on.
pub fn inside<T>(part: &'static str, work: impl FnOnce() -> T) -> T {
    let _here = Here::enter(part);
    work()
}

/// Does a piece of work of a part; the words of its panic, if it panics.
pub fn caught<T>(part: &'static str, work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(|| inside(part, work))).map_err(|it| words(&*it))
}

/// The same for a task.
pub async fn caught_task<F: Future>(part: &'static str, task: F) -> Result<F::Output, String> {
    let mut task = pin!(task);
    poll_fn(move |context| match caught(part, || task.as_mut().poll(context)) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
        Err(why) => Poll::Ready(Err(why)),
    })
    .await
}

/// Polls a task as work of a part; a panic goes on.
pub async fn within<F: Future>(part: &'static str, task: F) -> F::Output {
    let mut task = pin!(task);
    poll_fn(move |context| inside(part, || task.as_mut().poll(context))).await
}

/// The parts that run as long as the server: which of them rest after a panic, and whether one was given up.
#[derive(Clone)]
pub struct Parts {
    resting: Arc<Mutex<BTreeMap<&'static str, u32>>>,
    given_up: Arc<watch::Sender<Option<GaveUp>>>,
}

impl Default for Parts {
    fn default() -> Self {
        Self { resting: Arc::default(), given_up: Arc::new(watch::channel(None).0) }
    }
}

impl Parts {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<&'static str, u32>> {
        self.resting.lock()
    }

    /// Parts that do nothing just now because they panicked.
    pub fn resting(&self) -> Vec<&'static str> {
        self.lock().keys().copied().collect()
    }

    fn rests(&self, part: &'static str) {
        *self.lock().entry(part).or_default() += 1;
    }

    fn works(&self, part: &'static str) {
        let mut resting = self.lock();
        if let Some(count) = resting.get_mut(part) {
            *count -= 1;
            if *count == 0 {
                resting.remove(part);
            }
        }
    }

    /// Waits until some part was given up.
    pub async fn given_up(&self) -> GaveUp {
        let mut told = self.given_up.subscribe();
        loop {
            if let Some(it) = told.borrow_and_update().clone() {
                return it;
            }
            if told.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    /// Runs a part until it ends of itself; after a panic it starts again.
    pub async fn keep<F: Future>(
        &self,
        part: &'static str,
        start: impl FnMut() -> F,
    ) -> Option<F::Output> {
        self.keep_with(part, RESTART_DELAYS.0, start).await
    }

    async fn keep_with<F: Future>(
        &self,
        part: &'static str,
        first: Duration,
        mut start: impl FnMut() -> F,
    ) -> Option<F::Output> {
        let (mut rest, mut count) = (first, 0);
        loop {
            let started = Instant::now();
            let why = match caught_task(part, start()).await {
                Ok(it) => return Some(it),
                Err(why) => why,
            };
            if started.elapsed() > RESTART_WINDOW {
                (rest, count) = (first, 0);
            }
            count += 1;
            self.rests(part);
            if count > MOST_RESTARTS {
                self.given_up.send_replace(Some(GaveUp { part, why }));
                return None;
            }
            tracing::warn!(part, again_in = ?rest, "starts again after a panic");
            tokio::time::sleep(rest).await;
            self.works(part);
            rest = (rest * 2).min(RESTART_DELAYS.1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_starts_again_and_is_given_up_after_many_panics() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        runtime.expect("a runtime").block_on(async {
            let parts = Parts::default();
            let mut left = 3;
            let start = || {
                left -= 1;
                let now = left;
                async move {
                    assert!(now <= 0, "not yet");
                    "done"
                }
            };
            let done = parts.keep_with("tests", Duration::ZERO, start).await;
            assert_eq!((done, parts.resting().len()), (Some("done"), 0));
            let fails = || async { panic!("{}", "always") };
            let never: Option<()> = parts.keep_with("tests", Duration::ZERO, fails).await;
            assert_eq!((never, parts.resting()), (None, vec!["tests"]));
            let told = parts.given_up().await;
            assert_eq!((told.part, told.why.as_str()), ("tests", "always"));
        });
    }

    #[test]
    fn the_part_of_a_thread_is_restored_after_a_panic() {
        let why = caught("tests", || inside("inner", || -> u8 { panic!("over") }));
        assert_eq!(why, Err("over".to_owned()));
        assert_eq!(PART.get(), "");
    }
}
