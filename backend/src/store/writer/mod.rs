//! The only writer: a thread that takes the waiting messages, commits them as a group, sends the answers, and refreshes
//! the roll-ups. An answer is sent only after the commit is on disk.

mod audit;
mod disk;
mod group_commit;
mod group_write;
pub(super) mod job;
mod roll_ups;
pub(super) mod supervisor;

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use duckdb::Connection;
use jiff::civil::DateTime;
use nengce_shared::stat_type::StatType;

use crate::store::change::Transaction;
use crate::store::commit::columnar_batch::quarter_hour_bit;
use crate::store::commit::items::Items;
use crate::store::commit::quarter_hours::item_day;
use crate::store::commit::sender_usage::SenderUsage;
use crate::store::database::append::TEMPORARY_TABLES;
use crate::store::database::meta::meta;
use crate::store::durability::disk_watch::DiskWatch;
use crate::store::error::Result;
use crate::store::rollup::changed_days::{ChangedDays, ROLLED_UP_TO};
use crate::store::rollup::schedule::RollUpSchedule;
use crate::store::state::Shared;
use crate::store::value::Key;
use crate::store::writer::job::{Change, Ending, Job, MaintenanceStep};
use crate::{fail_point, panics};

/// Roll-ups may take so long when the server stops; the next start does the rest.
const AT_THE_END: Duration = Duration::from_millis(500);

/// Limits of a group.
#[derive(Debug, Clone, Copy)]
pub(super) struct GroupLimits {
    pub group_readings: usize,
    pub rollup_interval: Duration,
}

pub(super) struct Writer {
    pub conn: Connection,
    pub items: Items,
    pub changed_days: ChangedDays,
    pub shared: Arc<Shared>,
    pub pace: GroupLimits,
    pub(crate) next_upload: i32,
    pub(crate) seen: HashMap<String, DateTime>,
    pub(crate) roll_up_schedule: RollUpSchedule,
    pub(crate) disk: DiskWatch,
    /// Jobs to be done one by one, because the writer panicked over a group of them.
    pub(crate) retries: VecDeque<Job>,
    /// The tables of the dictionaries have still to be written, because the disk was full at the start.
    pub(crate) dimension_tables_wait: bool,
    sender_usage: SenderUsage,
}

impl Writer {
    pub(super) fn new(
        conn: Connection,
        shared: Arc<Shared>,
        pace: GroupLimits,
        disk: DiskWatch,
        sender_usage: SenderUsage,
    ) -> Result<Self> {
        conn.execute_batch(TEMPORARY_TABLES)?;
        let mut items = Items::load(&conn)?;
        let last: Option<i32> =
            conn.query_row(include_str!("../maintenance/sql/upload_last.sql"), [], |row| {
                row.get(0)
            })?;
        let rolled_up_to = meta(&conn, ROLLED_UP_TO)?.and_then(|it| it.parse().ok()).unwrap_or(0);
        let mut changed_days = ChangedDays::default();
        changed_days.load_years(&conn)?;
        changed_days.items_with_years().for_each(|it| shared.quality.touch_year(it));
        changed_days.add_since(&conn, rolled_up_to)?;
        items.touch(changed_days.items());
        let mut writer = Self {
            conn,
            items,
            changed_days,
            shared,
            pace,
            next_upload: last.unwrap_or(0) + 1,
            seen: HashMap::new(),
            roll_up_schedule: RollUpSchedule::default(),
            disk,
            retries: VecDeque::new(),
            dimension_tables_wait: false,
            sender_usage,
        };
        match writer.roll_up() {
            Err(error) if error.is_fatal() => return Err(error),
            // Days that could not be rolled up on a full disk are rolled up once there is space.
            _ => writer.watch_space(),
        }
        Ok(writer)
    }

    /// Runs until it is told to stop, and commits what is queued by then. The jobs in `retries` are done first, one by one.
    pub(super) fn run(mut self, jobs: &Receiver<Job>, retries: Vec<Job>) -> Ending {
        self.retries = retries.into();
        let mut next: Option<Job> = None;
        loop {
            self.shared.liveness.note_round();
            if self.shared.has_failed() {
                if self.retries.is_empty() {
                    next.take().into_iter().for_each(|it| it.refuse(|| self.shared.failed()));
                }
                self.retries.extend(next);
                self.answer_waiting_readers(Err(self.shared.failed()));
                return Ending::Failed(self.retries.into());
            }
            fail_point::hit("writer:round");
            self.watch_space();
            let (job, alone) = match (self.retries.pop_front(), next.take()) {
                (Some(job), later) => {
                    next = later;
                    (Ok(job), true)
                }
                (None, Some(job)) => (Ok(job), false),
                (None, None) => (jobs.recv_timeout(self.patience()), false),
            };
            fail_point::stall("stall:writer");
            let is_idle = matches!(job, Err(RecvTimeoutError::Timeout));
            match job {
                Ok(Job::Stop) | Err(RecvTimeoutError::Disconnected) => break,
                Ok(Job::Ingest(batch, answer)) if !alone => {
                    next = self.ingest(batch, answer, jobs);
                }
                Ok(job) => self.work_off(job),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if self.shared.has_failed() {
                continue;
            }
            if self.roll_up_is_due(is_idle) {
                match self.guarded(Self::roll_up_slice) {
                    Ok(false) => {}
                    done => self.answer_waiting_readers(done.map(drop)),
                }
            }
            self.write_waiting_dimension_tables();
            self.write_audit_in_time();
            self.checkpoint_in_time();
        }
        let done = self.roll_up_until(Some(Instant::now() + AT_THE_END));
        self.answer_waiting_readers(done);
        self.write_audit_at_the_end();
        self.checkpoint();
        Ending::Stopped
    }

    /// Does one job by itself.
    fn work_off(&mut self, job: Job) {
        match job {
            Job::Ingest(batch, answer) => self.commit_group(vec![batch], vec![answer]),
            Job::Change(change, answer) => {
                let done = self.guarded(|it| it.change(change));
                drop(answer.send(done));
                self.shared.liveness.note_job_done();
            }
            Job::RollUp(pace, answer) => {
                self.roll_up_schedule.wait(pace, answer);
                self.begin_pass();
            }
            Job::Maintain { rolled_up, step, answer } => {
                let done = self
                    .guarded(|it| panics::inside(panics::CHORE, || it.maintain(rolled_up, step)));
                drop(answer.send(done));
            }
            Job::Audit(answer) => {
                let done = self.guarded(Self::write_audit);
                drop(answer.send(done));
            }
            Job::Checkpoint(answer) => {
                let done = self.guarded(|writer| {
                    writer.checkpoint();
                    Ok(())
                });
                if done.is_ok() {
                    let _asker_gone = answer.send(());
                }
            }
            Job::Stop => {}
        }
    }

    /// How long the writer waits for a job before it does what is due by itself.
    fn patience(&self) -> Duration {
        if self.roll_up_schedule.is_waited_for(false) {
            Duration::ZERO
        } else if self.changed_days.is_empty() && self.seen.is_empty() {
            Duration::from_secs(1)
        } else {
            Duration::from_millis(20)
        }
    }

    /// Notes committed item-days in memory, so that they are known to exist and are rolled up.
    fn note_days(&mut self, days: &[(i32, StatType, i32, bool)]) {
        for (item, stat, day, fine) in days {
            self.items.see(*item, *stat, *day, *fine);
            self.changed_days.add_day(*item, *stat, *day);
            self.shared.quality.touch(*item, *day);
            if *stat == StatType::Year {
                self.shared.quality.touch_year(*item);
            }
        }
        if !days.is_empty() {
            self.shared.set_behind(true);
        }
    }

    /// Notes committed keys and their item-days.
    pub(super) fn note(&mut self, keys: &[Key]) {
        for (item, stat, at) in keys {
            let day = at.div_euclid(86_400) as i32;
            let place = item_day(*item, *stat, day);
            self.items.quarter_hours.mark(place, quarter_hour_bit(*stat, *at));
            self.note_days(&[(*item, *stat, day, at.rem_euclid(3600) != 0)]);
        }
    }

    /// Does a job whose caller waits. After a panic the store reports its failure before the caller gets an answer, so
    /// that no caller is told "failed" while the store says that it is ready.
    fn guarded<T>(&mut self, job: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        panics::caught(panics::WRITER, || job(self)).unwrap_or_else(|why| {
            self.shared.fail(format!("the writer panicked: {why}"));
            Err(self.shared.lost())
        })
    }

    fn change(&mut self, change: Change) -> Result<()> {
        let shared = Arc::clone(&self.shared);
        let (after, keys) = self
            .in_transaction(|writer| {
                let (items, waiting) = (&mut writer.items, &mut writer.sender_usage.pending_texts);
                let mut write = Transaction::new(&writer.conn, items, waiting, &shared);
                change(&mut write)?;
                fail_point::hit("writer:in_change");
                let learnt = write.finish();
                writer.note_version()?;
                Ok(learnt)
            })
            .inspect_err(|_| self.items.rolled_back())?;
        fail_point::hit("writer:after_change");
        self.items.committed();
        self.note(&keys);
        after.apply(&shared);
        shared.bump();
        Ok(())
    }

    fn maintain(&mut self, rolled_up: bool, step: MaintenanceStep) -> Result<Duration> {
        let started = Instant::now();
        if rolled_up {
            self.roll_up()?;
        }
        self.in_transaction(|writer| {
            fail_point::hit("chore:step");
            step(&writer.conn)
        })?;
        Ok(started.elapsed())
    }

    pub(crate) fn in_transaction<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<T> {
        let begun = self.execute_planned("BEGIN");
        let done = begun
            .and_then(|()| work(self))
            .and_then(|it| self.execute_planned("COMMIT").map(|()| it));
        if done.is_ok() {
            self.disk.committed();
        } else if let Err(error) = self.conn.execute_batch("ROLLBACK") {
            tracing::debug!(%error, "nothing to roll back");
        }
        if let Err(error) = &done {
            self.note_failure(error);
        }
        done
    }

    /// Executes a statement that is planned once.
    fn execute_planned(&self, statement: &str) -> Result<()> {
        self.conn.prepare_cached(statement)?.execute([])?;
        Ok(())
    }
}
