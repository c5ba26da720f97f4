//! Exactly once: decides for each reading of a group whether it is new, unchanged, or replaces the stored value. Pure.

use std::collections::HashMap;

use crate::store::replacement::policy::{Aside, Verdict};
use crate::store::value::{Held, Key};

/// The outcome of one reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Stored,
    Unchanged,
    Replaced,
    /// It waits until an operator decides; the stored value stays in force.
    Held,
}

/// A value that was replaced, for the history.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gone {
    pub key: Key,
    pub held: Held,
    pub replaced_by: i32,
}

#[derive(Debug)]
struct Slot {
    held: Held,
    /// Stands in the store already.
    in_store: bool,
    /// The group put a value here.
    fresh: bool,
}

/// Resolves the readings of one group in their order, starting from the stored values.
#[derive(Debug, Default)]
pub struct Resolution {
    slots: HashMap<Key, Slot>,
    pub history: Vec<Gone>,
    pub aside: Aside,
}

impl Resolution {
    pub fn new(existing: HashMap<Key, Held>) -> Self {
        let slots = existing
            .into_iter()
            .map(|(key, held)| {
                let slot = Slot { held, in_store: true, fresh: false };
                (key, slot)
            })
            .collect();
        Self { slots, history: Vec::new(), aside: Aside::default() }
    }

    pub fn take(&mut self, key: Key, new: Held) -> Outcome {
        let Some(slot) = self.slots.get_mut(&key) else {
            let slot = Slot { held: new, in_store: false, fresh: true };
            self.slots.insert(key, slot);
            return Outcome::Stored;
        };
        if slot.held.same_value(&new) {
            if !self.aside.is_idle() {
                self.aside.settle(key);
            }
            return Outcome::Unchanged;
        }
        match self.aside.judge(key, slot.held, new) {
            Verdict::Replace => {}
            Verdict::Wait => return Outcome::Held,
            Verdict::Refused => return Outcome::Unchanged,
        }
        self.history.push(Gone { key, held: slot.held, replaced_by: new.upload_id });
        slot.held = new;
        slot.fresh = true;
        Outcome::Replaced
    }

    /// Rows to append, in the order of their keys: neighbours in time compress well.
    pub fn fresh(&self) -> Vec<(Key, Held)> {
        let mut rows: Vec<_> = self
            .slots
            .iter()
            .filter(|(_, slot)| slot.fresh)
            .map(|(key, slot)| (*key, slot.held))
            .collect();
        rows.sort_unstable_by_key(|(key, _)| *key);
        rows
    }

    /// Keys whose row in the store must go before the fresh ones are appended.
    pub fn outdated(&self) -> Vec<Key> {
        self.slots
            .iter()
            .filter(|(_, slot)| slot.fresh && slot.in_store)
            .map(|(key, _)| *key)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use nengce_shared::stat_type::StatType;

    use super::*;

    fn held(value: f64, upload_id: i32) -> Held {
        Held { value, valid: true, input_type: None, upload_id }
    }

    #[test]
    fn a_chain_of_values_keeps_every_one_that_gave_way() {
        let key = (1, StatType::Day, 0);
        let mut it = Resolution::new(HashMap::from([(key, held(1.0, 1))]));
        assert_eq!(it.take(key, held(1.0, 2)), Outcome::Unchanged);
        assert_eq!(it.take(key, held(2.0, 3)), Outcome::Replaced);
        assert_eq!(it.take(key, held(3.0, 4)), Outcome::Replaced);
        let gone: Vec<_> = it.history.iter().map(|it| (it.held.value, it.replaced_by)).collect();
        assert_eq!(gone, [(1.0, 3), (2.0, 4)]);
        assert_eq!(it.fresh(), [(key, held(3.0, 4))]);
        assert_eq!(it.outdated(), [key]);
    }

    #[test]
    fn what_is_unchanged_touches_nothing() {
        let key = (1, StatType::Day, 0);
        let mut it = Resolution::new(HashMap::from([(key, held(1.0, 1))]));
        it.take(key, held(1.0, 2));
        assert!(it.fresh().is_empty() && it.outdated().is_empty() && it.history.is_empty());
    }
}

#[cfg(test)]
mod policy_tests {
    use jiff::civil::DateTime;
    use nengce_core::ingest::stamp;

    use nengce_shared::stat_type::StatType;

    use super::*;
    use crate::store::replacement::policy::{State, period_end};

    fn held(value: f64, upload_id: i32) -> Held {
        Held { value, valid: true, input_type: None, upload_id }
    }

    const KEY: Key = (1, StatType::Day, 0);

    fn late() -> Resolution {
        let mut it = Resolution::new(HashMap::from([(KEY, held(1.0, 1))]));
        it.aside.before = Some(86_401);
        it
    }

    fn states(it: &Resolution) -> Vec<(f64, State)> {
        let proposals = it.aside.proposals.iter();
        proposals.map(|it| (it.new.value, it.state)).collect()
    }

    #[test]
    fn an_old_value_keeps_its_place_until_someone_decides() {
        let mut it = late();
        assert_eq!(it.take(KEY, held(2.0, 2)), Outcome::Held);
        assert_eq!(it.take(KEY, held(2.0, 3)), Outcome::Held);
        assert_eq!(states(&it), [(2.0, State::Open)]);
        assert!(it.fresh().is_empty() && it.history.is_empty());
    }

    #[test]
    fn the_newest_word_of_a_sender_is_what_waits() {
        let mut it = late();
        it.take(KEY, held(2.0, 2));
        it.take(KEY, held(3.0, 3));
        assert_eq!(states(&it), [(2.0, State::Superseded), (3.0, State::Open)]);
        assert_eq!(it.take(KEY, held(1.0, 4)), Outcome::Unchanged);
        assert_eq!(states(&it)[1].1, State::Superseded);
    }

    #[test]
    fn what_waits_in_the_store_gives_way_and_what_was_refused_stays_refused() {
        let mut it = late();
        it.aside.open.insert(KEY, held(2.0, 2));
        assert_eq!(it.take(KEY, held(2.0, 3)), Outcome::Held);
        assert!(it.aside.proposals.is_empty());
        it.take(KEY, held(3.0, 4));
        assert!(it.aside.superseded.contains(&KEY));
        let mut it = late();
        it.aside.refused.insert(KEY, held(2.0, 2));
        assert_eq!(it.take(KEY, held(2.0, 3)), Outcome::Unchanged);
        assert_eq!(it.take(KEY, held(4.0, 3)), Outcome::Held);
    }

    #[test]
    fn the_window_counts_from_the_end_of_the_period() {
        let mut it = late();
        it.aside.before = Some(86_400);
        assert_eq!(it.take(KEY, held(2.0, 2)), Outcome::Replaced);
        let month = |at: &str| {
            let at: DateTime = at.parse().unwrap();
            period_end((1, StatType::Month, stamp::seconds(at)))
        };
        let day = |at: &str| stamp::seconds(at.parse().unwrap());
        assert_eq!(month("2024-02-01T00:00:00"), day("2024-03-01T00:00:00"));
        assert_eq!(month("2023-12-01T00:00:00"), day("2024-01-01T00:00:00"));
    }
}
