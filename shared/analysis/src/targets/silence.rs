//! Finds how long a unit has sent nothing, by the statType it usually sends, and whether it sends again.

use jiff::civil::Date;

use super::Evidence;
use crate::snapshot::Points;
use crate::unit_status::RECENT_DAYS;

/// Consecutive days on which something was expected and nothing came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Silence {
    /// The first silent day.
    pub from: Date,
    /// The number of silent days.
    pub days: u32,
    /// It reaches yesterday: nothing has come since.
    pub ongoing: bool,
    /// It began before the days that are kept one by one, and has ended: it is at least so long.
    pub at_least: bool,
}

/// The longest silence that touches the last days; one that goes on is as long as since the unit's last day with data.
pub(super) fn longest_silence(recent: &[Points], last_day: Date, today: Date) -> Option<Silence> {
    let mut best: Option<(usize, u32)> = None;
    let mut run = 0;
    for (at, day) in recent.iter().enumerate() {
        run = if day.expected > 0 && day.received == 0 { run + 1 } else { 0 };
        if run > 0 && best.is_none_or(|(_, length)| run >= length) {
            best = Some((at + 1 - run as usize, run));
        }
    }
    let (at, days) = best?;
    let ongoing = at + days as usize == RECENT_DAYS;
    let first = today.checked_sub(jiff::Span::new().days((RECENT_DAYS - at) as i64)).ok()?;
    let since = last_day.tomorrow().ok()?;
    if at == 0 && ongoing && since < first {
        let days = days_between(since, today).max(0).unsigned_abs();
        return Some(Silence { from: since, days, ongoing, at_least: false });
    }
    Some(Silence { from: first, days, ongoing, at_least: at == 0 && !ongoing })
}

/// The longest silence of a unit that has reported before.
pub(super) fn silence(evidence: &Evidence<'_>, unit: usize) -> Option<Silence> {
    let snapshot = evidence.evaluation.snapshot;
    let status = &evidence.statuses[unit];
    let last_day = status.last_day?;
    if let Some(from) = status.silent_since {
        let days = days_between(from, snapshot.today).max(0).unsigned_abs();
        return Some(Silence { from, days, ongoing: true, at_least: false });
    }
    longest_silence(&status.recent, last_day, snapshot.today)
}

/// Days from one date to another.
pub(super) fn days_between(from: Date, to: Date) -> i32 {
    nengce_shared::period::DayRange::new(from, to).map_or(0, |it| it.days() - 1)
}
