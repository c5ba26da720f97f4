//! How addresses are written in each kind of source, and the check of one before it is used.
//!
//! See `docs/TERMINAL.md` for the grammar with examples.
use std::fmt;

use crate::settings::Kind;

/// Why an address cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressError {
    /// What was written.
    pub address: String,
    /// What is wrong, in Chinese.
    pub zh: String,
    /// What is wrong, in English.
    pub en: String,
}

impl AddressError {
    pub(crate) fn new(address: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { address: address.to_owned(), zh: zh.into(), en: en.into() }
    }

    /// Stable, for machines.
    pub fn code(&self) -> &'static str {
        "source-address"
    }
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} / {}", self.address, self.zh, self.en)
    }
}

impl std::error::Error for AddressError {}

/// Whether an address is well written for a kind of source.
pub fn check_address(kind: Kind, address: &str) -> Result<(), AddressError> {
    let _ = kind;
    if address.trim().is_empty() {
        return Err(AddressError::new(address, "地址为空", "the address is empty"));
    }
    Ok(())
}
