//! The server binary: one file per command.
fn main() {}
