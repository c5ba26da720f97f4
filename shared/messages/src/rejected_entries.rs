//! Bounds what is kept of rejected entries: a number of entries per message, and a number of bytes of each. A cut entry
//! carries its length and SHA-256, by which its sender can recognise it. Entries beyond the number are counted.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use super::{Problem, Rejected};

/// How much of a message's rejected entries is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RejectedLimits {
    /// The number of entries of a message.
    pub entries: usize,
    /// The number of bytes of an entry.
    pub entry_bytes: usize,
}

impl RejectedLimits {
    /// The limits of the default configuration.
    pub const USUAL: Self = Self { entries: 1_000, entry_bytes: 4_096 };
}

/// Bytes of the length and digest behind a cut entry. An entry that exceeds the limit by fewer bytes is kept whole.
pub const MARK_BYTES: usize = 128;
/// Hexadecimal digits before a cut that are removed too, so that a cut through a device id leaves none of it.
const ID_DIGITS: usize = 32;

/// Collects the rejected entries of one message.
#[derive(Debug, Clone, PartialEq)]
pub struct RejectedEntries {
    limits: RejectedLimits,
    /// The entries that are kept, in the order of the message.
    pub kept: Vec<Rejected>,
    /// The number of further entries, which are only counted.
    pub more: u32,
}

impl RejectedEntries {
    /// A collection without entries.
    pub fn new(limits: RejectedLimits) -> Self {
        Self { limits, kept: Vec::new(), more: 0 }
    }

    /// Keeps an entry with its problem, or only counts it.
    pub fn add(&mut self, index: u32, problem: Problem, entry: &str) {
        let most = self.limits.entry_bytes;
        self.add_with(index, problem, || cut(entry, most).into_owned());
    }

    /// As [`add`](Self::add), for an entry whose text is only made when it is kept.
    pub fn add_made(&mut self, index: u32, problem: Problem, entry: impl FnOnce() -> String) {
        let most = self.limits.entry_bytes;
        self.add_with(index, problem, || match entry() {
            short if short.len() <= most => short,
            long => cut(&long, most).into_owned(),
        });
    }

    fn add_with(&mut self, index: u32, problem: Problem, entry: impl FnOnce() -> String) {
        if self.kept.len() < self.limits.entries {
            let entry = entry();
            self.kept.push(problem.at(index, entry));
        } else {
            self.more = self.more.saturating_add(1);
        }
    }

    /// The number of rejected entries.
    pub fn count(&self) -> u32 {
        let kept = u32::try_from(self.kept.len()).unwrap_or(u32::MAX);
        kept.saturating_add(self.more)
    }
}

/// The entry as it is kept: whole, or its beginning with the length and the SHA-256 of the whole.
pub fn cut(entry: &str, most: usize) -> Cow<'_, str> {
    if entry.len() <= most.saturating_add(MARK_BYTES) {
        return Cow::Borrowed(entry);
    }
    let digest = const_hex::encode(Sha256::digest(entry.as_bytes()));
    let head = &entry[..entry.floor_char_boundary(most)];
    let digits = head.bytes().rev().take(ID_DIGITS).take_while(u8::is_ascii_hexdigit).count();
    let head = &head[..head.len() - digits];
    Cow::Owned(format!("{head}… [{} bytes, sha256:{digest}]", entry.len()))
}

#[cfg(test)]
mod tests {
    use nengce_shared::problem::ProblemCode;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_kept_is_bounded_and_says_what_it_was(text in "\\PC{0,300}", most in 0..200usize) {
            let kept = cut(&text, most);
            prop_assert!(kept.len() <= most + MARK_BYTES);
            if text.len() <= most {
                prop_assert_eq!(kept.as_ref(), text.as_str());
            }
            if kept.as_ref() != text {
                let digest = const_hex::encode(Sha256::digest(text.as_bytes()));
                let mark = format!("… [{} bytes, sha256:{digest}]", text.len());
                let head = kept.strip_suffix(mark.as_str()).expect("the mark");
                prop_assert!(text.starts_with(head));
            }
            prop_assert_eq!(cut(&kept, most), kept.as_ref(), "cut once");
        }
    }

    #[test]
    fn a_cut_through_an_id_leaves_nothing_of_it() {
        let id = "0123456789abcdef0123456789ab7f3a";
        for most in 10..44 {
            let entry = format!("{}\"{id}\"{}", "-".repeat(10), "-".repeat(MARK_BYTES));
            let kept = cut(&entry, most);
            assert!(kept.starts_with("----------") && !kept.contains("\"0"), "{most}: {kept}");
        }
    }

    #[test]
    fn beyond_the_bound_refusals_are_only_counted() {
        let mut it = RejectedEntries::new(RejectedLimits { entries: 2, entry_bytes: 10 });
        for index in 0..5 {
            let problem = Problem::new("data", ProblemCode::EntryNotObject, "");
            it.add(index, problem, &"長".repeat(1_000));
        }
        assert_eq!((it.kept.len(), it.more, it.count()), (2, 3, 5));
        assert!(it.kept.iter().all(|it| it.entry.len() <= 10 + MARK_BYTES));
    }
}
