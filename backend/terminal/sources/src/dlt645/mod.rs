//! Electricity meters of DL/T 645, in the editions of 2007 and 1997.
mod address;
pub(crate) mod frame;
mod items;
mod protocol;

pub(crate) use address::Address;
pub(crate) use frame::only_reads;
pub(crate) use protocol::Dlt645;
