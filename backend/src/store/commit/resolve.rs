//! Exactly once: decides for each reading of a group whether it is new, unchanged, or replaces the stored value. Pure.

use std::collections::HashMap;

use crate::store::replacement::policy::{PendingReplacements, Verdict};
use crate::store::value::{Key, StoredValue};

/// The outcome of one reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Stored,
    Unchanged,
    Replaced,
    /// It waits until an operator decides; the stored value stays in force.
    AwaitingApproval,
}

/// A value that was replaced, for the history.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HistoryRow {
    pub key: Key,
    pub value: StoredValue,
    pub replaced_by: i32,
}

#[derive(Debug)]
struct Current {
    value: StoredValue,
    /// The database holds a value under this key.
    in_store: bool,
    /// The group brings a new value for this key.
    is_new: bool,
}

/// Resolves the readings of one group in their order, starting from the stored values.
#[derive(Debug, Default)]
pub struct Resolution {
    by_key: HashMap<Key, Current>,
    pub history: Vec<HistoryRow>,
    pub pending: PendingReplacements,
}

impl Resolution {
    pub fn new(existing: HashMap<Key, StoredValue>) -> Self {
        let by_key = existing
            .into_iter()
            .map(|(key, value)| {
                let current = Current { value, in_store: true, is_new: false };
                (key, current)
            })
            .collect();
        Self { by_key, history: Vec::new(), pending: PendingReplacements::default() }
    }

    pub fn resolve(&mut self, key: Key, new: StoredValue) -> Outcome {
        let Some(current) = self.by_key.get_mut(&key) else {
            let current = Current { value: new, in_store: false, is_new: true };
            self.by_key.insert(key, current);
            return Outcome::Stored;
        };
        if current.value.same_value(&new) {
            if !self.pending.is_idle() {
                self.pending.withdraw(key);
            }
            return Outcome::Unchanged;
        }
        match self.pending.decide(key, current.value, new) {
            Verdict::Replace => {}
            Verdict::Wait => return Outcome::AwaitingApproval,
            Verdict::Refused => return Outcome::Unchanged,
        }
        self.history.push(HistoryRow { key, value: current.value, replaced_by: new.upload_id });
        current.value = new;
        current.is_new = true;
        Outcome::Replaced
    }

    /// Rows to append, in the order of their keys: neighbours in time compress well.
    pub fn new_rows(&self) -> Vec<(Key, StoredValue)> {
        let mut rows: Vec<_> = self
            .by_key
            .iter()
            .filter(|(_, current)| current.is_new)
            .map(|(key, current)| (*key, current.value))
            .collect();
        rows.sort_unstable_by_key(|(key, _)| *key);
        rows
    }

    /// Keys whose row in the store must go before the fresh ones are appended.
    pub fn superseded_keys(&self) -> Vec<Key> {
        self.by_key
            .iter()
            .filter(|(_, current)| current.is_new && current.in_store)
            .map(|(key, _)| *key)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use nengce_shared::stat_type::StatType;

    use super::*;

    fn value(value: f64, upload_id: i32) -> StoredValue {
        StoredValue { value, valid: true, input_type: None, upload_id }
    }

    #[test]
    fn a_chain_of_values_keeps_every_one_that_gave_way() {
        let key = (1, StatType::Day, 0);
        let mut it = Resolution::new(HashMap::from([(key, value(1.0, 1))]));
        assert_eq!(it.resolve(key, value(1.0, 2)), Outcome::Unchanged);
        assert_eq!(it.resolve(key, value(2.0, 3)), Outcome::Replaced);
        assert_eq!(it.resolve(key, value(3.0, 4)), Outcome::Replaced);
        let history: Vec<_> =
            it.history.iter().map(|it| (it.value.value, it.replaced_by)).collect();
        assert_eq!(history, [(1.0, 3), (2.0, 4)]);
        assert_eq!(it.new_rows(), [(key, value(3.0, 4))]);
        assert_eq!(it.superseded_keys(), [key]);
    }

    #[test]
    fn what_is_unchanged_touches_nothing() {
        let key = (1, StatType::Day, 0);
        let mut it = Resolution::new(HashMap::from([(key, value(1.0, 1))]));
        it.resolve(key, value(1.0, 2));
        assert!(
            it.new_rows().is_empty() && it.superseded_keys().is_empty() && it.history.is_empty()
        );
    }
}

#[cfg(test)]
mod policy_tests {
    use jiff::civil::DateTime;
    use nengce_messages::stamp;

    use nengce_shared::stat_type::StatType;

    use super::*;
    use crate::store::replacement::policy::{State, period_end};

    fn value(value: f64, upload_id: i32) -> StoredValue {
        StoredValue { value, valid: true, input_type: None, upload_id }
    }

    const KEY: Key = (1, StatType::Day, 0);

    fn late() -> Resolution {
        let mut it = Resolution::new(HashMap::from([(KEY, value(1.0, 1))]));
        it.pending.approval_before = Some(86_401);
        it
    }

    fn states(it: &Resolution) -> Vec<(f64, State)> {
        let proposals = it.pending.proposals.iter();
        proposals.map(|it| (it.new.value, it.state)).collect()
    }

    #[test]
    fn an_old_value_keeps_its_place_until_someone_decides() {
        let mut it = late();
        assert_eq!(it.resolve(KEY, value(2.0, 2)), Outcome::AwaitingApproval);
        assert_eq!(it.resolve(KEY, value(2.0, 3)), Outcome::AwaitingApproval);
        assert_eq!(states(&it), [(2.0, State::Open)]);
        assert!(it.new_rows().is_empty() && it.history.is_empty());
    }

    #[test]
    fn the_newest_word_of_a_sender_is_what_waits() {
        let mut it = late();
        it.resolve(KEY, value(2.0, 2));
        it.resolve(KEY, value(3.0, 3));
        assert_eq!(states(&it), [(2.0, State::Superseded), (3.0, State::Open)]);
        assert_eq!(it.resolve(KEY, value(1.0, 4)), Outcome::Unchanged);
        assert_eq!(states(&it)[1].1, State::Superseded);
    }

    #[test]
    fn what_waits_in_the_store_gives_way_and_what_was_refused_stays_refused() {
        let mut it = late();
        it.pending.open.insert(KEY, value(2.0, 2));
        assert_eq!(it.resolve(KEY, value(2.0, 3)), Outcome::AwaitingApproval);
        assert!(it.pending.proposals.is_empty());
        it.resolve(KEY, value(3.0, 4));
        assert!(it.pending.superseded.contains(&KEY));
        let mut it = late();
        it.pending.refused.insert(KEY, value(2.0, 2));
        assert_eq!(it.resolve(KEY, value(2.0, 3)), Outcome::Unchanged);
        assert_eq!(it.resolve(KEY, value(4.0, 3)), Outcome::AwaitingApproval);
    }

    #[test]
    fn the_window_counts_from_the_end_of_the_period() {
        let mut it = late();
        it.pending.approval_before = Some(86_400);
        assert_eq!(it.resolve(KEY, value(2.0, 2)), Outcome::Replaced);
        let month = |at: &str| {
            let at: DateTime = at.parse().unwrap();
            period_end((1, StatType::Month, stamp::seconds(at)))
        };
        let day = |at: &str| stamp::seconds(at.parse().unwrap());
        assert_eq!(month("2024-02-01T00:00:00"), day("2024-03-01T00:00:00"));
        assert_eq!(month("2023-12-01T00:00:00"), day("2024-01-01T00:00:00"));
    }
}
