//! The jobs that the writer can be given, and the ways in which it ends.

use std::time::Duration;

use duckdb::Connection;
use tokio::sync::oneshot;

use crate::store::change::Transaction;
use crate::store::commit::batch::Receipt;
use crate::store::commit::columnar_batch::IncomingBatch;
use crate::store::error::{Result, StoreError};
use crate::store::rollup::schedule::RollUpPace;

/// One transaction on the writer's thread that changes no figure and so leaves the data version as it is.
pub(crate) type MaintenanceStep = Box<dyn FnOnce(&Connection) -> Result<()> + Send>;

pub(crate) type Change = Box<dyn FnOnce(&mut Transaction<'_>) -> Result<()> + Send>;

#[expect(
    clippy::large_enum_variant,
    reason = "nearly every job is an upload; a box would be one more allocation for each"
)]
pub(crate) enum Job {
    Ingest(IncomingBatch, oneshot::Sender<Result<Receipt>>),
    /// A change of anything but readings, in a transaction of its own.
    Change(Change, oneshot::Sender<Result<()>>),
    /// Answered when the roll-ups hold all that was acknowledged before.
    RollUp(RollUpPace, oneshot::Sender<Result<()>>),
    /// A maintenance step in a transaction of its own; the answer is how long it occupied the writer.
    Maintain {
        rolled_up: bool,
        step: MaintenanceStep,
        answer: oneshot::Sender<Result<Duration>>,
    },
    /// Answered when every event of the audit log that waits is on disk.
    Audit(oneshot::Sender<Result<()>>),
    /// Answered when the log is written into the database.
    Checkpoint(oneshot::Sender<()>),
    Stop,
}

impl Job {
    /// Answers the caller with an error, without doing the job.
    pub(crate) fn refuse(self, why: impl Fn() -> StoreError) {
        match self {
            Self::Ingest(_, answer) => drop(answer.send(Err(why()))),
            Self::Change(_, answer) | Self::RollUp(_, answer) | Self::Audit(answer) => {
                drop(answer.send(Err(why())))
            }
            Self::Maintain { answer, .. } => drop(answer.send(Err(why()))),
            Self::Checkpoint(_) | Self::Stop => {}
        }
    }
}

/// Why the writer ended.
pub(crate) enum Ending {
    Stopped,
    /// The database must be opened again. These jobs were not done, and are done one by one afterwards.
    Failed(Vec<Job>),
}
