//! Derives the next coarser cube from a cube.

use std::collections::BTreeMap;

use super::{Cube, CubeBuilder, Level, Member};
use nengce_shared::factor::tce;
use nengce_shared::unit_class::UnitClass;

/// The groups of units by district, industry and class, in order, and the place of each unit's group.
pub fn groups<'u>(
    units: impl Iterator<Item = (&'u str, &'u str, UnitClass)> + Clone,
) -> (Vec<Member>, Vec<u32>) {
    let mut places: BTreeMap<_, u32> = units.clone().map(|it| (it, 0)).collect();
    for (at, place) in places.values_mut().enumerate() {
        *place = at as u32;
    }
    let of = units.map(|it| places[&it]).collect();
    let group = |(region, industry, class): (&str, &str, UnitClass)| Member {
        code: String::new(),
        name: String::new(),
        region: region.to_owned(),
        industry: industry.to_owned(),
        class,
    };
    (places.into_keys().map(group).collect(), of)
}

impl Cube<'_> {
    /// The same facts by district, industry and class: units become groups. Sums stay what they are, to the accuracy
    /// of both cubes.
    pub fn coarsened(&self) -> Cube<'static> {
        let units = self.members.iter();
        let units = units.map(|it| (it.region.as_str(), it.industry.as_str(), it.class));
        let (members, member_of) = groups(units);
        let mut builder = CubeBuilder::new(
            self.version,
            Level::IndustryRegion,
            self.axis,
            members,
            self.energies.clone(),
            self.products.clone(),
        );
        for series in 0..self.energy.series() {
            let member = member_of[self.energy.member[series] as usize];
            let target = builder.energy_series(member, self.energy.kind[series]);
            self.energy.each(series, |at, quantity, factor| {
                let tce = factor.kgce.map(|it| it.map(|kgce| tce(quantity, kgce)));
                builder.energy(target, at, quantity, tce);
            });
            for at in 0..self.axis.len() {
                let (expected, received) = self.energy.points(series, at);
                builder.points(target, at, received, expected);
            }
        }
        for series in 0..self.economy.series() {
            let member = member_of[self.economy.member[series] as usize];
            let target = builder.economy_series(member, self.economy.kind[series]);
            self.economy.each(series, |at, amount| {
                builder.economy(target, at, amount);
            });
        }
        builder.build()
    }
}
