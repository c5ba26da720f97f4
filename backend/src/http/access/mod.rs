//! Who sends a request and what they may see: tokens are compared, invalid ones are delayed, sessions are looked up, and each
//! address is checked against the permission table.

pub(super) mod actor;
pub mod auth;
pub(super) mod authorisation;
pub mod below_platform;
pub mod failed_sign_in;
pub(super) mod long_reader;
pub mod reader;
mod request_rate;
pub mod session;
pub(super) mod system_tokens;
