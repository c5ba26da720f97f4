//! The description of the whole surface: `GET /api/openapi.json` and the page that shows it.

pub mod docs;
pub mod document;
mod parameters;
mod paths;
mod profiles;
mod statuses;
mod terminals;
#[cfg(test)]
mod tests;
mod texts;
