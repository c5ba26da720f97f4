//! The engine: samples go in, values that are due come out, and nothing is lost or counted twice between.

mod commit;
mod due;
mod facade;
mod page;
mod retention;
mod take;

pub use facade::Engine;
