//! Who sends a request: tokens are compared, and invalid ones are counted and delayed.

pub mod auth;
pub mod token_failures;
