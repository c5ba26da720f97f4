//! The two tables of a cube: series × periods, the cells of each series in one run. Reads cells and sums runs; groups
//! nothing.

use std::ops::Range;

use super::column::{Counts, Figures};
use super::totals::Totals;

/// kgce per unit of quantity on both bases; `None` where the dictionary has no factor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Factor {
    pub kgce: [Option<f64>; 2],
}

/// A stretch of a series under one factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// The period after its last.
    pub until: u32,
    pub factor: u32,
}

/// Net consumption by member and energy type: quantity × factor is tce on either basis.
#[derive(Debug, Clone, PartialEq)]
pub struct Energy<'a> {
    pub(super) periods: usize,
    pub(super) member: Vec<u32>,
    pub(super) kind: Vec<u32>,
    pub(super) step: Vec<f64>,
    /// Where the runs of each series begin; one more at the end.
    pub(super) first_run: Vec<u32>,
    pub(super) runs: Vec<Run>,
    pub(super) factors: Vec<Factor>,
    pub(super) quantity: Figures<'a>,
    pub(super) expected: Counts<'a>,
    pub(super) lacking: Counts<'a>,
}

/// Value added (kind 0) and output (product kind − 1) by member. Empty at day grain: both come by month.
#[derive(Debug, Clone, PartialEq)]
pub struct Economy<'a> {
    pub(super) periods: usize,
    pub(super) member: Vec<u32>,
    pub(super) kind: Vec<u32>,
    pub(super) step: Vec<f64>,
    pub(super) amount: Figures<'a>,
}

impl Energy<'_> {
    pub fn series(&self) -> usize {
        self.member.len()
    }

    pub(super) fn bytes(&self) -> usize {
        self.series() * 24
            + self.runs.len() * 8
            + self.factors.len() * 32
            + self.quantity.bytes()
            + self.expected.bytes()
            + self.lacking.bytes()
    }

    fn place(&self, series: usize, range: &Range<usize>) -> Range<usize> {
        let start = series * self.periods;
        start + range.start..start + range.end
    }

    /// The runs of a series within a range of periods.
    fn runs(
        &self,
        series: usize,
        range: Range<usize>,
    ) -> impl Iterator<Item = (Range<usize>, Factor)> {
        let runs = &self.runs[self.first_run[series] as usize..self.first_run[series + 1] as usize];
        let skip = runs.partition_point(|it| it.until as usize <= range.start);
        let mut start = range.start;
        runs[skip..].iter().map_while(move |run| {
            let end = (run.until as usize).min(range.end);
            let stretch = start..end;
            start = end;
            (!stretch.is_empty()).then(|| (stretch, self.factors[run.factor as usize]))
        })
    }

    /// Adds a series' figures of a range.
    pub(super) fn add(&self, series: usize, range: &Range<usize>, totals: &mut Totals) {
        let step = self.step[series];
        for (stretch, factor) in self.runs(series, range.clone()) {
            let (steps, figures) = self.quantity.sum(self.place(series, &stretch));
            if figures > 0 {
                totals.energy(self.kind[series], steps as f64 * step, factor, figures);
            }
        }
        let place = self.place(series, range);
        let expected = self.expected.sum(place.clone());
        totals.expected += expected;
        totals.received += expected - self.lacking.sum(place).min(expected);
    }

    /// Hands over every figure of a series in a range: period, quantity, factor.
    pub(super) fn each(
        &self,
        series: usize,
        range: &Range<usize>,
        mut take: impl FnMut(usize, f64, &Factor),
    ) {
        let step = self.step[series];
        for (stretch, factor) in self.runs(series, range.clone()) {
            let cells = self.quantity.cells(self.place(series, &stretch));
            for (at, steps) in stretch.zip(cells) {
                if let Some(steps) = steps {
                    take(at, f64::from(steps) * step, &factor);
                }
            }
        }
    }

    /// Expected and received points of one cell.
    pub(super) fn points(&self, series: usize, period: usize) -> (u32, u32) {
        let at = series * self.periods + period;
        let expected = self.expected.get(at);
        (expected, expected.saturating_sub(self.lacking.get(at)))
    }
}

impl Economy<'_> {
    pub fn series(&self) -> usize {
        self.member.len()
    }

    pub(super) fn bytes(&self) -> usize {
        self.series() * 16 + self.amount.bytes()
    }

    fn place(&self, series: usize, range: &Range<usize>) -> Range<usize> {
        let start = series * self.periods;
        start + range.start..start + range.end
    }

    pub(super) fn add(&self, series: usize, range: &Range<usize>, totals: &mut Totals) {
        let (steps, figures) = self.amount.sum(self.place(series, range));
        if figures > 0 {
            totals.economy(self.kind[series], steps as f64 * self.step[series], figures);
        }
    }

    pub(super) fn each(
        &self,
        series: usize,
        range: &Range<usize>,
        mut take: impl FnMut(usize, f64),
    ) {
        let cells = self.amount.cells(self.place(series, range));
        for (at, steps) in range.clone().zip(cells) {
            if let Some(steps) = steps {
                take(at, f64::from(steps) * self.step[series]);
            }
        }
    }
}
