//! The score of a trial: how many faults were found, and how many findings were meant.

use std::collections::BTreeMap;

/// Counts of one class of fault, or of one rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// Faults planted, or findings made.
    pub all: u32,
    /// Faults that were found, or findings that match a fault.
    pub hit: u32,
}

impl Count {
    pub(super) fn share(self) -> Option<f64> {
        (self.all > 0).then(|| f64::from(self.hit) / f64::from(self.all))
    }

    pub(super) fn add(&mut self, hit: bool) {
        self.all += 1;
        self.hit += u32::from(hit);
    }
}

/// Items of one pattern, how long they ran, and the false findings about them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Benign {
    pub items: u32,
    pub item_days: u64,
    pub alarms: u32,
}

impl Benign {
    pub(super) fn alarms_per_year(self) -> f64 {
        f64::from(self.alarms) / (self.item_days as f64 / 365.25)
    }
}

/// The scores of a trial; scores of several seeds add up.
#[derive(Debug, Default)]
pub(super) struct Score {
    pub recall: BTreeMap<&'static str, Count>,
    /// How many of the same faults the configured minimum and maximum alone would have found.
    pub bounds_alone: BTreeMap<&'static str, Count>,
    pub precision: BTreeMap<&'static str, Count>,
    /// Findings that disappeared after the correction, among those for which a correction was sent.
    pub mended: Count,
    /// Years of items whose pattern is no fault, and false findings about them.
    pub benign: BTreeMap<&'static str, Benign>,
    pub shutdowns: u32,
    /// Findings about units at a standstill that no fault explains.
    pub shutdown_alarms: u32,
    pub unit_days: u64,
    pub readings: u64,
    /// Faults that were not found, and findings without a fault, for developers of the rules.
    pub wrong: Vec<String>,
}

impl Score {
    /// Adds the scores of another seed.
    pub(super) fn add(&mut self, other: Self) {
        let join = |to: &mut BTreeMap<&'static str, Count>, from: BTreeMap<&'static str, Count>| {
            for (name, count) in from {
                let it = to.entry(name).or_default();
                it.all += count.all;
                it.hit += count.hit;
            }
        };
        join(&mut self.recall, other.recall);
        join(&mut self.bounds_alone, other.bounds_alone);
        join(&mut self.precision, other.precision);
        for (label, it) in other.benign {
            let sum = self.benign.entry(label).or_default();
            sum.items += it.items;
            sum.item_days += it.item_days;
            sum.alarms += it.alarms;
        }
        self.mended.all += other.mended.all;
        self.mended.hit += other.mended.hit;
        self.shutdowns += other.shutdowns;
        self.shutdown_alarms += other.shutdown_alarms;
        self.unit_days += other.unit_days;
        self.readings += other.readings;
        self.wrong.extend(other.wrong);
    }
}
