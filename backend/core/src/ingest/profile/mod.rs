//! Provinces' habits: what a profile accepts and how it reads it, one file each.

pub mod national;

use super::envelope::Scalar;

/// One province's way of writing the national protocol.
#[derive(Debug, Clone, Copy)]
pub struct Profile {
    pub name: &'static str,
    /// Reads the `valid` flag.
    pub valid: fn(&Scalar<'_>) -> Option<bool>,
}
