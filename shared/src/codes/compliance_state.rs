//! How a unit stood in a quarter: the worst of its events.

crate::wire_enum! {
    /// How a unit stood in a quarter, the worst first.
    pub enum ComplianceState {
        /// A limit of unit product consumption was exceeded.
        Violation = 1, "violation", "超限额", "above a limit";
        /// Data were incomplete or doubtful, a baseline was exceeded, or a meter was overdue.
        Trouble = 2, "trouble", "数据或计量问题", "data or metering trouble";
        /// It reported what was due, and nothing was found.
        Fine = 3, "fine", "正常", "in order";
        /// Nothing was due or came, or nobody has assessed it yet.
        Unknown = 4, "unknown", "无数据或未评价", "no data or not assessed";
    }
}
