//! The rules of accounts and signing in, as pure functions: names, passwords, one-time codes, locks, ends of sessions.

pub mod expiry;
pub mod lock;
pub mod name;
pub mod one_time_code;
pub mod password;
pub mod recovery_code;
