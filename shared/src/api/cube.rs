//! `GET /api/v1/slice` and `GET /api/v1/units/{code}/series`: figures by column. The cube itself is `crate::cube`'s.

use super::wire;
use crate::cube::Dim;
use crate::period::Grain;

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
/// Real-time values thinned to the width of a screen: of each column first, last, lowest and highest.
pub struct SeriesView {
    pub enterprise_code: String,
    pub data_code: String,
    pub unit: String,
    pub from: String,
    pub to: String,
    pub width: u32,
    /// Readings in the span, before thinning.
    pub readings: u64,
    /// Seconds since the start of `from`.
    pub seconds: Vec<u32>,
    pub values: Vec<f64>,
}
}
