//! When a session ends: after a time without activity, and after a time in all.

use jiff::SignedDuration;
use jiff::civil::DateTime;

/// How long sessions last.
#[derive(Debug, Clone, Copy)]
pub struct SessionLife {
    /// Without activity, in minutes.
    pub idle_minutes: u32,
    /// From the sign-in on, in hours.
    pub hours: u32,
}

impl SessionLife {
    /// When a session ends that was begun and last used at these times.
    pub fn end(&self, begun: DateTime, last_seen: DateTime) -> DateTime {
        let idle = SignedDuration::from_mins(self.idle_minutes.into());
        let all = SignedDuration::from_hours(self.hours.into());
        let ends = [last_seen.checked_add(idle), begun.checked_add(all)];
        ends.into_iter().flatten().min().unwrap_or(begun)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn activity_lengthens_a_session_but_never_beyond_its_hours(
            idle_minutes in 1u32..600, hours in 1u32..48, seen in 0i64..200_000, later in 0i64..200_000,
        ) {
            let life = SessionLife { idle_minutes, hours };
            let begun = date(2026, 3, 1).at(8, 0, 0, 0);
            let at = |seconds: i64| begun + SignedDuration::from_secs(seconds);
            let (early, late) = (life.end(begun, at(seen)), life.end(begun, at(seen + later)));
            prop_assert!(early <= late);
            prop_assert!(late <= begun + SignedDuration::from_hours(hours.into()));
            prop_assert!(early <= at(seen) + SignedDuration::from_mins(idle_minutes.into()));
        }
    }
}
