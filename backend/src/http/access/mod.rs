//! Who sends a request: tokens are compared, and invalid ones are delayed.

pub mod auth;
pub(super) mod system_tokens;
