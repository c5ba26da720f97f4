//! The API through a real server, one module per path. Expected figures are computed by hand from the rules of
//! the field, never by the code under test.

mod auth;
mod body_limits;
mod bulk;
mod bulk_formats;
mod claims;
mod commands;
mod configuration;
mod devices;
mod documents;
mod formats;
mod health;
mod hostile_files;
mod import_command;
mod import_jobs;
mod imports;
mod keep;
mod lateness;
mod lists;
mod openapi;
mod operation;
mod privacy;
mod profiles;
mod quality;
mod real_files;
mod rejected;
mod rhythms;
mod steel;
mod strangers;
mod terminal;
mod transport;
mod unit_changes;
mod unit_values;
mod units;
mod uploads;
mod views;
