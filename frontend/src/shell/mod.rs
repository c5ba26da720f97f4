//! What surrounds every page: header with navigation and search, foot, skip link.

pub mod foot;
pub mod header;
mod search;
pub mod service_notice;
