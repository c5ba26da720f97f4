//! Whether a unit reports today, judged by the points that were due up to yesterday; the span of a query has no part in it.

use jiff::civil::Date;
use nengce_shared::api::common::{Reporting, ReportingCounts};
use nengce_shared::period::DayRange;
use nengce_shared::reporting_state::ReportingState;

use super::snapshot::Points;
use super::unit_status::{RECENT_DAYS, UnitStatus};

/// Days that were due and have not come, from which a unit is silent: yesterday's data are due by the end of today.
const SILENT_FROM: usize = 2;

/// Days after which a unit that came back is one that reports.
const RESUMED_FOR: usize = 7;

/// The state of a unit on a day.
pub fn of(status: &UnitStatus, today: Date) -> Reporting {
    let Some(last_day) = status.last_day else {
        return never(status, today);
    };
    if let Some(since) = status.silent_since {
        return silent(since, today);
    }
    let missed = status.recent.iter().rev().take_while(|day| day.received == 0);
    let missed_due = missed.filter(|day| day.expected > 0).count();
    if last_day < today && missed_due >= SILENT_FROM {
        return silent(last_day.tomorrow().unwrap_or(last_day), today);
    }
    if let Some((since, days)) = resumed(&status.recent, last_day, today) {
        return reporting(ReportingState::Resumed, Some(since), Some(days));
    }
    let is_due = status.recent.iter().any(|day| day.expected > 0);
    let state = if is_due { ReportingState::Reporting } else { ReportingState::NotDue };
    reporting(state, None, None)
}

/// A new device owes its first day by the end of the next one.
fn never(status: &UnitStatus, today: Date) -> Reporting {
    let since = status.approved_on.or(status.listed_on);
    let days = since.map(|it| days_between(it, today));
    if days.is_some_and(|it| (it as usize) < SILENT_FROM) {
        return reporting(ReportingState::NotDue, None, None);
    }
    reporting(ReportingState::Never, since, days)
}

fn silent(since: Date, today: Date) -> Reporting {
    reporting(ReportingState::Silent, Some(since), Some(days_between(since, today)))
}

/// The day of the last days on which data came again after a silence, and how long that was.
fn resumed(recent: &[Points; RECENT_DAYS], last_day: Date, today: Date) -> Option<(Date, u32)> {
    // Today itself stands behind yesterday.
    let mut came: Vec<usize> = (RECENT_DAYS - RESUMED_FOR..RECENT_DAYS)
        .filter(|at| recent[*at].received > 0)
        .chain((last_day == today).then_some(RECENT_DAYS))
        .collect();
    came.reverse();
    let (at, days) = came.into_iter().find_map(|at| {
        let missed = recent[..at].iter().rev().take_while(|day| day.received == 0);
        let days = missed.filter(|day| day.expected > 0).count();
        (days >= SILENT_FROM).then_some((at, days as u32))
    })?;
    let since = today.checked_sub(jiff::Span::new().days((RECENT_DAYS - at) as i64)).ok()?;
    Some((since, days))
}

fn days_between(from: Date, to: Date) -> u32 {
    DayRange::new(from, to).map_or(0, |it| it.days().unsigned_abs().saturating_sub(1))
}

fn reporting(state: ReportingState, since: Option<Date>, days: Option<u32>) -> Reporting {
    Reporting { state, since: since.map(|it| it.to_string()), days }
}

/// One unit of a state.
pub fn one(state: ReportingState) -> ReportingCounts {
    let mut counts = ReportingCounts::none();
    counts.add(state, 1);
    counts
}

/// Several counts together.
pub fn sum<'a>(all: impl Iterator<Item = &'a ReportingCounts>) -> ReportingCounts {
    let mut total = ReportingCounts::none();
    for counts in all {
        for state in ReportingState::ALL {
            total.add(*state, counts.of(*state));
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::sample;

    const TODAY: Date = date(2025, 10, 19);

    /// A unit of 24 points a day: `x` came, `.` is missing, `-` was not due; the last sign is yesterday.
    fn unit(days: &str, last_day: Date) -> UnitStatus {
        let mut status = sample::statuses().remove(0);
        status.last_day = Some(last_day);
        for (ago, sign) in (1..).zip(days.chars().rev()) {
            let (received, expected) = match sign {
                'x' => (24, 24),
                '.' => (0, 24),
                _ => (0, 0),
            };
            status.set_recent(ago, Points { received, expected });
        }
        status
    }

    fn check(days: &str, last_day: Date, expected: (ReportingState, Option<&str>, Option<u32>)) {
        let found = of(&unit(days, last_day), TODAY);
        assert_eq!((found.state, found.since.as_deref(), found.days), expected, "{days}");
    }

    #[test]
    fn a_day_that_is_missed_is_late_and_two_are_a_silence() {
        use ReportingState::{NotDue, Reporting, Resumed, Silent};
        check("xxx", date(2025, 10, 18), (Reporting, None, None));
        check("xx.", date(2025, 10, 17), (Reporting, None, None));
        check("x..", date(2025, 10, 16), (Silent, Some("2025-10-17"), Some(2)));
        check("x.-.", date(2025, 10, 15), (Silent, Some("2025-10-16"), Some(3)));
        check(&".".repeat(30), date(2025, 8, 31), (Silent, Some("2025-09-01"), Some(48)));
        check("x...x", date(2025, 10, 18), (Resumed, Some("2025-10-18"), Some(3)));
        check("x...", TODAY, (Resumed, Some("2025-10-19"), Some(3)));
        check("x.xx", date(2025, 10, 18), (Reporting, None, None));
        check("x...xxxxxxxx", date(2025, 10, 18), (Reporting, None, None));
        check(&"-".repeat(30), date(2025, 9, 30), (NotDue, None, None));
    }

    #[test]
    fn a_unit_of_months_is_silent_once_its_next_month_is_overdue() {
        let mut status = unit(&"-".repeat(30), date(2025, 7, 31));
        status.silent_since = Some(date(2025, 8, 1));
        assert_eq!(of(&status, TODAY).state, ReportingState::Silent);
    }

    #[test]
    fn who_never_reported_counts_from_the_second_day() {
        let mut status = unit("", TODAY);
        (status.last_day, status.approved_on) = (None, Some(date(2025, 10, 18)));
        assert_eq!(of(&status, TODAY).state, ReportingState::NotDue);
        status.approved_on = Some(date(2025, 9, 19));
        let found = of(&status, TODAY);
        assert_eq!((found.state, found.days), (ReportingState::Never, Some(30)));
    }
}
