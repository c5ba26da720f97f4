//! `GET /api/v1/snapshot`: what stands for a unit in it. Its format is that of the crate `nengce-analysis`.

crate::wire_enum! {
    /// What one unit of a snapshot stands for.
    pub enum Level {
        Unit = 1, "unit", "用能单位", "Unit";
        IndustryRegion = 2, "industry_region", "行业×区划", "Industry and district";
    }
}
