//! One warning about a setting.

use std::fmt;

/// A setting that is valid and unsafe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// A word that stays the same from version to version.
    pub code: &'static str,
    pub key: &'static str,
    pub reason: String,
    /// What the operator can do.
    pub advice: &'static str,
}

impl Warning {
    pub(super) fn new(
        code: &'static str,
        key: &'static str,
        reason: impl Into<String>,
        advice: &'static str,
    ) -> Self {
        Self { code, key, reason: reason.into(), advice }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "warning[{}] {}: {}; {}", self.code, self.key, self.reason, self.advice)
    }
}
