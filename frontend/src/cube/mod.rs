//! The city in the browser: from the cube of months and its frame it builds the same snapshot that the server derives
//! from, so that a selection on a page needs no request. No drawing, no address.

mod answers;
mod client;
mod days;
mod engine;
mod fetch;
mod query;
mod recent;

pub use answers::{benchmark, decomposition, dual_control, intensity, subjects, timeline};
pub use client::{
    City, city, is_grouped, linked_version, unit_name, use_city, use_city_of_products,
};
