//! Groups of units, for a city too large to be sent by unit. A group carries what cannot be summed from its units: the
//! months in which some of them had no data, and the months in which energy and value added came from different units.
//! With these, counts of reporting units and ratios equal those by unit.

use std::collections::BTreeMap;

use nengce_shared::month::Month;

use super::ratio_sums::RatioSums;

/// A district's units of one industry and class.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UnitGroup {
    /// The number of units.
    pub units: u32,
    /// The months in which some of the units had no figure.
    pub silences: Vec<Silence>,
    /// By month and basis, where energy and value added do not come of the same units.
    pub uneven: BTreeMap<Month, [Paired; 2]>,
}

/// Units without any figure from one month to another, both included, and with one before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Silence {
    /// The first month without a figure.
    pub from: Month,
    /// The last month without a figure.
    pub to: Month,
    /// The number of units.
    pub units: u32,
}

/// RatioSums over the units that have both energy and value added in a month, and over the same units a year before.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Paired {
    /// The sums of the month.
    pub now: RatioSums,
    /// The sums of the same month a year before.
    pub before: RatioSums,
}

impl UnitGroup {
    /// Units with a figure from one month to another, both within the snapshot: the others are silent throughout, and a
    /// unit's silences do not touch.
    pub fn reporting(&self, from: Month, to: Month) -> u32 {
        let whole = self.silences.iter().filter(|it| it.from <= from && it.to >= to);
        self.units - whole.map(|it| it.units).sum::<u32>().min(self.units)
    }
}
