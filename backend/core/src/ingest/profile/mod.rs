//! Provinces' habits: what a profile accepts, how it reads it and how it answers, one file each. All end in the same
//! [`Message`](super::message::Message); nothing here stores or knows the time.

pub mod anhui;
pub mod national;
pub mod shandong;
pub mod sm4;
pub mod yunnan;

use super::envelope::Scalar;

/// One province's way of writing the national protocol.
#[derive(Debug, Clone, Copy)]
pub struct Profile {
    /// The word in configuration and logs.
    pub name: &'static str,
    /// Path prefix where the configuration names none; empty: a listener of its own, or the root.
    pub prefix: &'static str,
    /// Reads the `valid` flag.
    pub valid: fn(&Scalar<'_>) -> Option<bool>,
    /// Whether entries without `valid` are taken as valid. Found in the nation, whose messages Anhui speaks; Shandong's
    /// and Yunnan's clients send it always, and Shandong turns its meaning round.
    pub valid_may_be_absent: bool,
    /// How a message proves who sends it, beside the device id.
    pub proof: Proof,
}

/// What a sender shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// The device id alone.
    DeviceId,
    /// Fields sealed with the key that the registration gave.
    SecretKey,
    /// A token of limited life, given for a password.
    AccessKey,
    /// A certificate of the connection.
    Certificate,
}

/// Every profile.
pub const ALL: [&Profile; 4] =
    [&national::NATIONAL, &shandong::SHANDONG, &yunnan::YUNNAN, &anhui::ANHUI];

/// The profile of a name, if there is one.
pub fn by_name(name: &str) -> Option<&'static Profile> {
    ALL.into_iter().find(|it| it.name == name)
}
