//! Places where a test makes the server panic. Built in debug builds only: a release build has none of it.
//!
//! `NENGCE_FAIL_POINT_FILE` names a file that holds lines `PLACE TIMES`, such as `writer:after_commit 1`: the next so
//! many passages of the place panic, and the file counts down. Places are the words given to [`hit`].

use std::time::Duration;

#[cfg(debug_assertions)]
mod armed {
    use std::path::PathBuf;
    use std::sync::OnceLock;

    use parking_lot::Mutex;

    static FILE: OnceLock<Option<PathBuf>> = OnceLock::new();
    static TURN: Mutex<()> = Mutex::new(());

    pub(super) fn file() -> Option<&'static PathBuf> {
        let named = || std::env::var_os("NENGCE_FAIL_POINT_FILE").map(Into::into);
        FILE.get_or_init(named).as_ref()
    }

    /// Whether the place is named in the file with some times left; takes one of them.
    pub(super) fn take(place: &str) -> bool {
        let Some(file) = file() else {
            return false;
        };
        let _turn = TURN.lock();
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let mut found = false;
        let mut left = String::new();
        for line in text.lines() {
            let (name, times) = line.split_once(' ').unwrap_or((line, "0"));
            let times: u32 = times.trim().parse().unwrap_or(0);
            let takes = name == place && times > 0 && !found;
            found |= takes;
            left.push_str(&format!("{name} {}\n", times - u32::from(takes)));
        }
        found && std::fs::write(file, left).is_ok()
    }
}

/// Panics here when a test asks for it.
#[cfg(debug_assertions)]
pub fn hit(place: &'static str) {
    assert!(!armed::take(place), "fail point {place}");
}

#[cfg(not(debug_assertions))]
#[inline(always)]
pub fn hit(_place: &'static str) {}

/// Waits here as long as a test asks for it: the place's name with `stall:` in front, times in tenths of a second.
#[cfg(debug_assertions)]
pub fn stall(place: &'static str) {
    while armed::file().is_some() && armed::take(place) {
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[cfg(not(debug_assertions))]
#[inline(always)]
pub fn stall(_place: &'static str) {}

/// A pause of the server's own; short where a test with fail points waits for its end.
pub fn pause(it: Duration) -> Duration {
    #[cfg(debug_assertions)]
    if armed::file().is_some() {
        return it.min(Duration::from_millis(200));
    }
    it
}
