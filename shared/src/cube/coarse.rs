//! The next coarser cube: units become groups of one district, industry and class.

use std::collections::BTreeMap;

use super::{Cube, CubeBuilder, Level, Member};

impl Cube<'_> {
    /// The same facts by district, industry and class. Sums stay what they are, to the accuracy of both cubes.
    pub fn coarsened(&self) -> Cube<'static> {
        let key = |it: &Member| (it.region.clone(), it.industry.clone(), it.class);
        let mut groups: BTreeMap<_, u32> = self.members.iter().map(|it| (key(it), 0)).collect();
        for (at, place) in groups.values_mut().enumerate() {
            *place = at as u32;
        }
        let member_of: Vec<u32> = self.members.iter().map(|it| groups[&key(it)]).collect();
        let members = groups.into_keys().map(|(region, industry, class)| Member {
            code: String::new(),
            name: String::new(),
            region,
            industry,
            class,
        });
        let mut builder = CubeBuilder::new(
            self.version,
            Level::IndustryRegion,
            self.axis,
            members.collect(),
            self.energies.clone(),
            self.products.clone(),
        );
        let all = 0..self.axis.len();
        for series in 0..self.energy.series() {
            let member = member_of[self.energy.member[series] as usize];
            let target = builder.energy_series(member, self.energy.kind[series]);
            self.energy.each(series, &all, |at, quantity, factor| {
                let tce = factor
                    .kgce
                    .map(|it| it.map(|kgce| crate::factor::tce(quantity, kgce)));
                builder.energy(target, at, quantity, tce);
            });
            for at in all.clone() {
                let (expected, received) = self.energy.points(series, at);
                builder.points(target, at, received, expected);
            }
        }
        for series in 0..self.economy.series() {
            let member = member_of[self.economy.member[series] as usize];
            let target = builder.economy_series(member, self.economy.kind[series]);
            self.economy.each(series, &all, |at, amount| {
                builder.economy(target, at, amount)
            });
        }
        builder.build()
    }
}
