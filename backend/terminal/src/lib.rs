//! The access-end system on the premises of a unit: collects, keeps and sends.
//! Reads meters by `nengce-sources`, keeps by `nengce-engine`, sends by `nengce-client`, and shows a page of its own.

#![warn(missing_docs)]

mod clock;
mod collect;
pub mod commands;
mod config;
mod demo;
mod page;
mod password;
mod plant;
mod send;
