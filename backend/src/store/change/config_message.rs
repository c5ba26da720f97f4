//! A configuration message of a terminal as the store takes it, and its outcome.

use nengce_messages::config::UnitConfig;

use super::Transaction;
use crate::store::error::{Result, StoreError};
use crate::store::registry::UnitEntry;

/// A configuration message of a device.
pub struct Incoming {
    pub unit_id: i32,
    pub device_id: String,
    /// The token of the platform below that sends it and has decided on it.
    pub below: Option<String>,
    /// Of the connection, where it is known.
    pub address: Option<String>,
    pub config: UnitConfig,
    /// The message as it came.
    pub message: String,
}

/// The outcome of a configuration message.
#[derive(Debug, Default)]
pub struct ConfigOutcome {
    /// Fields whose change waits for an operator.
    pub waiting: Vec<&'static str>,
    /// Fields whose change an operator refused before.
    pub refused: Vec<&'static str>,
    /// All of it waits with the device for approval.
    pub with_device: bool,
}

pub(super) fn unit_of(write: &Transaction<'_>, unit_id: i32) -> Result<UnitEntry> {
    write.unit_of(unit_id).ok_or_else(|| StoreError::Refused(format!("no unit {unit_id}")))
}
