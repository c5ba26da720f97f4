//! The one clock: the city's local wall time. Pure code gets times as values.

use std::path::PathBuf;
use std::sync::OnceLock;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Reads the machine's clock in the configured time zone.
#[derive(Debug, Clone)]
pub struct Clock {
    zone: TimeZone,
    fixed_offset_minutes: Option<i16>,
}

impl Clock {
    /// `zone` is an IANA name such as `Asia/Shanghai`.
    pub fn new(zone: &str) -> Result<Self, jiff::Error> {
        let zone = TimeZone::get(zone)?;
        Ok(Self { fixed_offset_minutes: fixed_offset_minutes(&zone), zone })
    }

    /// The offset from UTC of a zone that has kept one for a generation.
    pub fn fixed_offset_minutes(&self) -> Option<i16> {
        self.fixed_offset_minutes
    }

    /// Local wall time, whole seconds.
    pub fn now(&self) -> DateTime {
        let now = timestamp().to_zoned(self.zone.clone()).datetime();
        now.with().subsec_nanosecond(0).build().unwrap_or(now)
    }

    pub fn today(&self) -> Date {
        self.now().date()
    }
}

/// Clocks of China were last changed in 1991: what a zone did before 2000 is not asked.
fn fixed_offset_minutes(zone: &TimeZone) -> Option<i16> {
    let since = jiff::civil::date(2000, 1, 1).to_zoned(jiff::tz::TimeZone::UTC);
    let since = since.ok()?.timestamp();
    let offset = zone.to_offset(since);
    if zone.following(since).next().is_some_and(|it| it.offset() != offset) {
        return None;
    }
    i16::try_from(offset.seconds() / 60).ok()
}

/// The machine's clock. For tests of clocks that jump: the seconds in the file that `NENGCE_CLOCK_OFFSET_FILE` names
/// are added.
pub fn timestamp() -> jiff::Timestamp {
    static OFFSET: OnceLock<Option<PathBuf>> = OnceLock::new();
    let file = OFFSET.get_or_init(|| std::env::var_os("NENGCE_CLOCK_OFFSET_FILE").map(Into::into));
    let offset: i64 = file
        .as_ref()
        .and_then(|it| std::fs::read_to_string(it).ok())
        .and_then(|it| it.trim().parse().ok())
        .unwrap_or(0);
    let now = jiff::Timestamp::now();
    now.checked_add(jiff::SignedDuration::from_secs(offset)).unwrap_or(now)
}

/// `YYYY-MM-DD HH:MM:SS`
pub fn text(at: DateTime) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// The moment of such a text, which is how the store prints it; `None` for any other.
pub fn read(text: &str) -> Option<DateTime> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{Clock, read, text};

    #[test]
    fn a_moment_is_read_as_it_was_written() {
        let at = jiff::civil::datetime(2026, 11, 28, 7, 8, 9, 0);
        assert_eq!(text(at), "2026-11-28 07:08:09");
        assert_eq!(read(&text(at)), Some(at));
        assert_eq!(read("soon"), None);
    }

    #[test]
    fn only_a_zone_that_keeps_its_offset_has_one() {
        let offset = |zone: &str| Clock::new(zone).expect("a zone").fixed_offset_minutes();
        assert_eq!(offset("Asia/Shanghai"), Some(480));
        assert_eq!(offset("Asia/Urumqi"), Some(360));
        assert_eq!(offset("Europe/Berlin"), None);
    }
}
