//! Settings that are valid and unsafe: each with a stable code, the key, the reason, and what to do.

mod reach;
mod secrets_at_rest;
mod sign_in;
mod warning;

use super::{Config, Sources};

pub use warning::Warning;

/// What is unsafe about a configuration from these sources, in the order of the documentation.
pub fn warnings(config: &Config, sources: &Sources) -> Vec<Warning> {
    let mut found = reach::of(config);
    found.extend(sign_in::of(config));
    found.extend(secrets_at_rest::of(config, sources));
    found
}
