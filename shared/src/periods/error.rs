//! What is wrong with a period that was written down.

use jiff::civil::Date;

/// What is wrong with a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// A text of another form.
    #[error("'{0}' is none of YYYY, YYYY-MM, YYYY-MM-DD")]
    Unreadable(String),
    /// A first day after the last one.
    #[error("the period starts at {from}, after its end {to}")]
    Reversed {
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
    },
}
