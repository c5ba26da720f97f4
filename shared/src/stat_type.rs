//! `statType`: the length of the period a reading stands for.

crate::wire_enum! {
    /// Terminal protocol `statType` (NECC-NHJC-04 data upload; found in real clients).
    pub enum StatType {
        RealTime = 0, "real_time", "实时", "Real-time";
        Day = 1, "day", "日", "Day";
        Month = 2, "month", "月", "Month";
        Year = 3, "year", "年", "Year";
    }
}
