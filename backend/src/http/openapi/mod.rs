//! The description of the whole surface: `GET /api/openapi.json` and the page that shows it.

mod docs;
pub mod document;
pub mod operations;
mod parameters;
pub mod profiles;
mod statuses;
#[cfg(test)]
mod tests;
mod texts;
pub mod views;
