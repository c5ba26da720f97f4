//! The bulk uploads that this process is working on, and the files that hold their bodies.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Semaphore;

/// The uploads under way, the folder of their bodies, and the places of those that are worked on at once.
pub struct BulkUploads {
    pub folder: PathBuf,
    pub running: Arc<Mutex<HashSet<i32>>>,
    pub turns: Arc<Semaphore>,
}

impl BulkUploads {
    /// Bodies that an earlier process left are removed: their senders send them again.
    pub fn new(data: &std::path::Path, at_once: usize) -> Self {
        let folder = data.join("bulk");
        if let Err(error) = std::fs::remove_dir_all(&folder) {
            tracing::debug!(%error, "no bodies of earlier uploads");
        }
        Self { folder, running: Arc::default(), turns: Arc::new(Semaphore::new(at_once.max(1))) }
    }

    pub fn is_running(&self, id: i32) -> bool {
        let running = self.running.lock();
        running.unwrap_or_else(PoisonError::into_inner).contains(&id)
    }
}

/// The entry of an upload among those under way; dropping it removes the entry, however the upload ends.
pub struct RunningUpload {
    pub running: Arc<Mutex<HashSet<i32>>>,
    pub id: i32,
}

impl Drop for RunningUpload {
    fn drop(&mut self) {
        let running = self.running.lock();
        running.unwrap_or_else(PoisonError::into_inner).remove(&self.id);
    }
}

/// The body of an upload on disk; dropping the value removes the file.
pub struct BodyFile {
    pub path: PathBuf,
    pub digest: String,
}

impl Drop for BodyFile {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.path) {
            tracing::warn!(%error, "the body of an upload could not be removed");
        }
    }
}
