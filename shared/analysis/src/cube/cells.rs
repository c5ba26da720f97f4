//! Iterates over every cell of a cube in its own order. Nothing is grouped or sorted.

use super::Cube;
use nengce_shared::energy_group::EnergyGroup;

/// A member's energy type in one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EnergyCell {
    /// The index of the member.
    pub member: u32,
    /// The place of its energy type.
    pub kind: u32,
    /// The energy group.
    pub group: EnergyGroup,
    /// The index of the period.
    pub period: usize,
    /// Net quantity in the unit of the energy type.
    pub quantity: Option<f64>,
    /// On the calorific and the equivalent basis.
    pub tce: [Option<f64>; 2],
    /// Points that came.
    pub received: u32,
    /// Points that were expected.
    pub expected: u32,
}

impl Cube<'_> {
    /// Hands over every cell of energy that has a figure or was expected.
    pub fn each_energy(&self, mut take: impl FnMut(EnergyCell)) {
        let mut figures = vec![None; self.axis.len()];
        for series in 0..self.energy.series() {
            figures.fill(None);
            self.energy.each(series, |period, quantity, factor| {
                let of = |kgce| nengce_shared::factor::tce(quantity, kgce);
                figures[period] = Some((quantity, factor.kgce.map(|it| it.map(of))));
            });
            let (member, kind) = (self.energy.member[series], self.energy.kind[series]);
            let group = self.energies[kind as usize].group;
            for (period, figure) in figures.iter().enumerate() {
                let (expected, received) = self.energy.points(series, period);
                if figure.is_some() || expected > 0 {
                    take(EnergyCell {
                        member,
                        kind,
                        group,
                        period,
                        quantity: figure.map(|it| it.0),
                        tce: figure.map(|it| it.1).unwrap_or_default(),
                        received,
                        expected,
                    });
                }
            }
        }
    }

    /// Hands over member, period and value added in 10^4 yuan, wherever it is known.
    pub fn each_value_added(&self, mut take: impl FnMut(u32, usize, f64)) {
        for series in 0..self.economy.series() {
            if self.economy.kind[series] == 0 {
                let member = self.economy.member[series];
                self.economy.each(series, |period, value| take(member, period, value));
            }
        }
    }
}
