//! Charts that compare units, districts, products or flows with each other.

pub mod bars;
pub mod distribution;
pub mod efficiency_curve;
pub mod product_strip;
pub mod sankey;
pub mod scatter;
pub mod small_multiples;
pub mod tile_map;
pub mod waterfall;
