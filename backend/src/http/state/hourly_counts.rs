//! Counts by key within one hour of the clock, in bounded memory.

use std::collections::HashMap;
use std::hash::Hash;

const HOUR_SECONDS: i64 = 3_600;

/// Seconds until the next hour begins.
pub(super) fn seconds_left(now: i64) -> u32 {
    (HOUR_SECONDS - now.rem_euclid(HOUR_SECONDS)) as u32
}

/// What became of one more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    Yes,
    /// There are as many as are allowed.
    Limit,
    /// As many keys as there is room for are counted, and this is none of them.
    NoRoom,
}

/// How many there were of each key since the hour began.
#[derive(Debug)]
pub(super) struct HourlyCounts<K> {
    hour: i64,
    most_keys: usize,
    counts: HashMap<K, u32>,
}

impl<K: Hash + Eq> HourlyCounts<K> {
    pub(super) fn new(most_keys: usize) -> Self {
        Self { hour: 0, most_keys, counts: HashMap::new() }
    }

    fn at(&mut self, now: i64) -> &mut HashMap<K, u32> {
        let hour = now.div_euclid(HOUR_SECONDS);
        if self.hour != hour {
            self.hour = hour;
            self.counts.clear();
        }
        &mut self.counts
    }

    /// Counts one more, unless there are `most` already.
    pub(super) fn count(&mut self, key: K, most: u32, now: i64) -> Counted {
        let most_keys = self.most_keys;
        let counts = self.at(now);
        if counts.len() >= most_keys && !counts.contains_key(&key) {
            return Counted::NoRoom;
        }
        let count = counts.entry(key).or_insert(0);
        if *count >= most {
            return Counted::Limit;
        }
        *count += 1;
        Counted::Yes
    }

    pub(super) fn get(&mut self, key: &K, now: i64) -> u32 {
        self.at(now).get(key).copied().unwrap_or(0)
    }

    /// Takes one back.
    pub(super) fn undo(&mut self, key: &K, now: i64) {
        if let Some(count) = self.at(now).get_mut(key) {
            *count = count.saturating_sub(1);
        }
    }

    /// Forgets every count of the hour.
    pub(super) fn clear(&mut self) {
        self.counts.clear();
    }

    #[cfg(test)]
    pub(super) fn keys(&self) -> usize {
        self.counts.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_its_count_until_the_hour_ends() {
        let mut counts = HourlyCounts::new(2);
        assert_eq!(counts.count("a", 2, 3_600), Counted::Yes);
        assert_eq!(counts.count("a", 2, 7_199), Counted::Yes);
        assert_eq!(counts.count("a", 2, 7_199), Counted::Limit);
        assert_eq!((counts.get(&"a", 7_199), seconds_left(7_199)), (2, 1));
        counts.undo(&"a", 7_199);
        assert_eq!(counts.count("a", 2, 7_199), Counted::Yes);
        assert_eq!(counts.count("b", 2, 7_199), Counted::Yes);
        assert_eq!(counts.count("c", 2, 7_199), Counted::NoRoom);
        assert_eq!(counts.count("b", 2, 7_199), Counted::Yes, "what is counted goes on");
        assert_eq!(counts.count("c", 2, 7_200), Counted::Yes, "the next hour");
        assert_eq!((counts.get(&"a", 7_200), seconds_left(7_200)), (0, 3_600));
    }
}
