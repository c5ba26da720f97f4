//! The import jobs of this process: their progress and the files of their rejected rows.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use nengce_shared::api::imports::ImportJob;
use tokio::sync::Semaphore;

/// Jobs that are remembered; the oldest finished ones go first.
const JOBS: usize = 32;

/// Jobs of this process with the files of their rejected rows.
pub struct ImportJobs {
    list: Mutex<List>,
    pub folder: PathBuf,
    /// The places of files that are read at once.
    pub turns: Arc<Semaphore>,
}

struct List {
    next: u64,
    jobs: BTreeMap<u64, ImportJob>,
}

impl ImportJobs {
    /// Files of jobs that no one remembers are cleared away.
    pub fn new(data: &std::path::Path, at_once: usize) -> Self {
        let folder = data.join("imports");
        if let Err(error) = std::fs::remove_dir_all(&folder) {
            tracing::debug!(%error, "no rejected rows of earlier jobs");
        }
        // Ids of an earlier process are not given out again.
        let next = u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap_or(1);
        Self {
            list: Mutex::new(List { next, jobs: BTreeMap::new() }),
            folder,
            turns: Arc::new(Semaphore::new(at_once.max(1))),
        }
    }

    fn list(&self) -> MutexGuard<'_, List> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn start(&self, kind: &str, file: &str, at: String) -> ImportJob {
        let mut list = self.list();
        while list.jobs.len() >= JOBS {
            let done = list.jobs.values().find(|it| it.state != "running");
            let Some(id) = done.map(|it| it.job_id) else {
                break;
            };
            list.jobs.remove(&id);
            for extension in ["csv", "xlsx"] {
                drop(std::fs::remove_file(self.rejected_file(id, extension)));
            }
        }
        let job = ImportJob {
            job_id: list.next,
            kind: kind.to_owned(),
            file: file.to_owned(),
            state: "running".to_owned(),
            rows_done: 0,
            rows_total: 0,
            stored: 0,
            unchanged: 0,
            replaced: 0,
            awaiting_approval: 0,
            rejected: 0,
            created_units: 0,
            upload_ids: Vec::new(),
            notes: Vec::new(),
            problems: Vec::new(),
            rejected_file: None,
            error: None,
            started_at: at,
            finished_at: None,
        };
        list.next += 1;
        list.jobs.insert(job.job_id, job.clone());
        job
    }

    pub fn change(&self, id: u64, change: impl FnOnce(&mut ImportJob)) {
        if let Some(job) = self.list().jobs.get_mut(&id) {
            change(job);
        }
    }

    pub fn get(&self, id: u64) -> Option<ImportJob> {
        self.list().jobs.get(&id).cloned()
    }

    pub fn rejected_file(&self, id: u64, extension: &str) -> PathBuf {
        self.folder.join(format!("{id}.{extension}"))
    }
}
