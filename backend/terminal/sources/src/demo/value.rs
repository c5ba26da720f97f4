//! What a simulated meter shows.
use std::sync::Arc;

/// The value of a counter or a flow now; the caller knows the clock.
pub type Value = Arc<dyn Fn() -> f64 + Send + Sync>;
