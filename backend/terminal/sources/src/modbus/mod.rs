//! Modbus TCP and RTU.
mod address;
mod reader;
mod value;

pub(crate) use address::Address;
pub(crate) use reader::{Framing, Reader};
