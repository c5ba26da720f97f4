//! `scope`: how much of a unit a reading covers.

crate::wire_enum! {
    /// Terminal protocol `scope` (NECC-NHJC-04 data upload; found in real clients).
    /// Only the whole plant adds up to a unit's comprehensive consumption.
    #[cfg_attr(feature = "openapi", schema(as = DataScope))]
    pub enum Scope {
        WholePlant = 1, "whole_plant", "全厂", "Whole plant";
        Process = 2, "process", "生产工序", "Process";
        ProcessUnit = 3, "process_unit", "工序单元", "Process unit";
        KeyEquipment = 4, "key_equipment", "重点设备", "Key equipment";
    }
}
