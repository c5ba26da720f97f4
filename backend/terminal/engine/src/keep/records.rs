//! Rows that the page shows: refused entries and the log.

use serde::Serialize;

use crate::values::Period;

/// What was done about a refused entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RejectedState {
    /// Nothing yet.
    Open,
    /// Set aside by a person.
    SetAside,
    /// Sent again, or replaced by a changed value.
    SentAgain,
}

impl RejectedState {
    pub(super) fn of_number(it: i64) -> Self {
        match it {
            0 => Self::Open,
            1 => Self::SetAside,
            _ => Self::SentAgain,
        }
    }
}

/// An entry that a centre refused, with its reason.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rejected {
    /// Which value.
    pub period: Period,
    /// The id of its point.
    pub point: String,
    /// The name of its point.
    pub name: String,
    /// The value that was refused.
    pub value: Option<f64>,
    /// The field that the centre names.
    pub field: String,
    /// The centre's code.
    pub code: String,
    /// The centre's reason.
    pub reason: String,
    /// When it was refused.
    pub at: i64,
    /// What was done about it.
    pub state: RejectedState,
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogEntry {
    /// When.
    pub at: i64,
    /// What it is about: `read`, `send`, `receive`, `warn`, `store`, `manual`.
    pub kind: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}
