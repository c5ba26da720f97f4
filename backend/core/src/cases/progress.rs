//! How far a case has come: its steps without those that were undone.

use jiff::civil::Date;
use nengce_shared::case::CaseStep;

use super::Step;

/// The steps that count, in their order.
#[derive(Debug, Clone)]
pub struct Progress<'a> {
    steps: Vec<&'a Step>,
}

impl<'a> Progress<'a> {
    /// Leaves out what was undone, and the undoing itself.
    pub fn new(all: impl IntoIterator<Item = &'a Step, IntoIter: Clone>) -> Self {
        let all = all.into_iter();
        let undone: Vec<u32> = all.clone().filter_map(|it| it.details.undoes).collect();
        let counts = |it: &&Step| it.step != CaseStep::Undone && !undone.contains(&it.number);
        Self { steps: all.filter(counts).collect() }
    }

    /// The steps that count.
    pub fn steps(&self) -> &[&'a Step] {
        &self.steps
    }

    /// The state: the last step that is one. A case without a step is a clue.
    pub fn state(&self) -> CaseStep {
        self.steps.iter().rev().find(|it| it.step.is_state()).map_or(CaseStep::Clue, |it| it.step)
    }

    /// The last step of a kind.
    pub fn last(&self, step: CaseStep) -> Option<&'a Step> {
        self.last_of(&[step])
    }

    /// The last step of several kinds.
    pub fn last_of(&self, steps: &[CaseStep]) -> Option<&'a Step> {
        self.steps.iter().rev().copied().find(|it| steps.contains(&it.step))
    }

    /// Whether there is a step of a kind after another step.
    pub fn has_since(&self, step: CaseStep, after: &Step) -> bool {
        self.last(step).is_some_and(|it| it.number > after.number)
    }

    /// The day on which the document of a step was served.
    pub fn served_on(&self, of: &Step) -> Option<Date> {
        let serves =
            |it: &&&Step| it.step == CaseStep::Served && it.details.serves == Some(of.number);
        self.steps.iter().rev().find(serves).map(|it| it.on)
    }

    /// The documents that have still to be served, oldest first.
    pub fn unserved(&self) -> impl Iterator<Item = &'a Step> + '_ {
        let waits = |it: &&Step| it.step.is_served() && self.served_on(it).is_none();
        self.steps.iter().copied().filter(waits)
    }

    /// The order with the last day of rectification.
    pub fn rectification(&self) -> Option<(&'a Step, Option<Date>)> {
        let order = self.last(CaseStep::Order)?;
        let extended = self.last(CaseStep::ExtensionGranted).filter(|it| it.number > order.number);
        Some((order, extended.unwrap_or(order).due()))
    }

    /// Whoever handled the case: their names, each once.
    pub fn officers(&self) -> Vec<&'a str> {
        let is_officers =
            |it: &&&Step| it.step.actor() == Some(nengce_shared::case::CaseActor::Officer);
        let mut names: Vec<&str> =
            self.steps.iter().filter(is_officers).map(|it| it.by.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The step that may be undone: the last one, apart from messages and files.
    pub fn last_act(&self) -> Option<&'a Step> {
        let is_act = |it: &&&Step| !matches!(it.step, CaseStep::Message | CaseStep::File);
        self.steps.iter().rev().find(is_act).copied().filter(|it| it.step != CaseStep::Clue)
    }
}
