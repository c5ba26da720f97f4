//! Lines to devices: how they open, what passes over them, and meters that share one.
pub(crate) mod bus;
pub(crate) mod envelope;
pub(crate) mod own;
pub(crate) mod round;
pub(crate) mod tap;
pub(crate) mod target;
