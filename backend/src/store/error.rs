//! What can go wrong in the store, in the words of its callers.

use nengce_shared::problem::ProblemCode;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The queue before the writer is full: come again.
    #[error("the queue before the store is full")]
    Overloaded,
    /// The store has failed or is stopping; nothing is acknowledged any more.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// A question panicked; nothing but its answer is lost.
    #[error("a question failed inside the server: {0}")]
    Panicked(String),
    /// Too little room on the disk to promise anything; recovers by itself.
    #[error("the disk is full: {0}")]
    Full(String),
    /// The database or its log cannot be opened as it is.
    #[error("{0}")]
    Damaged(String),
    /// The data key is missing, or another one than the folder's.
    #[error("{0}")]
    DataKey(String),
    /// Another process holds the data folder.
    #[error("{0}")]
    Locked(String),
    #[error("database: {0}")]
    Database(#[from] duckdb::Error),
    #[error("the data folder: {0}")]
    Folder(#[from] std::io::Error),
    #[error("{0}")]
    Refused(String),
    /// A bound on what one sender may leave; nothing of the message is stored.
    #[error("{0}")]
    Limited(ProblemCode),
}

impl StoreError {
    /// The instance is lost and is to be opened anew.
    pub fn is_fatal(&self) -> bool {
        matches!(self, Self::Database(error) if ["FATAL", "has been invalidated"]
            .iter()
            .any(|it| error.to_string().contains(it)))
    }

    /// A write found no room; the transaction was undone.
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Database(error) if ["No space left on device", "Disk quota exceeded", "File too large"]
            .iter()
            .any(|it| error.to_string().contains(it)))
    }
}

pub type Result<T, E = StoreError> = std::result::Result<T, E>;
