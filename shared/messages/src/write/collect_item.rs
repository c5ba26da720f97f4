//! The entries of `collectItemConfig`: which item a unit sends, in which grain, within which bounds.

use nengce_shared::data_code::DataCode;
use nengce_shared::stat_type::StatType;
use serde_json::{Value as Json, json};

/// A data item that a unit sends in one grain.
#[derive(Debug, Clone, Copy)]
pub struct CollectItem<'a> {
    /// What people call the item.
    pub name: &'a str,
    /// The data item, whose parts become attributes of their own.
    pub data_code: &'a DataCode,
    /// How the values are taken, 1 to 7.
    pub input_type: u8,
    /// The grain.
    pub stat_type: StatType,
    /// How much of the unit the item covers.
    pub scope: u8,
    /// The system in which the values arise.
    pub system: &'a str,
    /// The least and the most that a value can be, where that is known.
    pub bounds: Option<(f64, f64)>,
}

impl CollectItem<'_> {
    /// The entry as the message has it. Without bounds, their attributes stay away.
    pub fn write(&self) -> Json {
        let code = self.data_code;
        let (equipment, equipment_unit) = code.equipment().split_at(2);
        let mut item = json!({
            "name": self.name, "dataCode": code.to_string(),
            "processCode": code.process(), "processUnitCode": code.process_unit(),
            "equipmentCode": equipment, "equipmentUnitCode": equipment_unit,
            "energyClassCode": code.class_digits(), "energyTypeCode": code.energy_type(), "dataUsageCode": code.usage(),
            "inputType": self.input_type, "statType": self.stat_type, "scope": self.scope,
            "collectSystemName": self.system, "remark": "",
        });
        if let Some((least, most)) = self.bounds {
            item["dataValueMin"] = json!(least);
            item["dataValueMax"] = json!(most);
        }
        item
    }
}
