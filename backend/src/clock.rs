//! The one clock: the city's local wall time. Pure code gets times as values.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Reads the machine's clock in the configured time zone.
#[derive(Debug, Clone)]
pub struct Clock {
    zone: TimeZone,
}

impl Clock {
    /// `zone` is an IANA name such as `Asia/Shanghai`.
    pub fn new(zone: &str) -> Result<Self, jiff::Error> {
        Ok(Self {
            zone: TimeZone::get(zone)?,
        })
    }

    /// Local wall time, whole seconds.
    pub fn now(&self) -> DateTime {
        let now = jiff::Timestamp::now()
            .to_zoned(self.zone.clone())
            .datetime();
        now.with().subsec_nanosecond(0).build().unwrap_or(now)
    }

    pub fn today(&self) -> Date {
        self.now().date()
    }
}

/// `YYYY-MM-DD HH:MM:SS`
pub fn text(at: DateTime) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}
