//! The server of the benchmarks of ingest.

use crate::support::app::TestApp;

/// A server that approves devices at once and does not throttle them.
pub(super) fn server() -> TestApp {
    TestApp::with_environment(&[
        ("NENGCE_MAX_REQUESTS_PER_DEVICE_PER_MINUTE", "1000000"),
        ("NENGCE_AUTO_APPROVE_DEVICES", "true"),
    ])
}
