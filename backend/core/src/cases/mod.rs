//! Inspection cases: what has happened, which step may follow, by when, and what a fine comes to. A case is its steps; they
//! are added and never changed.

pub mod deadline;
pub mod details;
pub mod document;
pub mod fine;
pub mod flow;
pub mod progress;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use nengce_shared::api::case::CaseStepDetails;
use nengce_shared::case::{CaseStep, DeadlineUnit};
use nengce_shared::working_days::{UnknownYear, WorkingDays};

use crate::reference::{CaseDeadline, Dictionaries, Violation};

/// A step as it was taken.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its place in the case, from 1.
    pub number: u32,
    /// What was done.
    pub step: CaseStep,
    /// Who took it.
    pub by: String,
    /// The day of the act, which may be earlier than that of its entry.
    pub on: Date,
    /// What was said about it.
    pub text: String,
    /// What the step needs beside its text.
    pub details: CaseStepDetails,
}

impl Step {
    /// The day that the step sets: the end of a term, the day of a hearing.
    pub fn due(&self) -> Option<Date> {
        self.details.due.as_ref()?.parse().ok()
    }
}

/// What a case is about, apart from its steps.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    /// The violation.
    pub violation: &'a Violation,
    /// Whether the metering authority takes part.
    pub is_joint: bool,
    /// The last day of the act; none while it goes on.
    pub act_to: Option<Date>,
}

/// The deadlines and the calendar by which they count.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    rows: &'a [CaseDeadline],
    calendar: &'a WorkingDays,
}

impl<'a> Terms<'a> {
    /// Those of the dictionaries in force.
    pub fn of(dictionaries: &'a Dictionaries) -> Self {
        Self { rows: &dictionaries.case_deadlines, calendar: &dictionaries.working_days }
    }

    /// The row of a deadline. The dictionary is refused without one of `CASE_DEADLINES`.
    pub fn row(&self, name: &str) -> Option<&'a CaseDeadline> {
        self.rows.iter().find(|it| it.name == name)
    }

    /// The last day of a term that begins after a day.
    ///
    /// # Errors
    /// The term counts working days of a year whose arrangement is not known.
    pub fn after(&self, name: &str, start: Date) -> Result<Date, UnknownYear> {
        let Some(row) = self.row(name) else { return Err(UnknownYear(start.year())) };
        let count = i64::from(row.count);
        match row.unit {
            DeadlineUnit::WorkingDay => self.calendar.after(start, row.count),
            DeadlineUnit::Day => Ok(start.saturating_add(jiff::Span::new().days(count))),
            DeadlineUnit::Month => Ok(start.saturating_add(jiff::Span::new().months(count))),
        }
    }
}
