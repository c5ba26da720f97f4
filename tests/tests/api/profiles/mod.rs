//! The profiles of the provinces on a real server: each replays a recorded conversation and ends with the figures that
//! the same data has in the national profile.

mod anhui;
pub(crate) mod conversation;
mod data_key;
mod places;
pub(crate) mod shandong;
mod simulate;
mod yunnan;
