//! Opens the database, and opens it again inside the process after a failure. Nothing that was acknowledged is lost;
//! requests that come meanwhile are told to try again.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use duckdb::{Config, Connection};

use crate::store::accounts::Accounts;
use crate::store::commit::sender_usage::SenderUsage;
use crate::store::database::connections::ReadConnections;
use crate::store::database::meta::meta;
use crate::store::database::migrate;
use crate::store::durability::disk_watch::DiskWatch;
use crate::store::durability::folder::{DATABASE, locked, log_of};
use crate::store::durability::wal;
use crate::store::error::{Result, StoreError};
use crate::store::link;
use crate::store::maintenance::{retention, trim};
use crate::store::registry::{Registry, claims, data_key};
use crate::store::replacement::pending;
use crate::store::state::DATA_VERSION;
use crate::store::state::{Loaded, Shared};
use crate::store::writer::job::{Ending, Job};
use crate::store::writer::{GroupLimits, Writer};
use crate::store::{StoreConfig, dictionaries};
use crate::{fail_point, panics};

/// Pause before the database is opened again, doubled up to the last.
const RESTART_DELAYS: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(8));

/// So many panics of the writer in a row, with no job done between them, end the process.
const MOST_IN_A_ROW: u32 = 5;

/// Opens the database, at the start and after a failure, and keeps the writer running.
pub(crate) struct WriterSupervisor {
    pub folder: PathBuf,
    pub config: StoreConfig,
    pub shared: Arc<Shared>,
    pub readers: Arc<ReadConnections>,
}

/// Opens or creates the database of a folder and reads what memory holds of it.
pub(crate) fn load(folder: &Path, config: &StoreConfig) -> Result<(Connection, Loaded)> {
    let stamp = crate::clock::timestamp().strftime("%Y%m%dT%H%M%S%3fZ").to_string();
    let cut = wal::mend(&log_of(folder), &stamp)?;
    if let Some(cut) = &cut {
        tracing::error!(
            kept_in = %cut.kept_in.display(), bytes = cut.bytes, defect = ?cut.defect,
            later_commits = cut.later_commits, "the log had an unreadable tail; it is kept aside",
        );
    }
    let settings = Config::default()
        .max_memory(&format!("{}MiB", config.memory_limit_mib))?
        .threads(std::thread::available_parallelism().map_or(2, |it| it.get() as i64))?
        // The writer decides when: a checkpoint without room would end the instance.
        .with("checkpoint_threshold", "1TB")?;
    let conn = Connection::open_with_flags(folder.join(DATABASE), settings)
        .map_err(|error| unopened(folder, error))?;
    conn.execute_batch("PRAGMA disable_checkpoint_on_shutdown")?;
    let key = config.data_key.as_ref();
    data_key::check(&conn, key)?;
    migrate::migrate(&conn)?;
    if let Some(key) = key {
        let encrypted = data_key::encrypt_plain(&conn, key)?;
        if encrypted > 0 {
            tracing::warn!(encrypted, "keys of enterprises that lay plain are encrypted now");
        }
        let encrypted = link::secrets::encrypt_plain(&conn, key)?;
        if encrypted > 0 {
            tracing::warn!(encrypted, "registrations at platforms above are encrypted now");
        }
    }
    match trim::trim(&conn, &config.limits, config.memory_limit_mib) {
        Err(error) if error.is_fatal() => return Err(error),
        Err(error) => tracing::error!(%error, "texts that are too long could not be trimmed"),
        Ok(()) => {}
    }
    let dictionaries = dictionaries::load(&conn)?;
    let loaded = Loaded {
        registry: Registry::load(&conn, key)?,
        claims: claims::Claims::load(&conn)?,
        accounts: Accounts::load(&conn, folder, key, config.cipher)?,
        dictionaries,
        had_replacements: pending::any(&conn)?,
        retired_before: retention::load(&conn)?,
        version: meta(&conn, DATA_VERSION)?.and_then(|it| it.parse().ok()).unwrap_or(0),
        cut,
    };
    Ok((conn, loaded))
}

fn unopened(folder: &Path, error: duckdb::Error) -> StoreError {
    let text = error.to_string();
    if text.contains("Could not set lock") || text.contains("Conflicting lock") {
        return locked(folder, &text);
    }
    if ["WAL", "orrupt", "not a valid DuckDB", "hecksum"].iter().any(|it| text.contains(it)) {
        return StoreError::Damaged(format!(
            "the database in {} is damaged and was left as it is; restore a backup into another folder ({text})",
            folder.display()
        ));
    }
    StoreError::Database(error)
}

impl WriterSupervisor {
    /// A writer over a database just opened, and readers beside it.
    pub(crate) fn writer(&self, conn: Connection) -> Result<Writer> {
        let readers = (0..self.config.read_connections.max(1))
            .map(|_| conn.try_clone())
            .collect::<duckdb::Result<Vec<_>>>()?;
        let pace = GroupLimits {
            group_readings: self.config.group_readings,
            rollup_interval: Duration::from_millis(self.config.rollup_interval_ms),
        };
        let disk = DiskWatch::new(&self.folder, &self.config);
        let sender_usage = SenderUsage::new(self.config.limits);
        let writer = Writer::new(conn, Arc::clone(&self.shared), pace, disk, sender_usage)?;
        self.readers.fill(readers);
        Ok(writer)
    }

    /// Runs the writer until told to stop; says so when it cannot be kept running.
    pub(crate) fn run(self, writer: Writer, jobs: &Receiver<Job>) {
        let ended = match panics::caught(panics::WRITER, || self.supervise(writer, jobs)) {
            Ok(Ok(())) => return,
            Ok(Err(why)) | Err(why) => why,
        };
        tracing::error!(why = ended, "the writer cannot be kept running");
        self.readers.close();
        self.shared.end_by(ended);
    }

    /// After a failure of the database, or a panic, opens the database anew.
    fn supervise(&self, mut writer: Writer, jobs: &Receiver<Job>) -> Result<(), String> {
        let (mut retries, mut in_a_row) = (Vec::new(), 0);
        loop {
            let done = self.shared.liveness.jobs_done();
            match panics::caught(panics::WRITER, || writer.run(jobs, retries)) {
                Ok(Ending::Stopped) => return Ok(()),
                Ok(Ending::Failed(left)) => (retries, in_a_row) = (left, 0),
                Err(why) => {
                    let why = format!("the writer panicked: {why}");
                    self.shared.fail(why.clone());
                    retries = Vec::new();
                    in_a_row = match self.shared.liveness.jobs_done() {
                        now if now > done => 0,
                        _ => in_a_row + 1,
                    };
                    if in_a_row >= MOST_IN_A_ROW {
                        return Err(why);
                    }
                }
            }
            let since = Instant::now();
            self.readers.close();
            match self.reopen(jobs, &mut retries)? {
                Some(it) => writer = it,
                None => return Ok(()),
            }
            metrics::counter!("nengce_store_reopened_total").increment(1);
            tracing::warn!(took = ?since.elapsed(), "the database is open again");
        }
    }

    /// Tries until it is open; `None` when told to stop, an error when patience ends. A full disk is waited for.
    fn reopen(
        &self,
        jobs: &Receiver<Job>,
        retries: &mut Vec<Job>,
    ) -> Result<Option<Writer>, String> {
        let patience = Duration::from_secs(u64::from(self.config.reopen_patience_seconds));
        let (mut pause, mut since) = (RESTART_DELAYS.0, Instant::now());
        loop {
            let opened = panics::caught(panics::WRITER, || {
                load(&self.folder, &self.config).and_then(|(conn, loaded)| {
                    fail_point::hit("opening:loaded");
                    self.shared.reload(loaded);
                    self.writer(conn)
                })
            });
            let why = match opened {
                Ok(Ok(writer)) => {
                    self.shared.recovered();
                    return Ok(Some(writer));
                }
                Ok(Err(error)) => {
                    if error.is_full() {
                        since = Instant::now();
                    }
                    error.to_string()
                }
                Err(why) => why,
            };
            self.readers.close();
            tracing::error!(why, again_in = ?pause, "the database could not be opened anew");
            retries.drain(..).for_each(|it| it.refuse(|| self.shared.failed()));
            if since.elapsed() > patience {
                return Err(why);
            }
            if !self.refuse(jobs, pause) {
                return Ok(None);
            }
            pause = (pause * 2).min(RESTART_DELAYS.1);
        }
    }

    /// Answers what comes during a pause; false when told to stop.
    fn refuse(&self, jobs: &Receiver<Job>, pause: Duration) -> bool {
        let until = Instant::now() + pause;
        loop {
            match jobs.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(Job::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
                Ok(job) => job.refuse(|| self.shared.failed()),
                Err(RecvTimeoutError::Timeout) => return true,
            }
        }
    }
}
