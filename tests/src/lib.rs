//! Support for the tests: a real server, real terminals, a real browser, and the measuring program.
//!
//! Environment: `NENGCE_BIN` (server to test; default `target/debug/nengce`), `NENGCE_TERMINAL_BIN` (terminal to test;
//! default beside the server), `CHROMIUM`, `CHROMEDRIVER`,
//! `AXE_JS` (axe-core's script), `NENGCE_STEEL_CSV` (the steel plant's data set, for a test that runs when asked for).

pub mod bench;
pub mod support;
