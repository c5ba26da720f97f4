//! The rows of the working-day calendar.

use jiff::civil::Date;
use serde::Serialize;

use crate::reference::table::{Entry, Fields, Provenance};

/// Days that are worked or free although their weekday says otherwise.
#[derive(Debug, Clone, Serialize)]
pub struct HolidaySpan {
    /// The first day.
    pub from: Date,
    /// The last day, included.
    pub to: Date,
    /// `holiday` or `workday`.
    pub kind: String,
    /// Where the row comes from.
    pub provenance: Provenance,
}

/// Days of a span at most: a longer one is an error of writing.
const MOST_DAYS: i32 = 31;

impl Entry for HolidaySpan {
    const COLUMNS: &'static [&'static str] = &["from", "to", "kind"];
    fn key(&self) -> String {
        self.from.to_string()
    }
    fn read(row: &mut Fields<'_>) -> Self {
        let (from, to) = (row.date("from"), row.date("to"));
        if !(0..MOST_DAYS).contains(&(to - from).get_days()) {
            row.refuse(
                "to",
                "wrong_type",
                format!("止日应在起日之后 {MOST_DAYS} 天以内"),
                format!("must be from the first day on, within {MOST_DAYS} days"),
            );
        }
        let kind = row.one_of("kind", &["holiday", "workday"]);
        Self { from, to, kind, provenance: row.provenance() }
    }
}
