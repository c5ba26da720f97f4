//! `GET /api/v1/slice`: additive figures by group, one list per column.

use super::wire;
use crate::periods::period::Grain;

crate::wire_enum! {
    /// A dimension to group by. Of `period`, `month` and `year` one at most.
    pub enum Dim {
        Period = 1, "period", "时期", "Period";
        Month = 2, "month", "月", "Month";
        Year = 3, "year", "年", "Year";
        Region = 4, "region", "区划", "District";
        Sector = 5, "sector", "行业大类", "Sector";
        Industry = 6, "industry", "行业", "Industry";
        Class = 7, "class", "类别", "Class";
        Energy = 8, "energy", "能源类别", "Energy";
        EnergyType = 9, "energy_type", "能源品种", "Energy type";
        Product = 10, "product", "产品", "Product";
        Unit = 11, "unit", "用能单位", "Unit";
    }
}

impl Dim {
    /// The length of the periods of a dimension of time.
    pub fn time(self) -> Option<Grain> {
        match self {
            Self::Period => Some(Grain::Day),
            Self::Month => Some(Grain::Month),
            Self::Year => Some(Grain::Year),
            _ => None,
        }
    }
}

wire! {
/// Additive figures by group, one list per column; row n is the n-th of every list.
pub struct SliceView {
    pub grain: Grain,
    pub from: String,
    pub to: String,
    pub dims: Vec<Dim>,
    /// Words of each dimension, in the order of `dims`.
    pub keys: Vec<Vec<String>>,
    /// Net consumption, where the group has one energy type.
    pub quantity: Vec<Option<f64>>,
    pub quantity_unit: Vec<Option<String>>,
    pub tce_calorific: Vec<Option<f64>>,
    pub tce_equivalent: Vec<Option<f64>>,
    /// 10^4 yuan; not known per energy type nor per day.
    pub value_added: Vec<Option<f64>>,
    /// Where the group has one product.
    pub output: Vec<Option<f64>>,
    pub output_unit: Vec<Option<String>>,
    pub received: Vec<u64>,
    pub expected: Vec<u64>,
    pub data_version: u64,
}
}
