//! Charts whose horizontal axis is time, or whose cells are hours, days or months.

pub mod calendar;
pub mod composition;
pub mod heat_week;
pub mod load_curve;
pub mod load_duration;
pub mod months;
pub mod peer_band;
pub mod stacked_area;
pub mod trace;
