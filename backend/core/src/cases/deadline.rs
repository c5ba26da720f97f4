//! The deadlines of a case: each with its start, its last day, and whether it was kept.

use jiff::civil::Date;
use nengce_shared::case::CaseStep as S;
use nengce_shared::working_days::UnknownYear;

use super::progress::Progress;
use super::{Step, Subject, Terms};
use crate::reference::CaseDeadline;

/// What its last day means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeadlineKind {
    /// Somebody has to act by this day.
    Duty,
    /// The unit may act until this day.
    Term,
    /// The next step may be taken from this day on.
    Earliest,
}

impl DeadlineKind {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Duty => "duty",
            Self::Term => "term",
            Self::Earliest => "earliest",
        }
    }
}

/// The last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// This day.
    On(Date),
    /// Its start has not come.
    Waits,
    /// The working days of this year are not known.
    Unknown(UnknownYear),
}

/// A deadline of a case.
#[derive(Debug, Clone)]
pub struct Deadline<'a> {
    /// The rule.
    pub row: &'a CaseDeadline,
    /// The day from which it counts, and the step of that day.
    pub start: Option<(Date, S)>,
    /// The last day.
    pub due: Due,
    /// What the last day means.
    pub kind: DeadlineKind,
    /// The day on which it was kept.
    pub done: Option<Date>,
}

impl Deadline<'_> {
    /// Whether somebody has still to act.
    pub fn is_open(&self) -> bool {
        self.done.is_none() && self.kind == DeadlineKind::Duty
    }
}

/// The deadlines that a case has or will have on the way it takes.
pub fn deadlines<'a>(
    case: &Progress<'_>,
    subject: &Subject<'_>,
    terms: &Terms<'a>,
) -> Vec<Deadline<'a>> {
    let mut all = Vec::new();
    let mut add = |name: &str, start: Option<(Date, S)>, due: Option<Date>, kind, done| {
        let due = match (due, start) {
            (Some(day), _) => Due::On(day),
            (None, None) => Due::Waits,
            (None, Some((day, _))) => terms.after(name, day).map_or_else(Due::Unknown, Due::On),
        };
        all.extend(terms.row(name).map(|row| Deadline { row, start, due, kind, done }));
    };
    let on = |step: S| case.last(step).map(|it| (it.on, step));
    let served = |it: &Step| case.served_on(it).map(|day| (day, it.step));
    let day = |steps: &[S]| case.last_of(steps).map(|it| it.on);
    if let Some(notice) = case.last(S::InspectionNotice) {
        add("inspection_notice", served(notice), None, DeadlineKind::Earliest, day(&[S::Record]));
    }
    if let Some(ordered) = case.last_of(&[S::Order, S::Advice]) {
        add("order_service", on(S::Record), None, DeadlineKind::Duty, case.served_on(ordered));
    } else if case.state() == S::Record {
        add("order_service", on(S::Record), None, DeadlineKind::Duty, None);
    }
    if let Some((order, end)) = case.rectification() {
        let done = day(&[S::Met, S::NotMet]);
        let start = served(order);
        if case.state() == S::Order {
            let fifteen = terms.row("extension_request").map_or(0, |it| i64::from(it.count));
            let last = end.map(|it| it.saturating_sub(jiff::Span::new().days(fifteen)));
            add("extension_request", start, last, DeadlineKind::Term, None);
        }
        let is_extended = case.has_since(S::ExtensionGranted, order);
        let name = if is_extended { "extension" } else { "rectification" };
        add(name, start, end, DeadlineKind::Duty, done);
    }
    if let Some(told) = case.last(S::IntendedPenalty) {
        add("hearing_request", served(told), None, DeadlineKind::Term, None);
        if let Some(notice) = case.last(S::HearingNotice) {
            let held = day(&[S::HearingHeld]);
            add("hearing_notice", served(notice), None, DeadlineKind::Earliest, held);
        }
        let decided = case.last_of(&[S::Decision, S::NoPenalty]);
        let ended = decided.map(|it| it.on).or_else(|| day(&[S::Stopped, S::Transferred]));
        add("decision", on(S::Opened), None, DeadlineKind::Duty, ended);
        if let Some(to) = subject.act_to.filter(|_| decided.is_none()) {
            add("limitation", Some((to, S::Clue)), None, DeadlineKind::Duty, ended);
        }
        let is_fine = decided.is_none_or(|it| it.step == S::Decision)
            && ended.is_none_or(|_| decided.is_some());
        if is_fine {
            let at = decided.map(|it| (it.on, it.step));
            add("service", at, None, DeadlineKind::Duty, decided.and_then(|it| case.served_on(it)));
            let from = decided.and_then(served);
            let paid = day(&[S::Paid, S::Revoked]);
            add("payment", from, None, DeadlineKind::Duty, paid);
        }
    }
    if let (Some(revoked), true) = (case.last(S::Revoked), case.last(S::Published).is_some()) {
        add(
            "unpublish",
            Some((revoked.on, S::Revoked)),
            None,
            DeadlineKind::Duty,
            day(&[S::Unpublished]),
        );
    }
    all
}
