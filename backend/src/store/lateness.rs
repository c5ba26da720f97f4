//! Decides whether a new value for an old period replaces the stored one at once or waits for an operator. Pure;
//! `replacements.rs` reads and writes the waiting values.

use std::collections::{HashMap, HashSet};

use jiff::ToSpan;
use jiff::civil::DateTime;
use nengce_core::ingest::stamp;

use super::resolve::{Held, Key};

/// The state of a replacement that waits, or waited, for approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Open,
    Approved,
    Refused,
    /// A later upload brought another value, or repeated the stored one.
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

/// A new value that waits for approval, and the value stored when it came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proposal {
    pub key: Key,
    pub new: Held,
    pub old: Held,
    pub state: State,
}

/// Replacements that wait or were refused under the keys of a group: those in the database, and those that the group adds.
#[derive(Debug, Default)]
pub struct Aside {
    /// A replacement waits if its period ended before this moment; `None`: no replacement waits.
    pub before: Option<i64>,
    /// Waiting in the database.
    pub open: HashMap<Key, Held>,
    /// Values that the last decision in the database refused.
    pub refused: HashMap<Key, Held>,
    /// Those of this group, in its order.
    pub proposals: Vec<Proposal>,
    /// Waiting in the database until this group brought something newer.
    pub superseded: HashSet<Key>,
    newest: HashMap<Key, usize>,
}

/// What to do with a value that differs from the stored one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Replace,
    Wait,
    /// An operator refused this very value before.
    Refused,
}

impl Aside {
    /// Withdraws the replacement that waits under a key, because the stored value was sent again or has just changed.
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

    /// Whether `new` may replace `old` at once; otherwise it waits for approval, unless it was refused before.
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
