//! Topics of a broker of MQTT: JSON, numbers, and metrics of Sparkplug B.
mod address;
mod listen;
mod reader;
mod sparkplug;

pub(crate) use address::check;
pub(crate) use reader::Reader;
