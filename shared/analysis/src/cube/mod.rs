//! The cube: additive measures of the city by period, unit and energy type, in columns that are read as they were sent.
//! The server builds it, and a snapshot travels in it. It has two tables that are never mixed: energy by (member, energy
//! type), economy by (member, value added or product).

mod axis;
mod build;
mod cells;
mod coarse;
mod column;
mod members;
mod steps;
mod table;
#[cfg(test)]
mod tests;
mod wire;

pub use axis::Axis;
pub use build::CubeBuilder;
pub use cells::EnergyCell;
pub use coarse::groups;
pub use column::{MOST_PERIODS, STEPS};
pub use members::{Kind, Member};
pub use nengce_shared::api::snapshot::Level;
pub use table::{Economy, Energy, Factor};
pub use wire::{CubeError, FORMAT, MAGIC};
pub(crate) use wire::{Reader, Writer, checksum};

/// Media type of an encoded cube.
pub const MEDIA_TYPE: &str = "application/vnd.nengce.cube";

/// Additive facts of one moment. Figures are whole numbers of their series' step: exact where the readings have few
/// decimals, else each cell and each span of time is within 1.21e-7 of the series' largest value.
#[derive(Debug, Clone, PartialEq)]
pub struct Cube<'a> {
    /// The data version it was built from.
    pub version: u64,
    /// Whether members are units or groups.
    pub level: Level,
    /// The periods.
    pub axis: Axis,
    /// The members.
    pub members: Vec<Member>,
    /// The energy types.
    pub energies: Vec<Kind>,
    /// The products.
    pub products: Vec<Kind>,
    /// Net consumption by member and energy type.
    pub energy: Energy<'a>,
    /// Value added by series.
    pub economy: Economy<'a>,
}

impl Cube<'_> {
    /// Cells of energy: series × periods.
    pub fn cells(&self) -> usize {
        self.energy.series() * self.axis.len()
    }
}
