//! The two tables of a cube: series × periods, the cells of each series in one run.

use std::ops::Range;

use super::column::{Counts, Figures};

/// kgce per unit of quantity on both bases; `None` where the dictionary has no factor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Factor {
    /// kgce per unit on the calorific and the equivalent basis.
    pub kgce: [Option<f64>; 2],
}

/// Consecutive periods of a series with one factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// The period after the last one.
    pub until: u32,
    /// The index of the factor.
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
    /// The number of series.
    pub fn series(&self) -> usize {
        self.member.len()
    }

    /// The runs of a series: where each begins and ends, and its factor.
    fn runs(&self, series: usize) -> impl Iterator<Item = (Range<usize>, Factor)> {
        let runs = &self.runs[self.first_run[series] as usize..self.first_run[series + 1] as usize];
        let mut start = 0;
        runs.iter().map_while(move |run| {
            let end = (run.until as usize).min(self.periods);
            let stretch = start..end;
            start = end;
            (!stretch.is_empty()).then(|| (stretch, self.factors[run.factor as usize]))
        })
    }

    /// Hands over every figure of a series: period, quantity, factor.
    pub(super) fn each(&self, series: usize, mut take: impl FnMut(usize, f64, &Factor)) {
        let (step, first) = (self.step[series], series * self.periods);
        for (stretch, factor) in self.runs(series) {
            let cells = self.quantity.cells(first + stretch.start..first + stretch.end);
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
    /// The number of series.
    pub fn series(&self) -> usize {
        self.member.len()
    }

    /// Hands over every figure of a series: period and amount.
    pub(super) fn each(&self, series: usize, mut take: impl FnMut(usize, f64)) {
        let first = series * self.periods;
        for (at, steps) in self.amount.cells(first..first + self.periods).enumerate() {
            if let Some(steps) = steps {
                take(at, f64::from(steps) * self.step[series]);
            }
        }
    }
}
