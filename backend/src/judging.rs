//! Runs the quality rules over what has arrived, a step at a time, until the server stops.

use std::time::{Duration, Instant};

use tokio::sync::watch::Receiver;

use crate::http::state::AppState;

/// Rests between two steps as long as it worked, so that uploads and questions keep their turn.
pub async fn watch(state: AppState, mut stop: Receiver<bool>) {
    let pause = Duration::from_millis(state.config.quality_interval_ms.max(10));
    loop {
        let started = Instant::now();
        let rest = match state.store.judge_step(state.clock.now()).await {
            Ok(true) => started.elapsed().min(pause),
            Ok(false) => pause,
            Err(error) => {
                tracing::warn!(%error, "quality could not be judged; it is tried again");
                pause * 5
            }
        };
        tokio::select! {
            () = tokio::time::sleep(rest) => {}
            _ = stop.wait_for(|it| *it) => return,
        }
    }
}
