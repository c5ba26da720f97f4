//! What runs in one terminal: the engine, the open sources, and what is known of each centre while it runs.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Result;
use nengce_engine::{Engine, EngineError};
use nengce_shared::lang::Lang;
use nengce_sources::Source;
use parking_lot::Mutex;
use serde::Serialize;
use tokio::sync::Notify;

use crate::clock::Clock;
use crate::config::Config;

/// What happened last at one centre.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct CentreRun {
    /// `ok`, `retry`, `registering` or `refused`.
    pub(crate) state: &'static str,
    pub(crate) zh: String,
    pub(crate) en: String,
    pub(crate) at: Option<i64>,
    pub(crate) failures: u32,
    pub(crate) retry_at: Option<i64>,
    pub(crate) upload_time: Option<String>,
    pub(crate) device: Option<String>,
    pub(crate) versions: String,
    /// Seconds that this machine's clock is ahead of the centre's, by the `Date` of its answers.
    pub(crate) clock_ahead: Option<i64>,
    /// The last second of the certificate that the centre is shown.
    pub(crate) certificate_ends: Option<i64>,
}

/// A problem at a point's last read.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReadProblem {
    pub(crate) code: &'static str,
    pub(crate) zh: String,
    pub(crate) en: String,
}

/// Everything that the tasks share.
pub(crate) struct Plant {
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) engine: Mutex<Engine>,
    pub(crate) sources: BTreeMap<String, tokio::sync::Mutex<Source>>,
    pub(crate) centres: Mutex<BTreeMap<String, CentreRun>>,
    pub(crate) problems: Mutex<BTreeMap<String, ReadProblem>>,
    pub(crate) wake: BTreeMap<String, Notify>,
    pub(crate) started_at: i64,
    told_full: AtomicBool,
}

impl Plant {
    /// Opens the store and the sources.
    pub(crate) fn open(config: Config) -> Result<Arc<Self>> {
        let clock = Clock::new(config.store.offset_minutes);
        let names: Vec<String> = config.centres.iter().map(|it| it.name.clone()).collect();
        let engine = Engine::open(config.store.clone(), &names)?;
        let mut sources = BTreeMap::new();
        for it in &config.sources {
            sources.insert(it.name.clone(), tokio::sync::Mutex::new(Source::open(&it.settings)?));
        }
        let centres = names.iter().map(|it| (it.clone(), CentreRun::default())).collect();
        let wake = names.into_iter().map(|it| (it, Notify::new())).collect();
        let started_at = clock.now();
        Ok(Arc::new(Self {
            config,
            clock,
            engine: Mutex::new(engine),
            sources,
            centres: Mutex::new(centres),
            problems: Mutex::default(),
            wake,
            started_at,
            told_full: AtomicBool::new(false),
        }))
    }

    /// Adds a line to the log.
    pub(crate) fn note(&self, kind: &str, zh: String, en: String) {
        self.engine.lock().note(kind, zh, en, self.clock.now());
    }

    /// Says on the standard error, once, that the store became full, or that it takes values again.
    pub(crate) fn tell_of_store(&self) {
        let engine = self.engine.lock();
        if self.told_full.swap(engine.is_full(), Ordering::Relaxed) != engine.is_full() {
            eprintln!("{} {}", engine.told_of_store(Lang::En), engine.told_of_store(Lang::Zh));
        }
    }

    /// Changes what is known of a centre.
    pub(crate) fn show(&self, centre: &str, change: impl FnOnce(&mut CentreRun)) {
        if let Some(it) = self.centres.lock().get_mut(centre) {
            change(it);
        }
    }

    /// Writes everything that is in memory.
    pub(crate) fn commit(&self) -> Result<(), EngineError> {
        self.engine.lock().commit(self.clock.now())
    }
}
