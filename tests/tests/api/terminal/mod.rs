//! The terminal protocol, spoken as the real clients speak it.

mod dialect;
mod download;
mod envelope;
mod register;
mod upload_config;
mod upload_energy;
mod version_check;
