//! The check of a chain, entry by entry: it names the first broken link and what is wrong with it.

use nengce_shared::api::audit::{AuditBreak, AuditRow};

use super::chain::{Algorithm, FIRST_HASH, hash};

/// What is wrong with a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Another number was due: entries were removed, added or moved.
    Number,
    /// The entry, or the one before it, was changed after it was written.
    Hash,
    /// No hash function has this name.
    Algorithm,
    /// The signature of a head does not fit its number, hash and time.
    Signature,
    /// A signed head names an entry with another hash, or one that is not there.
    Head,
}

impl Why {
    /// What is wrong, in Chinese and in English.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Number => (
                "序号不连续：有记录被删除、插入或调换",
                "the numbers do not rise by one: entries were removed, added or moved",
            ),
            Self::Hash => (
                "哈希值不符：该记录写入后被改动",
                "the hash does not fit: the entry was changed after it was written",
            ),
            Self::Algorithm => ("未知的哈希算法", "no hash function has this name"),
            Self::Signature => ("签名无效", "the signature is not valid"),
            Self::Head => (
                "签名链头与记录不符：其后的记录被删除或改写",
                "a signed head does not fit the entries: entries were removed or written anew",
            ),
        }
    }
}

/// The first broken link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken {
    /// The number that was due.
    pub number: u64,
    /// What is wrong.
    pub why: Why,
}

impl From<Broken> for AuditBreak {
    fn from(it: Broken) -> Self {
        let (zh, en) = it.why.words();
        Self { number: it.number, zh: zh.to_owned(), en: en.to_owned() }
    }
}

/// A check under way: the number and hash of the last entry that was right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// The number of the last entry that was right.
    pub number: u64,
    /// The hash of that entry.
    pub hash: String,
}

impl Default for Verification {
    /// From before the first entry.
    fn default() -> Self {
        Self { number: 0, hash: FIRST_HASH.to_owned() }
    }
}

impl Verification {
    /// Takes the next entry.
    pub fn take(&mut self, row: &AuditRow) -> Result<(), Broken> {
        let number = self.number + 1;
        let broken = |why| Err(Broken { number, why });
        if row.number != number {
            return broken(Why::Number);
        }
        let Some(by) = Algorithm::parse(&row.algorithm) else {
            return broken(Why::Algorithm);
        };
        if hash(&self.hash, number, &row.event, by) != row.hash {
            return broken(Why::Hash);
        }
        (self.number, self.hash) = (number, row.hash.clone());
        Ok(())
    }
}
