//! The only room that names axum (with `commands/serve.rs`). `router.rs` is the whole surface on one screen.

pub mod auth;
pub mod devices;
pub mod docs;
pub mod etag;
pub mod health;
pub mod import_engine;
pub mod import_jobs;
pub mod import_profiles;
pub mod imports;
pub mod json_body;
pub mod list;
pub mod openapi;
pub mod paging;
pub mod problem;
pub mod query;
pub mod rate;
pub mod replacements;
pub mod router;
pub mod state;
pub mod tabular;
pub mod terminal;
pub mod uploads;
pub mod views;
pub mod web;
