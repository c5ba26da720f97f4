//! The API through a real server, one module per path. Expected figures are computed by hand from the issue's
//! rules, never by the code under test.

mod devices;
mod terminal;
mod units;
mod uploads;
mod views;
