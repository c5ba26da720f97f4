//! One tool that prepares a fresh machine, builds both halves, runs and tests.
fn main() {}
