//! What the writer shares with everyone who asks: registry, dictionaries, data version, health.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use nengce_core::reference::Dictionaries;

use super::registry::Registry;
use super::retention::RetiredBefore;

pub struct Shared {
    registry: RwLock<Registry>,
    dictionaries: RwLock<Arc<Dictionaries>>,
    version: AtomicU64,
    behind: AtomicBool,
    failure: Mutex<Option<String>>,
    window_days: u32,
    /// Some replacement was ever kept aside.
    kept_aside: AtomicBool,
    retired_before: Mutex<RetiredBefore>,
}

impl Shared {
    /// `version` starts above any that an earlier process gave out.
    pub fn new(
        registry: Registry,
        dictionaries: Dictionaries,
        version: u64,
        window_days: u32,
    ) -> Self {
        Self {
            registry: RwLock::new(registry),
            dictionaries: RwLock::new(Arc::new(dictionaries)),
            version: AtomicU64::new(version),
            behind: AtomicBool::new(false),
            failure: Mutex::new(None),
            window_days,
            kept_aside: AtomicBool::new(false),
            retired_before: Mutex::default(),
        }
    }

    pub fn registry(&self) -> RwLockReadGuard<'_, Registry> {
        self.registry.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn registry_mut(&self) -> RwLockWriteGuard<'_, Registry> {
        self.registry
            .write()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub fn dictionaries(&self) -> Arc<Dictionaries> {
        Arc::clone(
            &self
                .dictionaries
                .read()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }

    pub fn set_dictionaries(&self, it: Dictionaries) {
        *self
            .dictionaries
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Arc::new(it);
    }

    pub fn version(&self) -> u64 {
        self.version.load(Ordering::Acquire)
    }

    pub fn bump(&self) {
        self.version.fetch_add(1, Ordering::AcqRel);
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

    pub fn has_kept_aside(&self) -> bool {
        self.kept_aside.load(Ordering::Acquire)
    }

    pub fn set_kept_aside(&self) {
        self.kept_aside.store(true, Ordering::Release);
    }

    /// Before which days readings have left, by stat type.
    pub fn retired_before(&self) -> RetiredBefore {
        *self
            .retired_before
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub fn set_retired_before(&self, at: usize, before: jiff::civil::Date) {
        self.retired_before
            .lock()
            .unwrap_or_else(PoisonError::into_inner)[at] = Some(before);
    }

    /// Why the store takes nothing any more, if so.
    pub fn failure(&self) -> Option<String> {
        self.failure
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub fn fail(&self, why: String) {
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(why);
    }
}
