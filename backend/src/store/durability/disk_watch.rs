//! Decides when the log is written into the database (a checkpoint), and watches the free space on the disk.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::folder::log_of;
use super::space::Floor;
use crate::store::StoreConfig;

/// How often the free space is read.
pub(crate) const SPACE_INTERVAL: Duration = Duration::from_millis(100);
/// Pause after a checkpoint that had too little free space.
pub(crate) const CHECKPOINT_RETRY: Duration = Duration::from_secs(5);

pub(crate) struct DiskWatch {
    pub folder: PathBuf,
    pub floor: Floor,
    pub space_seen: Option<Instant>,
    /// The time of the first commit after the last checkpoint.
    pub log_since: Option<Instant>,
    pub not_before: Option<Instant>,
    checkpoint_interval: Duration,
    checkpoint_log_bytes: u64,
}

impl DiskWatch {
    pub(crate) fn new(folder: &Path, config: &StoreConfig) -> Self {
        Self {
            folder: folder.to_owned(),
            floor: Floor::new(config.free_space_floor_mib),
            space_seen: None,
            // A start may have found a log.
            log_since: Some(Instant::now()),
            not_before: None,
            checkpoint_interval: Duration::from_secs(u64::from(config.checkpoint_interval_seconds)),
            checkpoint_log_bytes: u64::from(config.checkpoint_log_mib) << 20,
        }
    }

    pub(crate) fn committed(&mut self) {
        self.log_since.get_or_insert_with(Instant::now);
    }

    pub(crate) fn log_bytes(&self) -> u64 {
        std::fs::metadata(log_of(&self.folder)).map_or(0, |it| it.len())
    }

    pub(crate) fn checkpoint_is_due(&self) -> bool {
        self.log_since.is_some_and(|since| {
            self.not_before.is_none_or(|it| it <= Instant::now())
                && (since.elapsed() >= self.checkpoint_interval
                    || self.log_bytes() >= self.checkpoint_log_bytes)
        })
    }
}
