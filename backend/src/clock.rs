//! The one clock: the city's local wall time. Pure code gets times as values.

use std::path::PathBuf;
use std::sync::OnceLock;

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
        let now = timestamp().to_zoned(self.zone.clone()).datetime();
        now.with().subsec_nanosecond(0).build().unwrap_or(now)
    }

    pub fn today(&self) -> Date {
        self.now().date()
    }
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
    now.checked_add(jiff::SignedDuration::from_secs(offset))
        .unwrap_or(now)
}

/// `YYYY-MM-DD HH:MM:SS`
pub fn text(at: DateTime) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}
