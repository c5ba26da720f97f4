//! The HTTP part of the server, one folder for each kind of caller. Only this module and `commands/serve.rs` name axum;
//! `router.rs` lists every address of the server, one line each.

pub mod access;
pub mod accounts;
pub mod audit;
pub mod content;
pub mod costs;
pub mod events;
pub mod first_page;
pub mod health;
mod host_header;
pub mod imports;
mod layers;
pub mod openapi;
pub mod operators;
pub mod portal;
pub mod quality;
mod request_id;
pub mod router;
pub mod savings_projects;
pub mod sharing;
pub mod state;
pub mod submissions;
mod table_file;
pub mod terminal;
pub mod transport;
pub mod views;
mod yearly_values;
