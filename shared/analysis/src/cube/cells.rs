//! Iterates over every cell of a cube in its own order. Nothing is grouped or sorted.

use super::Cube;
use nengce_shared::energy_group::EnergyGroup;

/// A member's energy type in one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EnergyCell {
    pub member: u32,
    pub group: EnergyGroup,
    pub period: usize,
    /// On the calorific and the equivalent basis.
    pub tce: [Option<f64>; 2],
    pub received: u32,
    pub expected: u32,
}

impl Cube<'_> {
    /// Hands over every cell of energy that has a figure or was expected.
    pub fn each_energy(&self, mut take: impl FnMut(EnergyCell)) {
        let all = 0..self.axis.len();
        let mut tce = vec![None; all.len()];
        for series in 0..self.energy.series() {
            tce.fill(None);
            self.energy.each(series, &all, |period, quantity, factor| {
                let of = |kgce| nengce_shared::factor::tce(quantity, kgce);
                tce[period] = Some(factor.kgce.map(|it| it.map(of)));
            });
            let member = self.energy.member[series];
            let group = self.energies[self.energy.kind[series] as usize].group;
            for (period, tce) in tce.iter().enumerate() {
                let (expected, received) = self.energy.points(series, period);
                if tce.is_some() || expected > 0 {
                    take(EnergyCell {
                        member,
                        group,
                        period,
                        tce: tce.unwrap_or_default(),
                        received,
                        expected,
                    });
                }
            }
        }
    }

    /// Hands over member, period and value added in 10^4 yuan, wherever it is known.
    pub fn each_value_added(&self, mut take: impl FnMut(u32, usize, f64)) {
        let all = 0..self.axis.len();
        for series in 0..self.economy.series() {
            if self.economy.kind[series] == 0 {
                let member = self.economy.member[series];
                self.economy.each(series, &all, |period, value| take(member, period, value));
            }
        }
    }
}
