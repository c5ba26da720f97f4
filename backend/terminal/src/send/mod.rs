//! What goes up: rounds for each centre, the messages about the plant, the values, and what a centre refuses of them.

mod certificate;
mod configuration;
mod round_end;
mod rounds;
mod upload;

pub(crate) use rounds::start;
