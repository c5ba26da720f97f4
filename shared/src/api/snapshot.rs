//! `GET /api/v1/snapshot`: whether its units are units or groups of units. The crate `nengce-analysis` defines its
//! format.

crate::wire_enum! {
    /// What a unit of a snapshot is.
    pub enum Level {
        Unit = 1, "unit", "用能单位", "Unit";
        IndustryRegion = 2, "industry_region", "行业×区划", "Industry and district";
    }
}
