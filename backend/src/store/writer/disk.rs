//! The writer's care for the disk: makes checkpoints in time and only with room for them, watches the free-space floor,
//! and decides what a failed transaction means.

use std::time::Instant;

use crate::store::database::meta::set_meta;
use crate::store::dictionaries;
use crate::store::durability::disk_watch::{CHECKPOINT_RETRY, SPACE_INTERVAL};
use crate::store::durability::space::{allows_checkpoint, free_bytes};
use crate::store::error::{Result, StoreError};
use crate::store::state::DATA_VERSION;
use crate::store::writer::Writer;
use crate::{fail_point, panics};

impl Writer {
    /// Writes the log into the database when it is old or long enough.
    pub(crate) fn checkpoint_in_time(&mut self) {
        if self.disk.checkpoint_is_due() {
            self.checkpoint();
        }
    }

    /// Starts a checkpoint only with enough free space: after one that fails, the database has to be opened again.
    pub(crate) fn checkpoint(&mut self) {
        let free = free_bytes(&self.disk.folder).unwrap_or(u64::MAX);
        if !allows_checkpoint(free, self.disk.log_bytes()) {
            self.disk.not_before = Some(Instant::now() + CHECKPOINT_RETRY);
            tracing::warn!(free, "no room for a checkpoint; the log keeps growing");
            return;
        }
        self.disk.log_since = None;
        self.disk.not_before = None;
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

    /// Reads the free space from time to time.
    pub(crate) fn watch_space(&mut self) {
        let seen = self.disk.space_seen;
        if seen.is_some_and(|it| it.elapsed() < SPACE_INTERVAL) {
            return;
        }
        self.disk.space_seen = Some(Instant::now());
        if let Ok(free) = free_bytes(&self.disk.folder) {
            metrics::gauge!("nengce_disk_free_bytes").set(free as f64);
            self.shared.set_space(self.disk.floor.check(free));
        }
    }

    /// After a failed transaction, notes whether the database has to be opened again or the disk is full.
    pub(crate) fn note_failure(&mut self, error: &StoreError) {
        if error.is_fatal() {
            tracing::error!(%error, "the database failed; it is opened anew");
            self.shared.fail(error.to_string());
        } else if error.is_full() {
            let free = free_bytes(&self.disk.folder).unwrap_or(0);
            self.disk.floor.raise(free);
            self.disk.space_seen = None;
            self.watch_space();
        }
    }

    /// Writes the tables of the dictionaries at a start. While the disk is full, the tables of an earlier start stay in
    /// use.
    pub(crate) fn write_dimension_tables(&mut self) -> Result<()> {
        let dictionaries = self.shared.dictionaries();
        let done = self.in_transaction(|writer| {
            Ok(dictionaries::write_dimension_tables(&writer.conn, &dictionaries)?)
        });
        self.dimension_tables_wait = done.as_ref().is_err_and(StoreError::is_full);
        match done {
            Err(error) if error.is_full() => {
                tracing::warn!(%error, "no room to write the dictionaries' tables; reading goes on");
                Ok(())
            }
            done => done,
        }
    }

    /// Writes these tables later, once there is free space.
    pub(crate) fn write_waiting_dimension_tables(&mut self) {
        if self.dimension_tables_wait
            && self.shared.space().is_none()
            && let Err(error) = self.write_dimension_tables()
        {
            tracing::error!(%error, "the dictionaries' tables could not be written");
        }
    }

    /// Part of a transaction after which the data version rises.
    pub(crate) fn note_version(&self) -> Result<()> {
        let next = self.shared.version() + 1;
        Ok(set_meta(&self.conn, DATA_VERSION, &next.to_string())?)
    }
}
