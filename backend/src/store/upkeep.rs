//! The writer's care for the disk: makes checkpoints in time and only with room for them, watches the free-space floor,
//! and decides what a failed transaction means.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::error::{Result, StoreError};
use super::home::{DATA_VERSION, log_of};
use super::migrate::set_meta;
use super::space::{Floor, allows_checkpoint, free_bytes};
use super::writer::Writer;
use super::{StoreConfig, dictionaries};
use crate::{fail_point, panics};

/// How often the room on the disk is looked at.
const SPACE_INTERVAL: Duration = Duration::from_millis(100);
/// Pause after a checkpoint that did not find its room.
const CHECKPOINT_RETRY: Duration = Duration::from_secs(5);

pub struct Upkeep {
    folder: PathBuf,
    floor: Floor,
    space_seen: Option<Instant>,
    /// When the log got its first commit after the last checkpoint.
    log_since: Option<Instant>,
    not_before: Option<Instant>,
    checkpoint_interval: Duration,
    checkpoint_log_bytes: u64,
}

impl Upkeep {
    pub fn new(folder: &Path, config: &StoreConfig) -> Self {
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

    pub fn committed(&mut self) {
        self.log_since.get_or_insert_with(Instant::now);
    }

    fn log_bytes(&self) -> u64 {
        std::fs::metadata(log_of(&self.folder)).map_or(0, |it| it.len())
    }

    fn checkpoint_is_due(&self) -> bool {
        self.log_since.is_some_and(|since| {
            self.not_before.is_none_or(|it| it <= Instant::now())
                && (since.elapsed() >= self.checkpoint_interval
                    || self.log_bytes() >= self.checkpoint_log_bytes)
        })
    }
}

impl Writer {
    /// Writes the log into the database when it is old or long enough.
    pub(super) fn checkpoint_in_time(&mut self) {
        if self.upkeep.checkpoint_is_due() {
            self.checkpoint();
        }
    }

    /// Not without the room it needs: a checkpoint that finds none ends the instance.
    pub(super) fn checkpoint(&mut self) {
        let free = free_bytes(&self.upkeep.folder).unwrap_or(u64::MAX);
        if !allows_checkpoint(free, self.upkeep.log_bytes()) {
            self.upkeep.not_before = Some(Instant::now() + CHECKPOINT_RETRY);
            tracing::warn!(free, "no room for a checkpoint; the log keeps growing");
            return;
        }
        self.upkeep.log_since = None;
        self.upkeep.not_before = None;
        let started = Instant::now();
        let done = panics::inside(panics::CHECKPOINT, || {
            fail_point::hit("checkpoint:before");
            let done = self.conn.execute_batch("CHECKPOINT");
            fail_point::hit("checkpoint:after");
            done
        });
        metrics::histogram!("nengce_checkpoint_seconds").record(started.elapsed().as_secs_f64());
        if let Err(error) = done {
            tracing::warn!(%error, "a checkpoint failed; the next start replays the log");
            self.note_failure(&error.into());
        }
    }

    /// Looks at the room on the disk, now and then.
    pub(super) fn watch_space(&mut self) {
        let seen = self.upkeep.space_seen;
        if seen.is_some_and(|it| it.elapsed() < SPACE_INTERVAL) {
            return;
        }
        self.upkeep.space_seen = Some(Instant::now());
        if let Ok(free) = free_bytes(&self.upkeep.folder) {
            metrics::gauge!("nengce_disk_free_bytes").set(free as f64);
            self.shared.set_space(self.upkeep.floor.judge(free));
        }
    }

    /// After a failed transaction: whether the instance is lost, or the disk full.
    pub(super) fn note_failure(&mut self, error: &StoreError) {
        if error.is_fatal() {
            tracing::error!(%error, "the database failed; it is opened anew");
            self.shared.fail(error.to_string());
        } else if error.is_full() {
            let free = free_bytes(&self.upkeep.folder).unwrap_or(0);
            self.upkeep.floor.raise(free);
            self.upkeep.space_seen = None;
            self.watch_space();
        }
    }

    /// Writes the tables of the dictionaries, at a start. For want of room those of an earlier start stand until there
    /// is some: reading goes on by them.
    pub(super) fn write_dims(&mut self) -> Result<()> {
        let dictionaries = self.shared.dictionaries();
        let done = self.in_transaction(|it| Ok(dictionaries::write_dims(&it.conn, &dictionaries)?));
        self.dims_wait = done.as_ref().is_err_and(StoreError::is_full);
        match done {
            Err(error) if error.is_full() => {
                tracing::warn!(%error, "no room to write the dictionaries' tables; reading goes on");
                Ok(())
            }
            done => done,
        }
    }

    /// The same later, once there is room.
    pub(super) fn write_waiting_dims(&mut self) {
        if self.dims_wait
            && self.shared.space().is_none()
            && let Err(error) = self.write_dims()
        {
            tracing::error!(%error, "the dictionaries' tables could not be written");
        }
    }

    /// Part of a transaction after which the data version rises.
    pub(super) fn note_version(&self) -> Result<()> {
        let next = self.shared.version() + 1;
        Ok(set_meta(&self.conn, DATA_VERSION, &next.to_string())?)
    }
}
