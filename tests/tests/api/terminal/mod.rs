//! The terminal protocol, spoken as the real clients speak it.

mod dialect;
mod download;
mod envelope;
mod limits;
mod register;
mod upload_config;
mod upload_energy;
mod upload_metering;
mod version_check;
