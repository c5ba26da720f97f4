//! Support for the tests: a real server, real terminals, a real browser, and the measuring program.
//!
//! Environment: `NENGCE_BIN` (server; default `target/debug/nengce`), `NENGCE_TERMINAL_BIN` (default beside it), `CHROMIUM`,
//! `CHROMEDRIVER`, `AXE_JS` (axe-core's script), `NENGCE_STEEL_CSV` (a data set, for a test that runs when asked for).

pub mod bench;
pub mod support;
