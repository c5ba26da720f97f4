//! What surrounds every page: header with navigation and search, foot, skip link.

pub mod foot;
pub mod header;
pub mod link_notice;
mod search;
pub mod service_notice;
