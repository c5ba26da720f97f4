//! The state that the writer shares with readers: registry, dictionaries, data version, health.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use jiff::civil::Date;
use nengce_core::reference::Dictionaries;
use nengce_messages::stamp;
use parking_lot::{Mutex, MutexGuard, RwLock, RwLockReadGuard, RwLockWriteGuard};
use tokio::sync::watch;

use super::error::StoreError;
use crate::store::accounts::Accounts;
use crate::store::audit::queue::AuditQueue;
use crate::store::durability::wal::LogCut;
use crate::store::liveness::Liveness;
use crate::store::registry::Registry;
use crate::store::registry::claims::Claims;
use crate::store::registry::data_key::DataKey;

/// The data version that was given out last; it rises for ever, whatever the clock does.
pub(super) const DATA_VERSION: &str = "data_version";

/// Before which day the readings of each stat type of `RETIRING` have left; new ones are refused.
pub(super) type RetiredBefore = [Option<Date>; 2];

/// The content of an opened database that is kept in memory.
pub struct Loaded {
    pub registry: Registry,
    pub claims: Claims,
    pub accounts: Accounts,
    pub dictionaries: Dictionaries,
    pub had_replacements: bool,
    pub retired_before: RetiredBefore,
    /// The last data version given out.
    pub version: u64,
    pub cut: Option<LogCut>,
}

pub struct Shared {
    /// Events of the audit log that wait for the writer.
    pub(super) audit: AuditQueue,
    /// Days that wait for the assessment of their quality.
    pub quality: super::quality::QualityQueue,
    registry: RwLock<Registry>,
    claims: Mutex<Claims>,
    accounts: RwLock<Accounts>,
    dictionaries: RwLock<Arc<Dictionaries>>,
    version: AtomicU64,
    behind: AtomicBool,
    /// Readings committed since the process began.
    committed: AtomicU64,
    failure: Mutex<Option<String>>,
    /// Why no more is taken although the database is well: room on the disk.
    space: Mutex<Option<String>>,
    /// The unreadable end of the log that the last opening removed.
    cut: Mutex<Option<LogCut>>,
    window_days: u32,
    /// Whether a replacement ever waited for approval.
    had_replacements: AtomicBool,
    retired_before: Mutex<RetiredBefore>,
    /// The key that encrypts the keys of enterprises on disk.
    data_key: Option<DataKey>,
    pub liveness: Liveness,
    closing: AtomicBool,
    /// Why the writer could not be kept running.
    end: watch::Sender<Option<String>>,
}

impl Shared {
    /// The version starts above any that an earlier process gave out, whatever the clock says.
    pub(super) fn new(
        loaded: Loaded,
        window_days: u32,
        data_key: Option<DataKey>,
        audit: AuditQueue,
    ) -> Self {
        let now = u64::try_from(crate::clock::timestamp().as_millisecond()).unwrap_or(0);
        let it = Self {
            audit,
            quality: super::quality::QualityQueue::default(),
            registry: RwLock::default(),
            claims: Mutex::default(),
            accounts: RwLock::default(),
            dictionaries: RwLock::new(Arc::new(loaded.dictionaries.clone())),
            version: AtomicU64::new(now.max(loaded.version + 1)),
            behind: AtomicBool::new(false),
            committed: AtomicU64::new(0),
            failure: Mutex::new(None),
            space: Mutex::new(None),
            cut: Mutex::new(None),
            window_days,
            had_replacements: AtomicBool::new(false),
            retired_before: Mutex::default(),
            data_key,
            liveness: Liveness::default(),
            closing: AtomicBool::new(false),
            end: watch::channel(None).0,
        };
        it.reload(loaded);
        it
    }

    /// Takes what a database just opened holds: memory may be ahead of it, or behind.
    pub fn reload(&self, loaded: Loaded) {
        self.quality.forget();
        *self.registry_mut() = loaded.registry;
        *self.claims() = loaded.claims;
        *self.accounts_mut() = loaded.accounts;
        self.set_dictionaries(loaded.dictionaries);
        self.had_replacements.store(loaded.had_replacements, Ordering::Release);
        *self.retired_before.lock() = loaded.retired_before;
        if loaded.cut.is_some() {
            *self.cut.lock() = loaded.cut;
        }
        self.bump();
    }

    pub fn registry(&self) -> RwLockReadGuard<'_, Registry> {
        self.registry.read()
    }

    pub fn registry_mut(&self) -> RwLockWriteGuard<'_, Registry> {
        self.registry.write()
    }

    pub fn claims(&self) -> MutexGuard<'_, Claims> {
        self.claims.lock()
    }

    pub fn accounts(&self) -> RwLockReadGuard<'_, Accounts> {
        self.accounts.read()
    }

    pub fn accounts_mut(&self) -> RwLockWriteGuard<'_, Accounts> {
        self.accounts.write()
    }

    pub fn dictionaries(&self) -> Arc<Dictionaries> {
        Arc::clone(&self.dictionaries.read())
    }

    pub fn set_dictionaries(&self, it: Dictionaries) {
        *self.dictionaries.write() = Arc::new(it);
    }

    pub fn version(&self) -> u64 {
        self.version.load(Ordering::Acquire)
    }

    pub fn bump(&self) {
        self.version.fetch_add(1, Ordering::AcqRel);
    }

    pub fn add_committed(&self, readings: usize) {
        self.committed.fetch_add(readings as u64, Ordering::Relaxed);
    }

    pub fn committed(&self) -> u64 {
        self.committed.load(Ordering::Relaxed)
    }

    /// Whether acknowledged readings wait for their roll-up.
    pub fn is_behind(&self) -> bool {
        self.behind.load(Ordering::Acquire)
    }

    pub fn set_behind(&self, it: bool) {
        self.behind.store(it, Ordering::Release);
    }

    /// Days after which replacing a value waits for an operator; 0: never.
    pub fn window_days(&self) -> u32 {
        self.window_days
    }

    pub fn had_replacements(&self) -> bool {
        self.had_replacements.load(Ordering::Acquire)
    }

    /// Whether some replacement may wait for approval.
    pub fn may_hold_replacements(&self) -> bool {
        self.window_days > 0 || self.had_replacements()
    }

    pub fn set_had_replacements(&self) {
        self.had_replacements.store(true, Ordering::Release);
    }

    /// Before which days readings have left, by stat type.
    pub fn retired_before(&self) -> RetiredBefore {
        *self.retired_before.lock()
    }

    /// The day before which some summary may stand for readings, counted from 1970-01-01.
    pub fn summaries_before(&self) -> Option<i32> {
        self.retired_before().into_iter().flatten().max().map(stamp::day_number)
    }

    pub fn set_retired_before(&self, at: usize, before: jiff::civil::Date) {
        self.retired_before.lock()[at] = Some(before);
    }

    pub fn data_key(&self) -> Option<&DataKey> {
        self.data_key.as_ref()
    }

    /// Why the database is being opened anew, if it is.
    pub fn failure(&self) -> Option<String> {
        let failure = self.failure.lock();
        failure.clone()
    }

    /// Why there is too little room on the disk, if so.
    pub fn space(&self) -> Option<String> {
        let space = self.space.lock();
        space.clone()
    }

    /// From now on the server is stopping.
    pub fn close(&self) {
        self.closing.store(true, Ordering::Release);
    }

    pub fn is_closing(&self) -> bool {
        self.closing.load(Ordering::Acquire)
    }

    /// The writer could not be kept running.
    pub fn end_by(&self, why: String) {
        self.fail(why.clone());
        self.end.send_replace(Some(why));
    }

    pub fn end(&self) -> Option<String> {
        self.end.borrow().clone()
    }

    pub fn watch_end(&self) -> watch::Receiver<Option<String>> {
        self.end.subscribe()
    }

    /// The answer to a job whose own answer never came.
    pub fn lost(&self) -> StoreError {
        StoreError::Unavailable(if self.is_closing() {
            "the server is stopping".to_owned()
        } else {
            self.end().unwrap_or_else(|| {
                "something failed inside the server while it did this; send it again".to_owned()
            })
        })
    }

    pub fn cut(&self) -> Option<LogCut> {
        self.cut.lock().clone()
    }

    /// The error that everyone gets while the database is opened anew.
    pub fn failed(&self) -> StoreError {
        self.trouble(false).unwrap_or_else(|| self.lost())
    }

    /// Why a job is not taken; `grows`: it would write more to the disk.
    pub fn trouble(&self, grows: bool) -> Option<StoreError> {
        let failure = self.failure.lock();
        if let Some(why) = &*failure {
            return Some(StoreError::Unavailable(why.clone()));
        }
        let space = self.space.lock();
        space.as_ref().filter(|_| grows).map(|why| StoreError::Full(why.clone()))
    }

    pub fn has_failed(&self) -> bool {
        let failure = self.failure.lock();
        failure.is_some()
    }

    pub fn fail(&self, why: String) {
        *self.failure.lock() = Some(why);
    }

    pub fn recovered(&self) {
        *self.failure.lock() = None;
    }

    /// Says that there is too little room, or room again; logs the change.
    pub fn set_space(&self, why: Option<String>) {
        let mut space = self.space.lock();
        match (&*space, &why) {
            (None, Some(why)) => tracing::error!(why, "nothing is taken until there is room"),
            (Some(_), None) => tracing::info!("there is room again"),
            _ => {}
        }
        *space = why;
    }
}
