//! Accounts of people: the first start, signing in and out, locks, sessions, and the administration of accounts.

mod administration;
mod events;
mod first_start;
mod import;
mod provider;
mod second_factor;
mod sessions;
mod sharing;
mod sign_in;

use nengce_tests::support::app::TestApp;

/// A server that believes the address in X-Forwarded-For, with a clock that a file moves.
fn app_with_clock(settings: &[(&str, &str)]) -> (TestApp, tempfile::NamedTempFile) {
    let clock = tempfile::NamedTempFile::new().expect("a file");
    let file = clock.path().to_str().expect("a path").to_owned();
    let fixed =
        [("NENGCE_CLOCK_OFFSET_FILE", file.as_str()), ("NENGCE_TRUSTED_PROXIES", "127.0.0.1")];
    (TestApp::with_environment(&[&fixed[..], settings].concat()), clock)
}

fn move_clock(clock: &tempfile::NamedTempFile, seconds: i64) {
    std::fs::write(clock.path(), seconds.to_string()).expect("the clock is moved");
}
