//! The store: the only room that names duckdb. One writer, cheap readers, nothing that blocks the runtime.

pub mod baseline;
pub mod batch;
mod claims;
mod columns;
pub mod compact;
mod day_set;
pub mod dictionaries;
pub mod error;
mod group;
pub mod imports;
mod items;
pub mod keep;
mod lateness;
mod migrate;
mod prepared;
pub mod queries;
pub mod registry;
pub mod replacements;
mod resolve;
pub mod retention;
mod rollup;
mod slots;
mod state;
#[cfg(test)]
mod tests;
pub mod verify;
pub mod write;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError, RwLockReadGuard};
use std::thread::JoinHandle;
use std::time::Duration;

use duckdb::Config;
pub use duckdb::Connection;
use nengce_core::reference::Dictionaries;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use batch::{Batch, Receipt};
pub use error::{Result, StoreError};
use registry::{DeviceEntry, DeviceState, Registry, UnitEntry};
use state::Shared;
use write::Write;
use writer::{Job, Pace, Writer};

/// Limits of the store; names carry their units.
#[derive(Debug, Clone)]
pub struct StoreConfig {
    pub memory_limit_mib: u32,
    pub read_connections: usize,
    pub queue_messages: usize,
    pub group_readings: usize,
    pub rollup_interval_ms: u64,
    /// Replacing a value whose period ended longer ago waits for an operator; 0: never.
    pub replacement_window_days: u32,
}

#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    folder: PathBuf,
    shared: Arc<Shared>,
    jobs: SyncSender<Job>,
    readers: Mutex<Vec<Connection>>,
    turns: Arc<Semaphore>,
    thread: Mutex<Option<JoinHandle<()>>>,
    /// Held by a backup, compaction, retention or check.
    keeping: tokio::sync::Mutex<()>,
}

impl Store {
    /// Opens or creates the folder, migrates, and starts the writer.
    pub fn open(folder: &Path, config: &StoreConfig) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let settings = Config::default()
            .max_memory(&format!("{}MiB", config.memory_limit_mib))?
            .threads(std::thread::available_parallelism().map_or(2, |it| it.get() as i64))?;
        let conn = Connection::open_with_flags(folder.join("nengce.duckdb"), settings)
            .map_err(|error| locked(folder, error))?;
        migrate::migrate(&conn)?;
        let dictionaries = dictionaries::load(&conn)?;
        dictionaries::write_dims(&conn, &dictionaries)?;
        let version = u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap_or(0);
        let shared = Arc::new(Shared::new(
            registry(&conn)?,
            dictionaries,
            version,
            config.replacement_window_days,
        ));
        if replacements::any(&conn)? {
            shared.set_kept_aside();
        }
        for (at, before) in retention::load(&conn)?.into_iter().enumerate() {
            before.inspect(|it| shared.set_retired_before(at, *it));
        }
        let readers = (0..config.read_connections.max(1))
            .map(|_| conn.try_clone())
            .collect::<duckdb::Result<Vec<_>>>()?;
        let pace = Pace {
            group_readings: config.group_readings,
            rollup_interval: Duration::from_millis(config.rollup_interval_ms),
        };
        let writer = Writer::new(conn, Arc::clone(&shared), pace)?;
        let (jobs, queue) = sync_channel(config.queue_messages.max(1));
        let thread = std::thread::Builder::new()
            .name("nengce-writer".to_owned())
            .spawn(move || writer.run(&queue))?;
        Ok(Self {
            inner: Arc::new(Inner {
                folder: folder.to_owned(),
                shared,
                jobs,
                turns: Arc::new(Semaphore::new(readers.len())),
                readers: Mutex::new(readers),
                thread: Mutex::new(Some(thread)),
                keeping: tokio::sync::Mutex::new(()),
            }),
        })
    }

    /// Durable when it returns.
    pub async fn ingest(&self, batch: Batch) -> Result<Receipt> {
        let (answer, receipt) = oneshot::channel();
        self.send(Job::Ingest(batch.into(), answer))?;
        receipt.await.map_err(|_| stopped())?
    }

    /// A change of units, devices, dictionaries …: one transaction on the writer's thread.
    pub async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Write<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (answer, done) = oneshot::channel();
        let (give, take) = std::sync::mpsc::sync_channel(1);
        let change = move |it: &mut Write<'_>| {
            let value = change(it)?;
            drop(give.send(value));
            Ok(())
        };
        self.send(Job::Change(Box::new(change), answer))?;
        done.await.map_err(|_| stopped())??;
        take.try_recv().map_err(|_| stopped())
    }

    /// Waits until the roll-ups hold all that was acknowledged before.
    pub async fn settle(&self) -> Result<()> {
        if !self.inner.shared.is_behind() {
            return Ok(());
        }
        let (answer, done) = oneshot::channel();
        self.send(Job::Settle(answer))?;
        done.await.map_err(|_| stopped())?
    }

    /// Asks on a reader's connection, on the blocking pool; waits its turn when all are busy.
    pub async fn read<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let inner = Arc::clone(&self.inner);
        // The turn goes with the connection: whoever asked may be gone before the answer is there.
        let turn = Arc::clone(&self.inner.turns).acquire_owned().await;
        let turn = turn.map_err(|_| stopped())?;
        tokio::task::spawn_blocking(move || {
            let lent = Lent::new(inner, turn);
            ask(lent.conn()?)
        })
        .await
        .map_err(|error| StoreError::Unavailable(error.to_string()))?
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

    pub fn folder(&self) -> &Path {
        &self.inner.folder
    }

    /// Why the store takes nothing any more, if so.
    pub fn failure(&self) -> Option<String> {
        self.inner.shared.failure()
    }

    /// Commits what is queued, rolls up, writes a checkpoint, and ends the writer.
    pub fn close(&self) {
        drop(self.inner.jobs.send(Job::Stop));
        let thread = self
            .inner
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if thread.is_some_and(|it| it.join().is_err()) {
            tracing::error!("the writer ended by a panic");
        }
    }

    fn send(&self, job: Job) -> Result<()> {
        if let Some(why) = self.failure() {
            return Err(StoreError::Unavailable(why));
        }
        self.inner.jobs.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => StoreError::Overloaded,
            TrySendError::Disconnected(_) => stopped(),
        })
    }
}

impl Inner {
    fn readers(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A reader's connection with the turn that stands for it; both go back whatever becomes of the question.
struct Lent {
    conn: Option<Connection>,
    inner: Arc<Inner>,
    _turn: OwnedSemaphorePermit,
}

impl Lent {
    fn new(inner: Arc<Inner>, turn: OwnedSemaphorePermit) -> Self {
        let conn = inner.readers().pop();
        Self {
            conn,
            inner,
            _turn: turn,
        }
    }

    fn conn(&self) -> Result<&Connection> {
        self.conn.as_ref().ok_or_else(stopped)
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        self.inner.readers().extend(self.conn.take());
    }
}

/// Items with how many readings of stat types `low` to `high` they have from a moment to before another.
fn rows_of(
    conn: &Connection,
    from: &str,
    to: &str,
    low: u8,
    high: u8,
) -> Result<Vec<(i32, u64)>> {
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

fn stopped() -> StoreError {
    StoreError::Unavailable("the server is stopping".to_owned())
}

fn locked(folder: &Path, error: duckdb::Error) -> StoreError {
    let text = error.to_string();
    if text.contains("lock") {
        return StoreError::Locked(format!(
            "another process already serves the data folder {}; stop it, or choose another folder with --data ({text})",
            folder.display()
        ));
    }
    StoreError::Database(error)
}

fn registry(conn: &Connection) -> Result<Registry> {
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
    Ok(registry)
}
