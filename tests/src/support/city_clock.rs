//! The clock of the city, which the servers of the tests go by, wherever the machine is.

use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Eight hours ahead of UTC.
pub fn zone() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(8))
}

pub fn today() -> Date {
    jiff::Timestamp::now().to_zoned(zone()).date()
}
