//! What operators of the platform do: devices and claims, changes of units, replacements, tokens, maintenance.

pub mod claim_evidence;
pub mod claims;
pub mod connection_failures;
pub mod device_bindings;
pub mod device_evidence;
pub mod devices;
pub mod maintenance;
pub mod name_conflicts;
mod nearest_code;
pub mod operation;
pub mod rejected;
pub mod replacements;
pub mod rotation;
mod target_folders;
pub mod tokens;
pub mod unit_changes;
pub mod uploads;
