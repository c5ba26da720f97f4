//! Charts: pure scales and layouts, and one painter over any plotters backend. No browser types.
//!
//! A layout turns plain rows into a [`scene::Scene`]: marks, and the regions that answer a pointer or an arrow key.
//! Coordinates are CSS pixels; [`paint::paint`] alone knows the device pixel ratio.

pub mod comparisons;
pub mod layout;
pub mod paint;
pub mod scene;
pub mod time_series;
