//! Sparkplug B: metrics of nodes and devices, by name or by the alias that their BIRTH gave it.
mod device;
mod metric;
mod name;
mod payload;
mod plant;
mod rebirth;
mod wire;

pub(super) use name::Name;
pub(super) use plant::Plant;
pub(super) use rebirth::message as rebirth;
