//! What surrounds every page: header with navigation and search, foot, skip link.

mod account_menu;
pub mod foot;
pub mod header;
pub mod link_notice;
mod search;
pub mod service_notice;
