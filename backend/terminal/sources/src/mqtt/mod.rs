//! Topics of a broker of MQTT.
mod address;
mod listen;
mod reader;

pub(crate) use address::check;
pub(crate) use reader::Reader;
