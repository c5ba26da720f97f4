//! The API through a real server, one module per path. Expected figures are computed by hand from the rules of
//! the field, never by the code under test.

mod commands;
mod configuration;
mod devices;
mod health;
mod imports;
mod lists;
mod openapi;
mod steel;
mod terminal;
mod units;
mod uploads;
mod views;
