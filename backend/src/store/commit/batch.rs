//! The writer's input and output: the readings of one message, and how many of them were new.

use jiff::civil::DateTime;
use nengce_messages::{Reading, Rejected};
use nengce_shared::problem::ProblemCode;

pub use crate::store::commit::resolve::Outcome;

/// One message or file of one unit.
#[derive(Debug, Clone)]
pub struct Batch {
    /// 0 for refused rows whose unit is unknown or does not belong to the sender.
    pub unit_id: i32,
    /// Device id, or `import:FILE`.
    pub sent_by: String,
    /// `energy`, `config`, `metering`, `import`, `bulk`.
    pub kind: &'static str,
    pub received_at: DateTime,
    pub entries: u32,
    pub readings: Vec<Reading>,
    /// Refused entries to be kept.
    pub rejected: Vec<Rejected>,
    /// The number of further refused entries, which are not kept.
    pub rejected_more: u32,
}

impl Batch {
    /// How many entries were refused.
    pub fn rejected_count(&self) -> u32 {
        let kept = u32::try_from(self.rejected.len()).unwrap_or(u32::MAX);
        kept.saturating_add(self.rejected_more)
    }

    /// The unit that the upload belongs to; none for refused rows of an unknown unit.
    pub fn unit(&self) -> Option<i32> {
        Some(self.unit_id).filter(|it| *it != 0)
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Receipt {
    pub upload_id: i32,
    pub stored: u32,
    pub unchanged: u32,
    pub replaced: u32,
    /// Replacements of old values that wait for an operator.
    pub awaiting_approval: u32,
    pub rejected: u32,
    /// How many of the rejected entries are kept: the first ones.
    pub rejected_kept: u32,
    /// The bound that kept the whole message out.
    pub limited: Option<ProblemCode>,
    /// False while the device waits for approval.
    pub counted: bool,
    /// The outcome of each reading, in their order; empty while the readings do not count.
    pub outcomes: Vec<Outcome>,
}
