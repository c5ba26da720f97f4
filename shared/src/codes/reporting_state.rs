//! Whether a unit reports today.

crate::wire_enum! {
    /// Reporting today, whatever span is on screen; in the order in which an operator looks at them.
    pub enum ReportingState {
        /// Nothing was ever received.
        Never = 1, "never", "从未上报", "never reported";
        /// Two days or more that were due have not come.
        Silent = 2, "silent", "断报", "silent";
        /// Data came again within the last days, after a silence.
        Resumed = 3, "resumed", "恢复上报", "resumed";
        /// Nothing is due today: a new device, or a unit that reports by the month or year.
        NotDue = 4, "not_due", "未到期", "not due";
        /// What is due has come.
        Reporting = 5, "reporting", "正常上报", "reporting";
    }
}
