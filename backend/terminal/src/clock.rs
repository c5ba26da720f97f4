//! The wall clock: the only place that reads it. `NENGCE_CLOCK_OFFSET_FILE` names a file with seconds that are added,
//! by which tests set the clock forth and back.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

/// The clock of the city, in seconds since 1970-01-01 00:00:00.
#[derive(Debug, Clone)]
pub(crate) struct Clock {
    ahead_seconds: i64,
    offset_file: Option<PathBuf>,
}

impl Clock {
    /// The clock of a city that is so many minutes ahead of UTC.
    pub(crate) fn new(ahead_minutes: i64) -> Self {
        let offset_file = std::env::var_os("NENGCE_CLOCK_OFFSET_FILE").map(PathBuf::from);
        Self { ahead_seconds: ahead_minutes * 60, offset_file }
    }

    /// The present moment on the wall.
    pub(crate) fn now(&self) -> i64 {
        self.now_f64() as i64
    }

    /// The present moment with its fraction, for simulated meters.
    pub(crate) fn now_f64(&self) -> f64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let offset = self.offset_file.as_ref().and_then(|it| std::fs::read_to_string(it).ok());
        let offset = offset.and_then(|it| it.trim().parse::<i64>().ok()).unwrap_or(0);
        since.as_secs_f64() + (self.ahead_seconds + offset) as f64
    }
}
