//! Units and their terminals, in memory and on disk: devices, registrations, claims, codes,
//! credentials and tokens.

pub mod cipher;
mod claim;
pub mod claim_limits;
pub mod claims;
pub mod codes;
pub mod credentials;
pub mod data_key;
mod entries;
pub mod lapse;
pub mod old_secret;
pub mod registrations;
pub mod tokens;

pub use entries::{DeviceEntry, DeviceState, Registry, UnitEntry};
