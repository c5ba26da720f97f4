//! The city in the browser: the months' cube and what goes along with it, thawed into the snapshot that the server
//! derives from, so that a choice on a page asks nobody. No drawing, no address.

mod client;
mod days;
mod question;

pub use client::{City, city, unit_name, use_city, use_city_of_products};
pub use question::{decomposed, filter, linked, linked_products};
