//! A set of days as bits: three years of one item take 140 bytes.

/// Days since 1970-01-01.
#[derive(Debug, Clone, Default)]
pub(super) struct DaySet {
    first_word: i32,
    words: Vec<u64>,
}

impl DaySet {
    pub(super) fn insert(&mut self, day: i32) {
        let word = day.div_euclid(64);
        if self.words.is_empty() {
            self.first_word = word;
        }
        if word < self.first_word {
            let missing = (self.first_word - word) as usize;
            self.words.splice(0..0, std::iter::repeat_n(0, missing));
            self.first_word = word;
        }
        let at = (word - self.first_word) as usize;
        if at >= self.words.len() {
            self.words.resize(at + 1, 0);
        }
        self.words[at] |= 1 << day.rem_euclid(64);
    }

    pub(super) fn contains(&self, day: i32) -> bool {
        let at = day.div_euclid(64) - self.first_word;
        usize::try_from(at)
            .ok()
            .and_then(|at| self.words.get(at))
            .is_some_and(|word| word & (1 << day.rem_euclid(64)) != 0)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::DaySet;

    proptest! {
        #[test]
        fn it_holds_what_was_put_in(days in proptest::collection::vec(-900..25_000i32, 0..60), other in -1000..26_000i32) {
            let mut set = DaySet::default();
            let mut plain = BTreeSet::new();
            for day in days {
                set.insert(day);
                plain.insert(day);
            }
            prop_assert!(plain.iter().all(|day| set.contains(*day)));
            prop_assert_eq!(set.contains(other), plain.contains(&other));
        }
    }
}
