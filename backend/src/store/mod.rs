//! The store, the only module that names duckdb: one writer, many readers, and nothing that blocks the runtime.

pub mod accounts;
pub mod audit;
pub mod cases;
pub mod change;
pub mod commit;
pub mod costs;
pub mod credit;
pub mod cube;
mod database;
pub mod dictionaries;
mod durability;
pub mod error;
pub mod evidence;
pub mod imports;
pub mod inspection;
pub mod item_day;
pub(crate) mod json;
pub mod link;
mod liveness;
pub mod maintenance;
pub mod publication;
pub mod quality;
pub mod queries;
mod readiness;
pub mod registry;
pub mod replacement;
mod rollup;
pub mod savings;
mod state;
pub mod submissions;
#[cfg(test)]
mod tests;
pub mod unit_columns;
pub mod unit_ids;
mod value;
mod writer;

use std::fs::File;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

pub use duckdb::Connection;
use jiff::civil::DateTime;
use nengce_core::reference::Dictionaries;
use parking_lot::{Mutex, MutexGuard, RwLockReadGuard};
use tokio::sync::oneshot;

use self::rollup::schedule::RollUpPace;
use crate::{fail_point, file_permissions, panics};
use audit::queue::AuditQueue;
use change::Transaction;
use commit::batch::{Batch, Receipt};
use database::connections::{BorrowedConnection, InterruptOnDrop, ReadConnections, RunningQuery};
pub use error::{Result, StoreError};
pub use readiness::NotReady;
use registry::{Registry, claims, data_key, registrations};
use state::Shared;
use writer::job::Job;
use writer::supervisor::WriterSupervisor;

pub use durability::wal::LogCut;

/// Pause before a maintenance step is tried again while the queue is full of uploads.
const QUEUE_PAUSE: Duration = Duration::from_millis(400);

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
    /// The store is not ready when jobs wait and the writer has not finished a round for so long.
    pub writer_stall_seconds: u32,
    /// For how long a database that cannot be opened again is retried, unless the disk is full.
    pub reopen_patience_seconds: u32,
    /// The key that encrypts the keys of enterprises on disk.
    pub data_key: Option<data_key::DataKey>,
    /// The cipher of secrets that are written from now on.
    pub cipher: registry::cipher::Cipher,
    /// How the audit log is kept.
    pub audit: audit::AuditConfig,
    /// Limits of what one sender may leave on disk.
    pub limits: commit::sender_limits::SenderLimits,
}

#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    folder: PathBuf,
    shared: Arc<Shared>,
    jobs: SyncSender<Job>,
    readers: Arc<ReadConnections>,
    thread: Mutex<Option<JoinHandle<()>>>,
    /// Held by a backup, compaction, retention or check.
    maintenance: tokio::sync::Mutex<()>,
    /// Held by a change of accounts, so that none undoes another.
    account_changes: tokio::sync::Mutex<()>,
    /// No other process serves the folder as long as this is held.
    lock: Mutex<Option<File>>,
    /// When callers wait this long for a writer that does not move, the store is not ready.
    stall: Duration,
}

impl Store {
    /// Opens or creates the folder, migrates, and starts the writer.
    pub fn open(folder: &Path, config: &StoreConfig) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let lock = durability::folder::lock(folder)?;
        file_permissions::tighten_data(folder);
        let (conn, loaded) = writer::supervisor::load(folder, config)?;
        let (window, key) = (config.replacement_window_days, config.data_key.clone());
        let audit_key =
            audit::load_or_make(folder, config.audit.key_file.as_deref(), config.audit.signature)?;
        let audit = AuditQueue::new(config.audit.algorithm, audit_key);
        let shared = Arc::new(Shared::new(loaded, window, key, audit));
        let readers = Arc::new(ReadConnections::new(config.read_connections));
        let home = WriterSupervisor {
            folder: folder.to_owned(),
            config: config.clone(),
            shared: Arc::clone(&shared),
            readers: Arc::clone(&readers),
        };
        let mut writer = home.writer(conn)?;
        writer.write_dimension_tables()?;
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
                maintenance: tokio::sync::Mutex::new(()),
                account_changes: tokio::sync::Mutex::new(()),
                lock: Mutex::new(Some(lock)),
                stall: Duration::from_secs(u64::from(config.writer_stall_seconds.max(1))),
            }),
        })
    }

    /// Durable when it returns.
    pub async fn ingest(&self, batch: Batch) -> Result<Receipt> {
        let _waits = self.inner.shared.liveness.note_caller();
        let (answer, receipt) = oneshot::channel();
        self.send(Job::Ingest(batch.into(), answer))?;
        receipt.await.map_err(|_| self.lost())?
    }

    /// A change of units, devices, dictionaries …: one transaction on the writer's thread. It holds the event of the change
    /// too, where the change was noted and belongs to a request.
    pub async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Transaction<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let _waits = self.inner.shared.liveness.note_caller();
        let (answer, done) = oneshot::channel();
        let (give, take) = std::sync::mpsc::sync_channel(1);
        let scope = audit::scope::current();
        let change = move |it: &mut Transaction<'_>| {
            let value = change(it)?;
            it.record_change(scope.as_deref())?;
            drop(give.send(value));
            Ok(())
        };
        self.send(Job::Change(Box::new(change), answer))?;
        done.await.map_err(|_| self.lost())??;
        take.try_recv().map_err(|_| self.lost())
    }

    /// A change that no figure depends on: one transaction on the writer's thread, and the data version stays.
    pub(crate) async fn write_apart(
        &self,
        step: impl FnOnce(&Connection) -> Result<()> + Send + 'static,
    ) -> Result<()> {
        let _waits = self.inner.shared.liveness.note_caller();
        let (answer, done) = oneshot::channel();
        self.send(Job::Maintain { rolled_up: false, step: Box::new(step), answer })?;
        done.await.map_err(|_| self.lost())?.map(drop)
    }

    /// A token of an industry system was used.
    pub async fn note_token_use(&self, name: String, at: String) -> Result<()> {
        self.write_apart(move |conn| registry::tokens::note_use(conn, &name, &at)).await
    }

    /// Waits until the roll-ups hold all that was acknowledged before.
    pub async fn wait_for_roll_ups(&self) -> Result<()> {
        if !self.inner.shared.is_behind() {
            return Ok(());
        }
        let _waits = self.inner.shared.liveness.note_caller();
        self.roll_up(RollUpPace::AtOnce).await
    }

    /// The same for work in the background, for which commits are not held up.
    pub(crate) async fn wait_for_roll_ups_between_commits(&self) -> Result<()> {
        match self.inner.shared.is_behind() {
            true => self.roll_up(RollUpPace::BetweenCommits).await,
            false => Ok(()),
        }
    }

    async fn roll_up(&self, pace: RollUpPace) -> Result<()> {
        let (answer, done) = oneshot::channel();
        self.send(Job::RollUp(pace, answer))?;
        done.await.map_err(|_| self.lost())?
    }

    /// Asks on a reader's connection, on the blocking pool; waits its turn when all are busy.
    pub async fn read<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let readers = Arc::clone(&self.inner.readers);
        let question = Arc::new(RunningQuery::default());
        // Whoever asked may be gone before the answer is there: then it is not worth a reader's time.
        let asked = InterruptOnDrop(Arc::clone(&question));
        let turn = readers.turn().await?;
        let done = tokio::task::spawn_blocking(move || {
            panics::inside(panics::READER, || {
                let lent = BorrowedConnection::new(readers, turn, question)?;
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
    pub fn claims(&self) -> MutexGuard<'_, claims::Claims> {
        self.inner.shared.claims()
    }

    /// The address of the terminal of a registration in force, in memory alone: whoever calls this writes it too.
    pub fn note_address(&self, known: &registrations::Registration, address: IpAddr) {
        self.inner.shared.registry_mut().registrations.note_address(known, address);
    }

    /// Accepts the old secret of an enterprise no more, in memory alone: whoever calls this ends it on disk too.
    pub fn close_overlap(&self, enterprise_code: &str, device_id: &str, now: DateTime) {
        let mut registry = self.inner.shared.registry_mut();
        registry.registrations.close_overlap(enterprise_code, device_id, now);
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
        let thread = self.inner.thread.lock().take();
        if thread.is_some_and(|it| it.join().is_err()) {
            tracing::error!("the writer ended by a panic");
        }
        self.inner.readers.close();
        drop(self.inner.lock.lock().take());
    }

    /// Runs a maintenance step on the writer's thread; says how long uploads had to wait for it. `rolled_up`: the roll-ups hold
    /// all that was committed before.
    async fn run_maintenance_step(
        &self,
        rolled_up: bool,
        step: impl Fn(&Connection) -> Result<()> + Clone + Send + 'static,
    ) -> Result<Duration> {
        loop {
            let (answer, done) = oneshot::channel();
            let job = Job::Maintain { rolled_up, step: Box::new(step.clone()), answer };
            match self.send(job) {
                Ok(()) => return done.await.map_err(|_| self.lost())?,
                // Uploads come first.
                Err(StoreError::Overloaded) => tokio::time::sleep(QUEUE_PAUSE).await,
                Err(error) => return Err(error),
            }
        }
    }

    /// Writes the log into the database; what deletions emptied is free again.
    pub async fn checkpoint(&self) -> Result<()> {
        let (answer, done) = oneshot::channel();
        self.send(Job::Checkpoint(answer))?;
        done.await.map_err(|_| self.lost())
    }

    /// Waits until every event recorded so far is on disk.
    pub async fn flush_audit(&self) -> Result<()> {
        loop {
            let (answer, done) = oneshot::channel();
            match self.send(Job::Audit(answer)) {
                Ok(()) => return done.await.map_err(|_| self.lost())?,
                // Uploads come first.
                Err(StoreError::Overloaded) => tokio::time::sleep(QUEUE_PAUSE).await,
                Err(error) => return Err(error),
            }
        }
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
