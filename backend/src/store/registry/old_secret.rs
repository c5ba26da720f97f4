//! The secret that a terminal had before its last rotation: the device id, and the client certificate it was bound to. It
//! goes on to be accepted for a while, so that no message is refused while the terminal changes to the new one.

use jiff::civil::DateTime;

/// The secret that was in force before the present one. An enterprise has one at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldSecret {
    pub device_id: String,
    /// SHA-256 of the client certificate that the enterprise was bound to.
    pub certificate: Option<String>,
    pub accepted_until: DateTime,
}

/// Which of its secrets a terminal uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Generation {
    Current,
    Old,
}

/// An operator waits for the terminal to fetch a new secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotationAsked {
    pub at: DateTime,
    pub by: String,
}

impl OldSecret {
    pub fn is_accepted(&self, now: DateTime) -> bool {
        now < self.accepted_until
    }
}
