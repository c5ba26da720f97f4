//! Energy and value added summed over the same units and months: the two sides of a ratio.

use nengce_shared::intensity::ratio;

/// Σ energy in tce and Σ value added in 10^4 yuan of the same months and units.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct RatioSums {
    /// Energy in tce.
    pub energy: f64,
    /// Value added in 10^4 yuan.
    pub output: f64,
}

impl RatioSums {
    /// Adds other sums.
    pub fn take(&mut self, other: Self) {
        self.energy += other.energy;
        self.output += other.output;
    }

    /// tce per 10^4 yuan.
    pub fn value(&self) -> Option<f64> {
        ratio(self.energy, self.output)
    }
}
