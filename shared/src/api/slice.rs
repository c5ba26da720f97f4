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
    /// The length of a period: `day` or `month`.
    pub grain: Grain,
    /// The first day asked for, `YYYY-MM-DD`.
    pub from: String,
    /// The last day asked for, included. With months, every month that the span touches counts whole.
    pub to: String,
    /// The dimensions that the figures are grouped by, as asked.
    pub dims: Vec<Dim>,
    /// The words of each dimension, one list per dimension in the order of `dims`.
    pub keys: Vec<Vec<String>>,
    /// Net consumption in `quantity_unit`, where the group has one energy type; else null.
    pub quantity: Vec<Option<f64>>,
    /// The unit of `quantity`; null where the group has no or several energy types.
    pub quantity_unit: Vec<Option<String>>,
    /// Comprehensive energy consumption in tce on the calorific basis (当量); null without a figure.
    pub tce_calorific: Vec<Option<f64>>,
    /// Comprehensive energy consumption in tce on the equivalent basis (等价); null without a figure.
    pub tce_equivalent: Vec<Option<f64>>,
    /// The value added that units report, in 10^4 yuan at comparable prices; null per energy type, per product and per
    /// day.
    pub value_added: Vec<Option<f64>>,
    /// The output in `output_unit`, where the group has one product; else null.
    pub output: Vec<Option<f64>>,
    /// The unit of `output`; null where the group has no or several products.
    pub output_unit: Vec<Option<String>>,
    /// Points that came.
    pub received: Vec<u64>,
    /// Points that were due up to yesterday.
    pub expected: Vec<u64>,
    /// The version of the data, which rises with every accepted change.
    pub data_version: u64,
}
}
