//! The chain: the hash of an entry covers its number, its event and the hash of the entry before it.

use nengce_shared::api::audit::{AuditEvent, AuditRow};
use sha2::{Digest, Sha256};
use sm3::Sm3;

use super::event::canonical_bytes;

/// The hash before the first entry.
pub const FIRST_HASH: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A hash function of 32 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Algorithm {
    /// SHA-256 (FIPS 180-4).
    #[default]
    Sha256,
    /// SM3 (GB/T 32905).
    Sm3,
}

impl Algorithm {
    /// The word that an entry and the configuration hold.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sm3 => "sm3",
        }
    }

    /// The hash function of a word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Sha256, Self::Sm3].into_iter().find(|it| it.as_str() == word)
    }

    /// The hash of these bytes, in hexadecimal digits.
    pub fn digest(self, bytes: &[u8]) -> String {
        match self {
            Self::Sha256 => const_hex::encode(Sha256::digest(bytes)),
            Self::Sm3 => const_hex::encode(Sm3::digest(bytes)),
        }
    }
}

/// The hash of an entry after one with the hash `previous`.
pub(super) fn hash(previous: &str, number: u64, event: &AuditEvent, by: Algorithm) -> String {
    let mut bytes = format!("{previous}\n{number}\n{}\n", by.as_str()).into_bytes();
    bytes.extend(canonical_bytes(event));
    by.digest(&bytes)
}

/// The entry of an event after the one with this number and hash.
pub fn entry(previous: (u64, &str), event: AuditEvent, by: Algorithm) -> AuditRow {
    let number = previous.0 + 1;
    let hash = hash(previous.1, number, &event, by);
    AuditRow { number, event, algorithm: by.as_str().to_owned(), hash }
}
