//! Runs the quality rules over changed readings, one step at a time, until the server stops.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch::Receiver;

use crate::clock::Clock;
use crate::config::Config;
use crate::store::Store;
use crate::store::quality::QualityDelay;

/// From so many readings a second on, uploads have the machine and the rules wait longer between steps.
const BUSY_READINGS_PER_SECOND: f64 = 20_000.0;
/// Rest after a step, in times of its length.
const CALM_REST: u32 = 1;
const BUSY_REST: u32 = 9;

/// Rests between two steps as long as it worked, and longer under load, so that uploads and questions keep their turn.
pub async fn run(store: Store, config: Arc<Config>, clock: Clock, mut stop: Receiver<bool>) {
    let pause = Duration::from_millis(config.quality_interval_ms.max(10));
    let delay = QualityDelay {
        quiet: Duration::from_secs(config.quality_quiet_seconds.into()),
        longest: Duration::from_secs(config.quality_longest_wait_seconds.into()),
    };
    let most = config.quality_units_at_once.max(1);
    let mut seen = (Instant::now(), store.committed());
    loop {
        let started = Instant::now();
        let done = store.assess_step(clock.now(), delay, most).await;
        let now = (Instant::now(), store.committed());
        let seconds = now.0.duration_since(seen.0).as_secs_f64();
        let is_busy = (now.1 - seen.1) as f64 > BUSY_READINGS_PER_SECOND * seconds;
        seen = now;
        let rest = match done {
            Ok(true) => started.elapsed() * if is_busy { BUSY_REST } else { CALM_REST },
            Ok(false) => pause,
            Err(error) => {
                tracing::warn!(%error, "quality could not be assessed; it is tried again");
                pause * 5
            }
        };
        tokio::select! {
            () = tokio::time::sleep(rest.min(pause.max(Duration::from_secs(1)))) => {}
            _ = stop.wait_for(|it| *it) => return,
        }
    }
}
