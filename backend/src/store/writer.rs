//! The one writer: a thread that takes what has queued, commits it as a group, answers, and keeps the roll-ups up.
//! An answer is given only after the commit is on disk.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use duckdb::Connection;
use jiff::civil::DateTime;
use tokio::sync::oneshot;

use super::batch::Receipt;
use super::catching_up::CatchingUp;
use super::claims::{self, Fresh, Member};
use super::columns::WRITERS;
use super::error::{Result, StoreError};
use super::items::Items;
use super::keep::Chore;
use super::migrate::meta;
use super::prepared::{Ready, slot};
use super::registry::DeviceState;
use super::resolve::Resolution;
use super::rollup::{Dirty, ROLLED_UP_TO};
use super::slots::item_day;
use super::state::Shared;
use super::upkeep::Upkeep;
use super::{group, lateness, replacements, write::Write};

pub type Change = Box<dyn FnOnce(&mut Write<'_>) -> Result<()> + Send>;

#[expect(
    clippy::large_enum_variant,
    reason = "nearly every job is an upload; a box would be one more allocation for each"
)]
pub enum Job {
    Ingest(Ready, oneshot::Sender<Result<Receipt>>),
    /// A change of anything but readings, in a transaction of its own.
    Change(Change, oneshot::Sender<Result<()>>),
    /// Answered when the roll-ups hold all that was acknowledged before.
    Settle(oneshot::Sender<Result<()>>),
    /// Housekeeping in a transaction of its own; answered with how long it held the writer.
    Keep {
        rolled_up: bool,
        chore: Chore,
        answer: oneshot::Sender<Result<Duration>>,
    },
    /// Answered when the log is written into the database.
    Checkpoint(oneshot::Sender<()>),
    Stop,
}

impl Job {
    /// Answers without doing it.
    pub fn refuse(self, why: impl Fn() -> StoreError) {
        match self {
            Self::Ingest(_, answer) => drop(answer.send(Err(why()))),
            Self::Change(_, answer) | Self::Settle(answer) => drop(answer.send(Err(why()))),
            Self::Keep { answer, .. } => drop(answer.send(Err(why()))),
            Self::Checkpoint(_) | Self::Stop => {}
        }
    }
}

/// Why the writer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Stopped,
    /// The database is to be opened anew.
    Failed,
}

/// Limits of a group.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    pub group_readings: usize,
    pub rollup_interval: Duration,
}

/// What a group put into the readings: item-days that were new as they came, and resolved keys.
struct Written {
    days: Vec<(i32, u8, i32, bool)>,
    keys: Vec<super::resolve::Key>,
}

pub struct Writer {
    pub conn: Connection,
    pub items: Items,
    pub dirty: Dirty,
    pub shared: Arc<Shared>,
    pub pace: Pace,
    pub(super) next_upload: i32,
    pub(super) seen: HashMap<String, DateTime>,
    pub(super) catching_up: CatchingUp,
    pub(super) upkeep: Upkeep,
}

impl Writer {
    pub fn new(conn: Connection, shared: Arc<Shared>, pace: Pace, upkeep: Upkeep) -> Result<Self> {
        conn.execute_batch(WRITERS)?;
        let mut items = Items::load(&conn)?;
        let last: Option<i32> =
            conn.query_row(include_str!("sql/upload_last.sql"), [], |row| row.get(0))?;
        let rolled_up_to = meta(&conn, ROLLED_UP_TO)?
            .and_then(|it| it.parse().ok())
            .unwrap_or(0);
        let mut dirty = Dirty::default();
        dirty.add_behind(&conn, rolled_up_to)?;
        items.touch(dirty.items());
        let mut writer = Self {
            conn,
            items,
            dirty,
            shared,
            pace,
            next_upload: last.unwrap_or(0) + 1,
            seen: HashMap::new(),
            catching_up: CatchingUp::default(),
            upkeep,
        };
        match writer.roll_up() {
            Err(error) if error.is_fatal() => return Err(error),
            // What could not be rolled up for want of room stays behind until there is some.
            _ => writer.watch_space(),
        }
        Ok(writer)
    }

    /// Runs until told to stop; what is queued by then is still committed.
    pub fn run(mut self, jobs: &Receiver<Job>) -> Ending {
        let mut held: Option<Job> = None;
        loop {
            if self.shared.has_failed() {
                held.into_iter()
                    .for_each(|it| it.refuse(|| self.shared.failed()));
                self.settled(Err(self.shared.failed()));
                return Ending::Failed;
            }
            self.watch_space();
            let job = match held.take() {
                Some(job) => Ok(job),
                None => jobs.recv_timeout(self.patience()),
            };
            match job {
                Ok(Job::Ingest(batch, answer)) => held = self.ingest(batch, answer, jobs),
                Ok(Job::Change(change, answer)) => {
                    let done = self.change(change);
                    drop(answer.send(done));
                }
                Ok(Job::Settle(answer)) => {
                    self.catching_up.wait(answer);
                    self.begin_pass();
                }
                Ok(Job::Keep {
                    rolled_up,
                    chore,
                    answer,
                }) => drop(answer.send(self.keep(rolled_up, chore))),
                Ok(Job::Checkpoint(answer)) => {
                    self.checkpoint();
                    let _asker_gone = answer.send(());
                }
                Ok(Job::Stop) | Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {}
            }
            if self.roll_up_is_due() {
                match self.roll_up_slice() {
                    Ok(false) => {}
                    done => self.settled(done.map(drop)),
                }
            }
            self.checkpoint_in_time();
        }
        let done = self.roll_up();
        self.settled(done);
        self.checkpoint();
        Ending::Stopped
    }

    fn patience(&self) -> Duration {
        if self.catching_up.is_waited_for() {
            Duration::ZERO
        } else if self.dirty.is_empty() && self.seen.is_empty() {
            Duration::from_secs(1)
        } else {
            Duration::from_millis(20)
        }
    }

    fn ingest(
        &mut self,
        batch: Ready,
        answer: oneshot::Sender<Result<Receipt>>,
        jobs: &Receiver<Job>,
    ) -> Option<Job> {
        let mut readings = batch.batch.readings.len();
        let mut batches = vec![batch];
        let mut answers = vec![answer];
        let mut held = None;
        while readings < self.pace.group_readings {
            match jobs.try_recv() {
                Ok(Job::Ingest(batch, answer)) => {
                    readings += batch.batch.readings.len();
                    batches.push(batch);
                    answers.push(answer);
                }
                Ok(other) => {
                    held = Some(other);
                    break;
                }
                Err(_) => break,
            }
        }
        let started = Instant::now();
        match self.commit(&batches) {
            Ok(receipts) => {
                for (answer, receipt) in answers.into_iter().zip(receipts) {
                    drop(answer.send(Ok(receipt)));
                }
                self.shared.add_committed(readings);
                metrics::counter!("nengce_readings_committed_total").increment(readings as u64);
                metrics::histogram!("nengce_group_commit_seconds")
                    .record(started.elapsed().as_secs_f64());
            }
            Err(error) => {
                tracing::error!(%error, "a group could not be committed");
                for answer in answers {
                    let why = self.shared.trouble(true);
                    let why = why.unwrap_or_else(|| StoreError::Unavailable(error.to_string()));
                    drop(answer.send(Err(why)));
                }
            }
        }
        held
    }

    fn commit(&mut self, batches: &[Ready]) -> Result<Vec<Receipt>> {
        let done = self.in_transaction(|it| it.write_group(batches));
        match done {
            Ok((receipts, written)) => {
                self.items.committed();
                self.note_days(&written.days);
                self.note(&written.keys);
                self.next_upload += i32::try_from(batches.len()).unwrap_or(0);
                let mut registry = self.shared.registry_mut();
                for Ready { batch, .. } in batches {
                    registry.seen(&batch.sent_by, batch.received_at);
                    self.seen.insert(batch.sent_by.clone(), batch.received_at);
                }
                Ok(receipts)
            }
            Err(error) => {
                self.items.rolled_back();
                Err(error)
            }
        }
    }

    fn write_group(&mut self, batches: &[Ready]) -> Result<(Vec<Receipt>, Written)> {
        let mut receipts = Vec::with_capacity(batches.len());
        let mut members = Vec::with_capacity(batches.len());
        let mut pending = Vec::new();
        for (at, ready) in batches.iter().enumerate() {
            let batch = &ready.batch;
            let upload_id = self.next_upload + i32::try_from(at).unwrap_or(0);
            let counted = self
                .shared
                .registry()
                .device(&batch.sent_by)
                .is_none_or(|it| it.state != DeviceState::Pending);
            let mut receipt = Receipt {
                upload_id,
                counted,
                rejected: u32::try_from(batch.rejected.len()).unwrap_or(u32::MAX),
                ..Receipt::default()
            };
            if counted {
                members.push(Member::new(&mut self.items, ready, upload_id, at));
            } else {
                receipt.stored = u32::try_from(batch.readings.len()).unwrap_or(u32::MAX);
                pending.push((batch, upload_id));
            }
            receipts.push(receipt);
        }
        let contested = claims::claim(&self.conn, &mut self.items, &members)?;
        let rows = members.iter().map(|it| it.ready.rows.at.len()).sum();
        let mut fresh = Fresh::with_capacity(rows);
        let doubtful: Vec<_> = members
            .iter()
            .map(|it| (it.at, fresh.take(it, &contested, &mut receipts[it.at])))
            .filter(|it| !it.1.origin.is_empty())
            .collect();
        let existing = group::existing(
            &self.conn,
            &self.items,
            doubtful.iter().map(|it| &it.1.staged),
        )?;
        let aside = replacements::waiting(&self.conn, &self.shared, existing.keys().copied())?;
        let mut resolution = Resolution::new(existing);
        resolution.aside = aside;
        for (at, rows) in &doubtful {
            resolution.aside.before =
                lateness::before(batches[*at].batch.received_at, self.shared.window_days());
            let receipt = &mut receipts[*at];
            let outcomes = group::take(&mut resolution, &rows.staged, receipt);
            for (origin, outcome) in rows.origin.iter().zip(outcomes) {
                receipt.outcomes[*origin as usize] = outcome;
            }
        }
        let now = batches
            .iter()
            .map(|it| it.batch.received_at)
            .max()
            .unwrap_or_default();
        self.items
            .write_created(&self.conn, &self.shared.dictionaries(), now)?;
        let days = std::mem::take(&mut fresh.days);
        let keys = group::write(&self.conn, &resolution, fresh, now)?;
        group::write_pending(&self.conn, &pending)?;
        let rows: Vec<_> = batches.iter().zip(&receipts).collect();
        group::write_uploads(&self.conn, &rows)?;
        Ok((receipts, Written { days, keys }))
    }

    /// Notes committed item-days in memory: which days there are, and what to roll up.
    fn note_days(&mut self, days: &[(i32, u8, i32, bool)]) {
        for (item, stat, day, fine) in days {
            self.items.see(*item, *stat, *day, *fine);
            self.dirty.add_day(*item, *stat, *day);
            self.shared.quality.touch(*item, *day);
        }
        if !days.is_empty() {
            self.shared.set_behind(true);
        }
    }

    /// The same for keys.
    pub fn note(&mut self, keys: &[super::resolve::Key]) {
        for (item, stat, at) in keys {
            let day = at.div_euclid(86_400) as i32;
            let place = item_day(*item, *stat, day);
            self.items.slots.mark(place, slot(*stat, *at));
            self.note_days(&[(*item, *stat, day, at.rem_euclid(3600) != 0)]);
        }
    }

    fn change(&mut self, change: Change) -> Result<()> {
        let shared = Arc::clone(&self.shared);
        let (after, keys) = self
            .in_transaction(|it| {
                let mut write = Write::new(&it.conn, &mut it.items, &shared);
                change(&mut write)?;
                let learnt = write.finish();
                it.note_version()?;
                Ok(learnt)
            })
            .inspect_err(|_| self.items.rolled_back())?;
        self.items.committed();
        self.note(&keys);
        after.apply(&shared);
        shared.bump();
        Ok(())
    }

    fn keep(&mut self, rolled_up: bool, chore: Chore) -> Result<Duration> {
        let started = Instant::now();
        if rolled_up {
            self.roll_up()?;
        }
        self.in_transaction(|it| chore(&it.conn))?;
        Ok(started.elapsed())
    }

    pub(super) fn in_transaction<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<T> {
        let begun = self.conn.execute_batch("BEGIN").map_err(StoreError::from);
        let done = begun
            .and_then(|()| work(self))
            .and_then(|it| Ok(self.conn.execute_batch("COMMIT").map(|()| it)?));
        if done.is_ok() {
            self.upkeep.committed();
        } else if let Err(error) = self.conn.execute_batch("ROLLBACK") {
            tracing::debug!(%error, "nothing to roll back");
        }
        if let Err(error) = &done {
            self.note_failure(error);
        }
        done
    }
}
