//! Why an address cannot be used.
use std::fmt;

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
