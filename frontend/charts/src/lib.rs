//! Charts: pure scales and layouts, and one painter over any plotters backend. No browser types.
//!
//! A layout turns plain rows into a [`scene::Scene`]: marks, and the regions that answer a pointer or an arrow key.
//! Coordinates are CSS pixels; [`paint::paint`] alone knows the device pixel ratio.

pub mod axis;
pub mod bars;
pub mod calendar;
pub mod composition;
pub mod distribution;
pub mod efficiency_curve;
pub mod hatch;
pub mod heat_week;
pub mod hit;
pub mod label;
pub mod load_curve;
pub mod load_duration;
pub mod months;
pub mod paint;
pub mod palette;
pub mod pattern;
pub mod peer_band;
pub mod product_strip;
pub mod sankey;
pub mod scale;
pub mod scatter;
pub mod scene;
pub mod sheet;
pub mod small_multiples;
pub mod stack;
pub mod stacked_area;
pub mod steps;
pub mod text;
pub mod tile_map;
pub mod trace;
pub mod waterfall;
