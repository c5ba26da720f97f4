//! The local store: what is on disk is there after a power cut. Only this module knows SQL.

mod buckets;
mod export;
mod outbox;
mod prune;
mod records;
mod statements;
mod store;

pub use export::Exporter;
pub use records::{LogEntry, Rejected, RejectedState};
pub(crate) use store::{Batch, Store};
