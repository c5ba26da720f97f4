//! `GET /api/v1/units/{code}/series`: real-time values thinned to the width of a screen.

use super::wire;

wire! {
/// Real-time values thinned to the width of a screen: of each column first, last, lowest and highest.
pub struct SeriesView {
    pub enterprise_code: String,
    pub data_code: String,
    /// The unit's real-time items, the main one first.
    pub items: Vec<String>,
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
