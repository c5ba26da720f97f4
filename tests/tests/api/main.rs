//! The API through a real server, one module per path. Expected figures are computed by hand from the rules of
//! the field, never by the code under test.

mod bulk;
mod bulk_formats;
mod claims;
mod commands;
mod configuration;
mod devices;
mod health;
mod import_jobs;
mod imports;
mod keep;
mod lateness;
mod lists;
mod openapi;
mod profiles;
mod quality;
mod steel;
mod terminal;
mod units;
mod uploads;
mod views;
