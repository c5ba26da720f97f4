//! What a plant sets of the store: where it is, how long and how much it keeps, and its clock.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// The settings of the engine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The folder of the store.
    pub folder: PathBuf,
    /// Minutes that the wall clock of the city is ahead of UTC.
    pub offset_minutes: i64,
    /// Days that values are kept at least; not below 183.
    pub keep_days: u32,
    /// The most megabytes that the store takes.
    pub max_disk_mb: u64,
    /// Seconds between two commits while no bucket ends.
    pub commit_seconds: i64,
    /// Seconds without a sample after which a counter's increase is not placed by time, and a flow has a gap.
    pub gap_seconds: i64,
    /// Whether an increase over a gap is spread over it by interpolation; each such value is marked.
    pub interpolate: bool,
    /// Minutes of a real-time value that is sent: 15 or 60.
    pub grain_minutes: u32,
    /// Seconds of an unchanged value after which a point is stuck.
    pub stuck_seconds: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            folder: PathBuf::from("data"),
            offset_minutes: 480,
            keep_days: 183,
            max_disk_mb: 4096,
            commit_seconds: 60,
            gap_seconds: 1800,
            interpolate: false,
            grain_minutes: 15,
            stuck_seconds: 10_800,
        }
    }
}
