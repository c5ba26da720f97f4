//! One measure by group and period with running sums. It is made once, when a pointer enters a chart; afterwards every
//! span of time costs two reads per group.

use std::collections::BTreeMap;
use std::ops::Range;

use super::group::Places;
use super::measure::side;
use super::{Cube, Dim, Filter, Measure};

/// Running sums of a measure. The filter's periods do not matter: every span can be asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Slice {
    periods: usize,
    /// The places of each group's words, in the order of the dimensions.
    pub keys: Vec<Vec<u32>>,
    /// By group and period, one more at the end: the sum of all before.
    sums: Vec<f64>,
    /// Alike: figures counted.
    counts: Vec<u32>,
}

impl Cube<'_> {
    /// The slice of an additive measure by dimensions other than time; quantities and outputs want a single type.
    pub fn slice(&self, filter: &Filter, dims: &[Dim], measure: Measure) -> Slice {
        let places = Places::new(self, dims);
        let periods = self.axis.len();
        let mut groups: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        let series = if measure.is_energy() { self.energy.series() } else { self.economy.series() };
        for at in 0..series {
            if let Some(mixed) = self.slice_place(filter, &places, measure, at) {
                groups.entry(mixed).or_default().push(at);
            }
        }
        let width = periods + 1;
        let mut slice = Slice {
            periods,
            keys: Vec::with_capacity(groups.len()),
            sums: vec![0.0; groups.len() * width],
            counts: vec![0; groups.len() * width],
        };
        let rows = slice.sums.chunks_exact_mut(width).zip(slice.counts.chunks_exact_mut(width));
        for ((mixed, members), (sums, counts)) in groups.into_iter().zip(rows) {
            slice.keys.push(places.split(mixed));
            for at in members {
                self.slice_series(measure, at, sums, counts);
            }
            for at in 1..width {
                sums[at] += sums[at - 1];
                counts[at] += counts[at - 1];
            }
        }
        slice
    }

    fn slice_place(
        &self,
        filter: &Filter,
        places: &Places,
        measure: Measure,
        at: usize,
    ) -> Option<u64> {
        if measure.is_energy() {
            let (member, kind) = (self.energy.member[at], self.energy.kind[at]);
            return filter
                .has_energy(member, kind)
                .then(|| places.of_energy(self, member, kind))?;
        }
        let (member, kind) = (self.economy.member[at], self.economy.kind[at]);
        let wanted = match measure {
            Measure::ValueAdded => kind == 0,
            Measure::Output => kind > 0,
            _ => false,
        };
        (wanted && filter.has_economy(member, kind))
            .then(|| places.of_economy(self, member, kind))?
    }

    fn slice_series(&self, measure: Measure, at: usize, sums: &mut [f64], counts: &mut [u32]) {
        let all = 0..self.axis.len();
        let mut add = |period: usize, value: f64| {
            sums[period + 1] += value;
            counts[period + 1] += 1;
        };
        match measure {
            Measure::Tce(basis) => {
                let side = side(basis);
                self.energy.each(at, &all, |period, quantity, factor| {
                    if let Some(kgce) = factor.kgce[side] {
                        add(period, nengce_shared::factor::tce(quantity, kgce));
                    }
                });
            }
            Measure::Quantity => {
                self.energy.each(at, &all, |period, quantity, _| add(period, quantity))
            }
            Measure::Received | Measure::Expected => {
                for period in all {
                    let (expected, received) = self.energy.points(at, period);
                    if expected > 0 {
                        let is_received = measure == Measure::Received;
                        add(period, f64::from(if is_received { received } else { expected }));
                    }
                }
            }
            _ => self.economy.each(at, &all, add),
        }
    }
}

impl Slice {
    /// The sum of each group over a span of periods; `None` where no figure is.
    pub fn between(&self, span: Range<usize>) -> Vec<Option<f64>> {
        let (a, b) = (span.start.min(self.periods), span.end.min(self.periods));
        let width = self.periods + 1;
        let rows = self.sums.chunks_exact(width).zip(self.counts.chunks_exact(width));
        rows.map(|(sums, counts)| (b > a && counts[b] > counts[a]).then(|| sums[b] - sums[a]))
            .collect()
    }

    /// The figure of one group and period.
    pub fn at(&self, group: usize, period: usize) -> Option<f64> {
        let at = group * (self.periods + 1) + period;
        (period < self.periods && self.counts.get(at + 1)? > self.counts.get(at)?)
            .then(|| self.sums[at + 1] - self.sums[at])
    }
}
