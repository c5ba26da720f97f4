//! Applies deliberate faults to one item's day: points that are missing or stuck, a whole counter reading in one
//! interval, a day that disagrees with its points, a stamp off the start.

use super::fault_kind::FaultKind;
use super::faults::Fault;

/// The effects of faults on one day of one item.
#[derive(Debug, Default)]
pub(super) struct DayEffects {
    pub missing: bool,
    /// The amount on top of one interval, as a share of the true day.
    pub surplus: f64,
    /// The factor of the reported day to its points.
    pub factor: Factor,
    /// The share of the points that are not sent.
    lost: f64,
    /// The hours that repeat their first point.
    stuck: f64,
    /// The minutes by which the stamp is off the start of the period.
    off: f64,
    place: usize,
}

/// The factor 1, unless a fault changes it.
#[derive(Debug, Clone, Copy)]
pub struct Factor(f64);

impl Default for Factor {
    fn default() -> Self {
        Self(1.0)
    }
}

impl std::ops::Mul<Factor> for f64 {
    type Output = f64;
    fn mul(self, by: Factor) -> f64 {
        self * by.0
    }
}

impl DayEffects {
    pub(super) fn take(&mut self, fault: &Fault) {
        self.place = (fault.from.unsigned_abs() as usize * 7 + fault.unit) % 17;
        match fault.kind {
            FaultKind::ItemMissing => self.missing = true,
            FaultKind::CounterRestart => self.surplus = fault.amount - 1.0,
            FaultKind::DaySum => self.factor = Factor(fault.amount),
            FaultKind::FewPoints => self.lost = fault.amount,
            FaultKind::StuckPoints => self.stuck = fault.amount,
            FaultKind::PeriodStart => self.off = fault.amount,
            _ => {}
        }
    }

    /// The time of day in the stamp of the daily entry.
    pub(super) fn start(&self) -> String {
        let minutes = self.off as u32;
        format!("{:02}:{:02}:00", minutes / 60 % 24, minutes % 60)
    }

    /// The points that are sent, with their places among the points of the day.
    pub(super) fn points(&self, points: &[f64], surplus: f64) -> Vec<(usize, f64)> {
        let mut sent: Vec<(usize, f64)> = points.iter().copied().enumerate().collect();
        let per_hour = (points.len() / 24).max(1);
        let first = self.place * per_hour;
        let last = first + (self.stuck * per_hour as f64) as usize;
        for at in first..last.min(sent.len()) {
            sent[at].1 = points[first];
        }
        if surplus != 0.0
            && let Some(it) = sent.get_mut(first)
        {
            it.1 += surplus;
        }
        let lost = (self.lost * points.len() as f64).ceil() as usize;
        let from = first.min(points.len() - lost.min(points.len()));
        sent.retain(|it| !(from..from + lost).contains(&it.0));
        sent
    }
}
