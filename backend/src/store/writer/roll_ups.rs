//! Schedules the writer's roll-ups: at an interval, in slices between commits, and at once when a reader waits for
//! them.

use std::time::Instant;

use crate::store::database::meta::set_meta;
use crate::store::error::{Result, StoreError};
use crate::store::rollup::changed_days::ROLLED_UP_TO;
use crate::store::rollup::schedule::REST_FACTOR;
use crate::store::writer::Writer;
use crate::{fail_point, panics};

impl Writer {
    /// Whether a roll-up is due: at once if a reader waits for it, or if work in the background does and there is nothing
    /// to commit; otherwise at an interval so long that roll-ups take at most a tenth of the time.
    pub(crate) fn roll_up_is_due(&self, is_idle: bool) -> bool {
        let pause = match self.changed_days.in_pass() {
            true => self.roll_up_schedule.took * REST_FACTOR,
            false => self.pace.rollup_interval.max(self.roll_up_schedule.took * REST_FACTOR),
        };
        self.roll_up_schedule.is_waited_for(is_idle)
            || (!(self.changed_days.is_empty() && self.seen.is_empty())
                && self.roll_up_schedule.at.elapsed() >= pause)
    }

    pub(crate) fn answer_waiting_readers(&mut self, done: Result<()>) {
        // While the disk is full, queries are answered from what is rolled up; the answer says that it is behind.
        let failed = done.err().filter(|it| !it.is_full()).map(|it| it.to_string());
        for (_, answer) in self.roll_up_schedule.waiting_readers.drain(..) {
            let answered = answer.send(match &failed {
                None => Ok(()),
                Some(why) => Err(StoreError::Unavailable(why.clone())),
            });
            drop(answered);
        }
    }

    /// Adds all days that changed by now to the pass; without a pass they begin one.
    pub(crate) fn begin_pass(&mut self) {
        if !(self.changed_days.is_empty() && self.seen.is_empty()) {
            self.changed_days.begin_pass(self.next_upload - 1);
        }
    }

    /// Rolls up all changed days, however long that takes.
    pub(crate) fn roll_up(&mut self) -> Result<()> {
        self.roll_up_until(None)
    }

    /// Rolls up changed days, but not beyond a moment.
    pub(crate) fn roll_up_until(&mut self, end: Option<Instant>) -> Result<()> {
        self.begin_pass();
        while !self.roll_up_slice()? {
            if end.is_some_and(|it| it <= Instant::now()) {
                tracing::info!("roll-ups are left to the next start");
                return Err(self.shared.lost());
            }
        }
        Ok(())
    }

    /// Rolls up a part of the pass that is short enough for commits to wait. True: the pass is complete.
    pub(crate) fn roll_up_slice(&mut self) -> Result<bool> {
        panics::inside(panics::ROLL_UPS, || self.slice())
    }

    fn slice(&mut self) -> Result<bool> {
        if !self.changed_days.in_pass() {
            self.begin_pass();
            if !self.changed_days.in_pass() {
                return Ok(true);
            }
        }
        let started = Instant::now();
        let slice = self.changed_days.slice(self.roll_up_schedule.slice);
        let done = self
            .in_transaction(|writer| {
                let summaries = writer.shared.summaries_before();
                let last = writer.changed_days.refresh(&writer.conn, summaries, slice)?;
                fail_point::hit("roll-ups:slice");
                if let Some(upto) = last {
                    writer.items.write_touched(&writer.conn, &writer.seen)?;
                    set_meta(&writer.conn, ROLLED_UP_TO, &upto.to_string())?;
                    writer.note_version()?;
                }
                Ok(last.is_some())
            })
            .inspect_err(|error| {
                tracing::error!(%error, "roll-ups could not be refreshed");
                self.roll_up_schedule.at = Instant::now();
                self.roll_up_schedule.took = self.pace.rollup_interval;
            })?;
        fail_point::hit("roll-ups:committed");
        let changed = self.changed_days.refreshed(slice);
        if done {
            self.items.touched_written();
            self.seen.clear();
            if changed {
                self.shared.bump();
            }
            self.shared.set_behind(!self.changed_days.is_empty());
        }
        self.roll_up_schedule.note(started.elapsed());
        metrics::histogram!("nengce_rollup_seconds")
            .record(self.roll_up_schedule.took.as_secs_f64());
        Ok(done)
    }
}
