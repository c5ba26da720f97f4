//! The city in the browser: the months' cube and what goes along with it, thawed into the snapshot that the server
//! derives from, so that a choice on a page asks nobody. No drawing, no address.

mod client;
mod days;
mod question;

pub use client::{City, city, use_city};
pub use question::{filter, linked};
