//! Decides whether a new value for an old period replaces the stored one at once or waits for an operator. Pure;
//! `pending.rs` reads and writes the waiting values.

use std::collections::{HashMap, HashSet};

use jiff::ToSpan;
use jiff::civil::DateTime;
use nengce_messages::stamp;
use nengce_shared::stat_type::StatType;

use crate::store::value::{Key, StoredValue};

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
    pub new: StoredValue,
    pub old: StoredValue,
    pub state: State,
}

/// Replacements that wait or were refused under the keys of a group: those in the database, and those that the group adds.
#[derive(Debug, Default)]
pub struct PendingReplacements {
    /// A replacement waits if its period ended before this moment; `None`: no replacement waits.
    pub approval_before: Option<i64>,
    /// Waiting in the database.
    pub open: HashMap<Key, StoredValue>,
    /// Values that the last decision in the database refused.
    pub refused: HashMap<Key, StoredValue>,
    /// Replacements that this group proposes, in its order.
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

impl PendingReplacements {
    /// Withdraws the replacement that waits under a key, because the stored value was sent again or has just changed.
    pub fn withdraw(&mut self, key: Key) {
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
    pub fn decide(&mut self, key: Key, old: StoredValue, new: StoredValue) -> Verdict {
        if self.approval_before.is_none_or(|it| period_end(key) >= it) {
            if !self.is_idle() {
                self.withdraw(key);
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
        self.withdraw(key);
        self.refused.remove(&key);
        self.newest.insert(key, self.proposals.len());
        self.proposals.push(Proposal { key, new, old, state: State::Open });
        Verdict::Wait
    }
}

/// The moment before which a period must have ended for its replacement to wait.
pub fn approval_before(now: DateTime, window_days: u32) -> Option<i64> {
    (window_days > 0).then(|| stamp::seconds(now) - i64::from(window_days) * 86_400)
}

/// When a key's period ends; a real-time value's is an hour at most.
pub fn period_end((_, stat_type, at): Key) -> i64 {
    let start = stamp::date_time(at);
    match stat_type {
        StatType::RealTime => at + 3_600,
        StatType::Day => at + 86_400,
        StatType::Month => stamp::seconds(start.saturating_add(1.month())),
        StatType::Year => stamp::seconds(start.saturating_add(1.year())),
    }
}
