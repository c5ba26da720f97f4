//! The store, the only module that names duckdb: one writer, many readers, and nothing that blocks the runtime.

pub mod backup;
pub mod baseline;
pub mod batch;
pub mod bulk;
mod catching_up;
pub mod claim_room;
pub mod claimants;
mod claims;
pub mod columnar;
mod columns;
mod committing;
pub mod compact;
pub mod credentials;
pub mod cube;
pub mod cube_baseline;
mod day_set;
pub mod dictionaries;
pub mod error;
mod group;
mod home;
pub mod imports;
mod items;
mod job;
pub mod keep;
pub mod lapse;
mod lateness;
pub mod ledger;
mod migrate;
pub mod parquet;
mod prepared;
mod pulse;
pub mod quality;
pub mod queries;
mod readers;
mod readiness;
pub mod registration_codes;
pub mod registrations;
pub mod registry;
pub mod replacements;
mod resolve;
pub mod retention;
mod rollup;
pub mod seal;
pub mod series_baseline;
mod slots;
mod space;
mod state;
#[cfg(test)]
mod tests;
pub mod tokens;
mod trim;
pub mod unit_change_list;
pub mod unit_changes;
mod unit_identity;
mod upkeep;
pub mod verify;
mod waiting_texts;
mod wal;
pub mod write;
mod write_registrations;
mod write_units;
mod writer;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLockReadGuard};
use std::thread::JoinHandle;
use std::time::Duration;

pub use duckdb::Connection;
use jiff::ToSpan;
use jiff::civil::DateTime;
use nengce_core::reference::Dictionaries;
use tokio::sync::oneshot;

use crate::{fail_point, modes, panics};
use batch::{Batch, Receipt};
pub use error::{Result, StoreError};
use home::Home;
use job::Job;
use readers::{Asked, Lent, Question, Readers};
pub use readiness::NotReady;
use registry::{DeviceEntry, DeviceState, Registry, UnitEntry};
use state::Shared;
pub use wal::Cut as LogCut;
use write::Write;

/// Limits of the store; names carry their units.
#[derive(Debug, Clone)]
pub struct StoreConfig {
    pub memory_limit_mib: u32,
    pub read_connections: usize,
    pub queue_messages: usize,
    pub group_readings: usize,
    pub rollup_interval_ms: u64,
    /// With less than this free on the disk nothing is acknowledged; 0: until a write fails.
    pub free_space_floor_mib: u32,
    /// How long and how far the log may grow before it is written into the database: a start replays it whole.
    pub checkpoint_interval_seconds: u32,
    pub checkpoint_log_mib: u32,
    /// Replacing a value whose period ended longer ago waits for an operator; 0: never.
    pub replacement_window_days: u32,
    /// Not ready when jobs wait and the writer has not gone round for so long.
    pub writer_stall_seconds: u32,
    /// For how long a database that cannot be opened anew is tried again, unless the disk is full.
    pub reopen_patience_seconds: u32,
    /// What keys of enterprises are sealed with on disk.
    pub data_key: Option<seal::DataKey>,
    /// What one sender may leave.
    pub limits: ledger::Limits,
}

#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    folder: PathBuf,
    shared: Arc<Shared>,
    jobs: SyncSender<Job>,
    readers: Arc<Readers>,
    thread: Mutex<Option<JoinHandle<()>>>,
    /// Held by a backup, compaction, retention or check.
    keeping: tokio::sync::Mutex<()>,
    /// No other process serves the folder as long as this is held.
    lock: Mutex<Option<File>>,
    /// When callers wait this long for a writer that does not move, the store is not ready.
    stall: Duration,
}

impl Store {
    /// Opens or creates the folder, migrates, and starts the writer.
    pub fn open(folder: &Path, config: &StoreConfig) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let lock = home::lock(folder)?;
        modes::tighten_data(folder);
        let (conn, loaded) = home::load(folder, config)?;
        let (window, key) = (config.replacement_window_days, config.data_key.clone());
        let shared = Arc::new(Shared::new(loaded, window, key));
        let readers = Arc::new(Readers::new(config.read_connections));
        let home = Home {
            folder: folder.to_owned(),
            config: config.clone(),
            shared: Arc::clone(&shared),
            readers: Arc::clone(&readers),
        };
        let mut writer = home.writer(conn)?;
        writer.write_dims()?;
        let (jobs, queue) = sync_channel(config.queue_messages.max(1));
        let thread = std::thread::Builder::new()
            .name("nengce-writer".to_owned())
            .spawn(move || home.run(writer, &queue))?;
        Ok(Self {
            inner: Arc::new(Inner {
                folder: folder.to_owned(),
                shared,
                jobs,
                readers,
                thread: Mutex::new(Some(thread)),
                keeping: tokio::sync::Mutex::new(()),
                lock: Mutex::new(Some(lock)),
                stall: Duration::from_secs(u64::from(config.writer_stall_seconds.max(1))),
            }),
        })
    }

    /// Durable when it returns.
    pub async fn ingest(&self, batch: Batch) -> Result<Receipt> {
        let _waits = self.inner.shared.pulse.wait();
        let (answer, receipt) = oneshot::channel();
        self.send(Job::Ingest(batch.into(), answer))?;
        receipt.await.map_err(|_| self.lost())?
    }

    /// A change of units, devices, dictionaries …: one transaction on the writer's thread.
    pub async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Write<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let _waits = self.inner.shared.pulse.wait();
        let (answer, done) = oneshot::channel();
        let (give, take) = std::sync::mpsc::sync_channel(1);
        let change = move |it: &mut Write<'_>| {
            let value = change(it)?;
            drop(give.send(value));
            Ok(())
        };
        self.send(Job::Change(Box::new(change), answer))?;
        done.await.map_err(|_| self.lost())??;
        take.try_recv().map_err(|_| self.lost())
    }

    /// Waits until the roll-ups hold all that was acknowledged before.
    pub async fn settle(&self) -> Result<()> {
        if !self.inner.shared.is_behind() {
            return Ok(());
        }
        let _waits = self.inner.shared.pulse.wait();
        let (answer, done) = oneshot::channel();
        self.send(Job::Settle(answer))?;
        done.await.map_err(|_| self.lost())?
    }

    /// Asks on a reader's connection, on the blocking pool; waits its turn when all are busy.
    pub async fn read<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let readers = Arc::clone(&self.inner.readers);
        let question = Arc::new(Question::default());
        // Whoever asked may be gone before the answer is there: then it is not worth a reader's time.
        let asked = Asked(Arc::clone(&question));
        let turn = readers.turn().await?;
        let done = tokio::task::spawn_blocking(move || {
            panics::inside(panics::READER, || {
                let lent = Lent::new(readers, turn, question)?;
                fail_point::hit("reader:question");
                ask(lent.conn()?)
            })
        })
        .await
        .map_err(|error| StoreError::Panicked(error.to_string()))?;
        drop(asked);
        done.inspect_err(|error| {
            if error.is_fatal() {
                self.inner.shared.fail(error.to_string());
            }
        })
    }

    pub fn data_version(&self) -> u64 {
        self.inner.shared.version()
    }

    pub fn is_behind(&self) -> bool {
        self.inner.shared.is_behind()
    }

    pub fn dictionaries(&self) -> Arc<Dictionaries> {
        self.inner.shared.dictionaries()
    }

    pub fn registry(&self) -> RwLockReadGuard<'_, Registry> {
        self.inner.shared.registry()
    }

    /// Claims that may still be decided, picked up or repeated.
    pub fn claims(&self) -> MutexGuard<'_, claimants::Claims> {
        self.inner.shared.claims()
    }

    /// Another proof of a registration in force, in memory alone: who registers often does not write often.
    pub fn note_registration(&self, it: registrations::Registration) {
        self.inner.shared.registry_mut().registrations.put(it);
    }

    /// Ends claims whose time is over; expired ones leave the disk after the same time again.
    pub async fn sweep_claims(&self, now: DateTime, days: u32) -> Result<()> {
        let over = self.claims().take_over_time(now, days);
        if over.is_empty() {
            return Ok(());
        }
        self.write(move |write| {
            for claim_id in over {
                write.end_claim_over_time(claim_id, now, days)?;
            }
            let long = 2 * i64::from(days);
            claimants::delete_expired(write.conn, now.saturating_sub(long.days()))
        })
        .await
    }

    pub fn folder(&self) -> &Path {
        &self.inner.folder
    }

    /// What the last opening took off the log, if it could not be read.
    pub fn log_cut(&self) -> Option<LogCut> {
        self.inner.shared.cut()
    }

    /// Commits what is queued, rolls up, writes a checkpoint, and ends the writer.
    pub fn close(&self) {
        self.inner.shared.close();
        drop(self.inner.jobs.send(Job::Stop));
        let thread = self.inner.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if thread.is_some_and(|it| it.join().is_err()) {
            tracing::error!("the writer ended by a panic");
        }
        self.inner.readers.close();
        drop(self.inner.lock.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    fn send(&self, job: Job) -> Result<()> {
        let grows = matches!(job, Job::Ingest(..) | Job::Change(..));
        if let Some(error) = self.inner.shared.trouble(grows) {
            return Err(error);
        }
        self.inner.jobs.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => StoreError::Overloaded,
            TrySendError::Disconnected(_) => self.lost(),
        })
    }

    fn lost(&self) -> StoreError {
        self.inner.shared.lost()
    }
}

/// Items with how many readings of stat types `low` to `high` they have from a moment to before another.
fn rows_of(conn: &Connection, from: &str, to: &str, low: u8, high: u8) -> Result<Vec<(i32, u64)>> {
    let mut found = Vec::new();
    queries::each(
        conn,
        include_str!("sql/compact_items.sql"),
        duckdb::params![from, to, low, high],
        |row| {
            found.push((row.get(0)?, row.get(1)?));
            Ok(())
        },
    )?;
    Ok(found)
}

fn registry(conn: &Connection, key: Option<&seal::DataKey>) -> Result<Registry> {
    let mut registry = Registry::default();
    let mut statement = conn.prepare(include_str!("sql/load_units.sql"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        registry.put_unit(UnitEntry {
            unit_id: row.get(0)?,
            enterprise_code: row.get(1)?,
            name: row.get(2)?,
            region_code: row.get(3)?,
            industry_code: row.get(4)?,
            class: row.get(5)?,
            approved: row.get(6)?,
        });
    }
    let mut statement = conn.prepare(include_str!("sql/load_devices.sql"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        registry.put_device(DeviceEntry {
            device_id: row.get(0)?,
            unit_id: row.get(1)?,
            state: DeviceState::parse(&row.get::<_, String>(2)?),
            upload_time: row.get(3)?,
            last_seen: row
                .get::<_, Option<String>>(4)?
                .and_then(|it| it.replace(' ', "T").parse().ok()),
        });
    }
    registry.credentials = credentials::Credentials::load(conn, key)?;
    registry.registrations = registrations::Registrations::load(conn)?;
    registry.codes = registration_codes::Codes::load(conn)?;
    Ok(registry)
}
