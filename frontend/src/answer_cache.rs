//! The one cache of answers: what the server sent, what was derived in the browser, and days of partial months. Going
//! back, a change of language and a click that was foreseen need no request and derive nothing twice. Bounded in bytes;
//! the least recently used goes first.

use std::any::Any;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;

/// Of texts as they were sent, and of figures as they lie in memory; what is made of a text takes about twice that.
const MOST_BYTES: usize = 24 << 20;

/// What a derived answer counts: those of a page take a few hundred kilobytes at most.
const DERIVED_BYTES: usize = 256 << 10;

pub type Answer = Arc<dyn Any + Send + Sync>;

struct Entry {
    key: String,
    /// The data version that it belongs to.
    version: u64,
    bytes: usize,
    answer: Answer,
}

/// The newest first.
#[derive(Default)]
struct Answers(VecDeque<Entry>);

thread_local! {
    static ANSWERS: RefCell<Answers> = RefCell::default();
}

/// The last answer under a key, and its data version.
pub fn find(key: &str) -> Option<(u64, Answer)> {
    ANSWERS.with_borrow_mut(|it| it.find(key))
}

/// The answer under a key, when it is of a kind and of a data version.
pub fn find_of<T: Send + Sync + 'static>(key: &str, version: u64) -> Option<Arc<T>> {
    let (_, answer) = find(key).filter(|(of, _)| *of == version)?;
    answer.downcast().ok()
}

pub fn put(key: String, version: u64, bytes: usize, answer: Answer) {
    let entry = Entry { key, version, bytes, answer };
    ANSWERS.with_borrow_mut(|it| it.put(entry, MOST_BYTES));
}

/// The answer under a key, derived only where none of the data version is there.
pub fn find_or_derive<T: Send + Sync + 'static>(
    key: String,
    version: u64,
    derive: impl FnOnce() -> Option<Arc<T>>,
) -> Option<Arc<T>> {
    if let Some(found) = find_of(&key, version) {
        return Some(found);
    }
    let answer = derive()?;
    put(key, version, DERIVED_BYTES, answer.clone());
    Some(answer)
}

/// Forgets all of it: what one may see the next may not.
pub fn forget() {
    ANSWERS.with_borrow_mut(|it| it.0.clear());
}

impl Answers {
    fn find(&mut self, key: &str) -> Option<(u64, Answer)> {
        let at = self.0.iter().position(|it| it.key == key)?;
        let entry = self.0.remove(at)?;
        let found = (entry.version, entry.answer.clone());
        self.0.push_front(entry);
        Some(found)
    }

    /// One answer is kept however large it is.
    fn put(&mut self, entry: Entry, most_bytes: usize) {
        self.0.retain(|it| it.key != entry.key);
        self.0.push_front(entry);
        let mut bytes = 0;
        let fits = |it: &Entry| {
            bytes += it.bytes;
            bytes <= most_bytes
        };
        let fitting = self.0.iter().map(fits).take_while(|it| *it).count();
        self.0.truncate(fitting.max(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(key: &str, bytes: usize) -> Entry {
        Entry { key: key.to_owned(), version: 1, bytes, answer: Arc::new(()) }
    }

    #[test]
    fn the_longest_unused_goes_first() {
        let mut answers = Answers::default();
        for key in ["a", "b", "c"] {
            answers.put(entry(key, 40), 100);
        }
        assert!(answers.find("a").is_none());
        assert!(answers.find("b").is_some());
        answers.put(entry("d", 40), 100);
        assert!(answers.find("c").is_none());
        assert!(answers.find("b").is_some());
    }

    #[test]
    fn a_key_is_kept_once_and_a_large_answer_alone() {
        let mut answers = Answers::default();
        answers.put(entry("a", 40), 100);
        answers.put(entry("a", 50), 100);
        assert_eq!(answers.0.len(), 1);
        answers.put(entry("large", 500), 100);
        assert_eq!(answers.0.len(), 1);
        assert!(answers.find("large").is_some());
    }
}
