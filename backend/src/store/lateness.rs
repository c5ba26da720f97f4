//! Replacements of old values: past the window a new value is kept aside until an operator decides.
//! What is decided here is pure; `replacements.rs` reads and writes it.

use std::collections::{HashMap, HashSet};

use jiff::ToSpan;
use jiff::civil::DateTime;
use nengce_core::ingest::stamp;

use super::resolve::{Held, Key};

/// What became of a replacement that was kept aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Open,
    Approved,
    Refused,
    /// A later upload brought another value, or the one that stands.
    Superseded,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::Superseded => "superseded",
        }
    }
}

/// A new value kept aside, and what stood when it came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proposal {
    pub key: Key,
    pub new: Held,
    pub old: Held,
    pub state: State,
}

/// What the group before left undecided or refused under the keys of this one, and what this one adds.
#[derive(Debug, Default)]
pub struct Aside {
    /// Replacing a value whose period ended before this moment waits; `None`: nothing does.
    pub before: Option<i64>,
    /// Stands open in the store.
    pub open: HashMap<Key, Held>,
    /// The last decision in the store was to refuse this value.
    pub refused: HashMap<Key, Held>,
    /// Of this group, in its order.
    pub proposals: Vec<Proposal>,
    /// Open in the store, and given way to something newer.
    pub superseded: HashSet<Key>,
    newest: HashMap<Key, usize>,
}

/// What is to be done with a value that differs from the one that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Replace,
    Wait,
    /// An operator refused this very value before.
    Refused,
}

impl Aside {
    /// A value came that stands already, or that stands now: what waited under its key gave way.
    pub fn settle(&mut self, key: Key) {
        if let Some(at) = self.newest.remove(&key) {
            self.proposals[at].state = State::Superseded;
        }
        if self.open.remove(&key).is_some() {
            self.superseded.insert(key);
        }
    }

    pub fn is_idle(&self) -> bool {
        self.newest.is_empty() && self.open.is_empty() && self.refused.is_empty()
    }

    /// Whether `new` may replace `old` at once; one that may not is kept aside.
    pub fn judge(&mut self, key: Key, old: Held, new: Held) -> Verdict {
        if self.before.is_none_or(|it| period_end(key) >= it) {
            if !self.is_idle() {
                self.settle(key);
            }
            return Verdict::Replace;
        }
        let waiting = match self.newest.get(&key) {
            Some(at) => Some(self.proposals[*at].new),
            None => self.open.get(&key).copied(),
        };
        if waiting.is_some_and(|it| it.same_value(&new)) {
            return Verdict::Wait;
        }
        if self.refused.get(&key).is_some_and(|it| it.same_value(&new)) {
            return Verdict::Refused;
        }
        self.settle(key);
        self.refused.remove(&key);
        self.newest.insert(key, self.proposals.len());
        self.proposals.push(Proposal { key, new, old, state: State::Open });
        Verdict::Wait
    }
}

/// The moment before which a period must have ended for its replacement to wait.
pub fn before(now: DateTime, window_days: u32) -> Option<i64> {
    (window_days > 0).then(|| stamp::seconds(now) - i64::from(window_days) * 86_400)
}

/// When a key's period ends; a real-time value's is an hour at most.
fn period_end((_, stat_type, at): Key) -> i64 {
    let start = stamp::date_time(at);
    match stat_type {
        0 => at + 3_600,
        1 => at + 86_400,
        2 => stamp::seconds(start.saturating_add(1.month())),
        _ => stamp::seconds(start.saturating_add(1.year())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::resolve::{Outcome, Resolution};

    fn held(value: f64, upload_id: i32) -> Held {
        Held { value, valid: true, input_type: None, upload_id }
    }

    const KEY: Key = (1, 1, 0);

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
            period_end((1, 2, stamp::seconds(at)))
        };
        let day = |at: &str| stamp::seconds(at.parse().unwrap());
        assert_eq!(month("2024-02-01T00:00:00"), day("2024-03-01T00:00:00"));
        assert_eq!(month("2023-12-01T00:00:00"), day("2024-01-01T00:00:00"));
    }
}
