//! `inputType`: how a reading came to be.

crate::wire_enum! {
    /// Terminal protocol `inputType` (NECC-NHJC-04 data upload; found in real clients).
    pub enum InputType {
        Mis = 1, "mis", "管理信息系统", "Management information system";
        ProductionMonitoring = 2, "production_monitoring", "生产监控系统", "Production monitoring";
        Dcs = 3, "dcs", "分布式控制系统", "Distributed control system";
        FieldInstrument = 4, "field_instrument", "现场仪表", "Field instrument";
        Manual = 5, "manual", "手工填报", "Manual entry";
        EnergySupplier = 6, "energy_supplier", "能源供应单位", "Energy supplier";
        Other = 7, "other", "其他", "Other";
    }
}
