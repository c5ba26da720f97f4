//! The type of a profile: one province's variant of the national protocol, and the proof of its senders.

use super::scalar::Scalar;

/// One province's variant of the national protocol.
#[derive(Debug, Clone, Copy)]
pub struct Profile {
    /// The name in configuration and logs.
    pub name: &'static str,
    /// The path prefix where the configuration states none. An empty prefix means a listener of its own, or the root.
    pub prefix: &'static str,
    /// Reads the `valid` flag.
    pub valid: fn(&Scalar<'_>) -> Option<bool>,
    /// Whether entries without `valid` may count as valid. Public clients of the national protocol leave it out, and
    /// Anhui uses the national messages. Clients of Shandong and Yunnan always send it, and Shandong inverts its
    /// meaning.
    pub valid_may_be_absent: bool,
    /// How a message proves its sender, beside the device id.
    pub proof: Proof,
}

/// The proof of a message's sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// The device id alone.
    DeviceId,
    /// Fields encrypted with the key that the registration gave.
    SecretKey,
    /// A token of limited life that the server gives for a password.
    AccessKey,
    /// The client certificate of the connection.
    Certificate,
}
