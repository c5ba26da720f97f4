//! What can go wrong in the store, in the words of its callers.

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The queue before the writer is full: come again.
    #[error("the queue before the store is full")]
    Overloaded,
    /// The store has failed or is stopping; nothing is acknowledged any more.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// Another process holds the data folder.
    #[error("{0}")]
    Locked(String),
    #[error("database: {0}")]
    Database(#[from] duckdb::Error),
    #[error("the data folder: {0}")]
    Folder(#[from] std::io::Error),
    #[error("{0}")]
    Refused(String),
}

pub type Result<T, E = StoreError> = std::result::Result<T, E>;
