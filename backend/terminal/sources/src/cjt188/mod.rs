//! Water, heat and gas meters of CJ/T 188.
mod address;
pub(crate) mod frame;
mod protocol;
mod units;

pub(crate) use address::Address;
pub(crate) use frame::only_reads;
pub(crate) use protocol::Cjt188;
