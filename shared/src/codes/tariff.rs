//! What a tariff charges for, and the periods of a day that have prices of their own.

crate::wire_enum! {
    /// What a price of a tariff is paid for.
    pub enum TariffCharge {
        /// Each unit of quantity, such as a kWh or a ton.
        Quantity = 1, "quantity", "用量", "Quantity";
        /// Each kW of the agreed maximum demand, by month.
        Demand = 2, "demand", "需量", "Demand";
        /// Each kVA of transformer capacity, by month.
        Capacity = 3, "capacity", "容量", "Capacity";
    }
}

crate::wire_enum! {
    /// A period of the day with a price of its own.
    pub enum TariffPeriod {
        Sharp = 1, "sharp", "尖", "Critical peak";
        Peak = 2, "peak", "峰", "Peak";
        Flat = 3, "flat", "平", "Flat";
        Valley = 4, "valley", "谷", "Valley";
        DeepValley = 5, "deep_valley", "深谷", "Deep valley";
        /// One price at all hours.
        AllHours = 6, "all_hours", "全时段", "All hours";
    }
}
