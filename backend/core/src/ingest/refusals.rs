//! Bounds what is kept of rejected entries: so many per message, and of each so many bytes with its length and SHA-256,
//! by which its sender can recognise it. The others are counted.

use nengce_shared::hex::hex;
use std::borrow::Cow;

use sha2::{Digest, Sha256};

use super::{Defect, Rejected};

/// How much of a message's refused entries is kept; both are configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// Refused entries of a message.
    pub entries: usize,
    /// Bytes of one of them.
    pub entry_bytes: usize,
}

impl Keep {
    /// The limits of the default configuration.
    pub const USUAL: Self = Self { entries: 1_000, entry_bytes: 4_096 };
}

/// Bytes of length and digest behind an entry that was cut; a text longer than the limit by less is kept whole.
pub const MARK_BYTES: usize = 128;
/// A cut leaves no more of a device id than its last characters would show: so many digits before it go too.
const ID_DIGITS: usize = 32;

/// Refused entries of one message as they are found.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusals {
    keep: Keep,
    /// Those that are kept, in the order of the message.
    pub kept: Vec<Rejected>,
    /// Those beyond, of which nothing but their number is kept.
    pub more: u32,
}

impl Refusals {
    /// None yet.
    pub fn new(keep: Keep) -> Self {
        Self { keep, kept: Vec::new(), more: 0 }
    }

    /// Keeps an entry with the reason, or counts it.
    pub fn add(&mut self, index: u32, defect: Defect, entry: &str) {
        let most = self.keep.entry_bytes;
        self.add_with(index, defect, || cut(entry, most).into_owned());
    }

    /// The same of an entry whose text is made only if it is kept.
    pub fn add_made(&mut self, index: u32, defect: Defect, entry: impl FnOnce() -> String) {
        let most = self.keep.entry_bytes;
        self.add_with(index, defect, || match entry() {
            short if short.len() <= most => short,
            long => cut(&long, most).into_owned(),
        });
    }

    fn add_with(&mut self, index: u32, defect: Defect, entry: impl FnOnce() -> String) {
        if self.kept.len() < self.keep.entries {
            let entry = entry();
            self.kept.push(defect.at(index, entry));
        } else {
            self.more = self.more.saturating_add(1);
        }
    }

    /// How many were refused.
    pub fn count(&self) -> u32 {
        let kept = u32::try_from(self.kept.len()).unwrap_or(u32::MAX);
        kept.saturating_add(self.more)
    }
}

/// An entry as it is kept: whole, or its beginning with the length and the SHA-256 of the whole.
pub fn cut(entry: &str, most: usize) -> Cow<'_, str> {
    if entry.len() <= most.saturating_add(MARK_BYTES) {
        return Cow::Borrowed(entry);
    }
    let digest = hex(&Sha256::digest(entry.as_bytes()));
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
                let digest = hex(&Sha256::digest(text.as_bytes()));
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
        let mut it = Refusals::new(Keep { entries: 2, entry_bytes: 10 });
        for index in 0..5 {
            let defect = Defect::new("data", ProblemCode::EntryNotObject, "");
            it.add(index, defect, &"長".repeat(1_000));
        }
        assert_eq!((it.kept.len(), it.more, it.count()), (2, 3, 5));
        assert!(it.kept.iter().all(|it| it.entry.len() <= 10 + MARK_BYTES));
    }
}
