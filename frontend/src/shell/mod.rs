//! What surrounds every page: header with navigation and search, foot, skip link.

pub mod foot;
pub mod header;
pub mod lag;
mod search;
