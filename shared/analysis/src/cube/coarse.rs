//! Derives cubes from a cube: the next coarser one, and a shorter one.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Axis, Cube, CubeBuilder, Level, Member};
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
        self.rebuilt(Level::IndustryRegion, members, &member_of, 0..self.axis.len())
    }

    /// Only some of its periods.
    pub fn during(&self, periods: Range<usize>) -> Cube<'static> {
        let same: Vec<u32> = (0..self.members.len() as u32).collect();
        self.rebuilt(self.level, self.members.clone(), &same, periods)
    }

    fn rebuilt(
        &self,
        level: Level,
        members: Vec<Member>,
        member_of: &[u32],
        periods: Range<usize>,
    ) -> Cube<'static> {
        let axis =
            Axis::of(self.axis.grain(), self.axis.first() + periods.start as i32, periods.len());
        let mut builder = CubeBuilder::new(
            self.version,
            level,
            axis.unwrap_or(self.axis),
            members,
            self.energies.clone(),
            self.products.clone(),
        );
        for series in 0..self.energy.series() {
            let member = member_of[self.energy.member[series] as usize];
            let target = builder.energy_series(member, self.energy.kind[series]);
            self.energy.each(series, &periods, |at, quantity, factor| {
                let tce = factor.kgce.map(|it| it.map(|kgce| tce(quantity, kgce)));
                builder.energy(target, at - periods.start, quantity, tce);
            });
            for at in periods.clone() {
                let (expected, received) = self.energy.points(series, at);
                builder.points(target, at - periods.start, received, expected);
            }
        }
        for series in 0..self.economy.series() {
            let member = member_of[self.economy.member[series] as usize];
            let target = builder.economy_series(member, self.economy.kind[series]);
            self.economy.each(series, &periods, |at, amount| {
                builder.economy(target, at - periods.start, amount);
            });
        }
        builder.build()
    }
}
