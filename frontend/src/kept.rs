//! A cache of the server's answers, for going back, for a change of language, and for requests sent ahead of a click.
//! Bounded in bytes; the least recently used goes first.

use std::any::Any;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;

/// Of the texts that were sent; what is made of them takes about twice that.
const MOST_BYTES: usize = 8 << 20;

pub type Kept = Arc<dyn Any + Send + Sync>;

struct Entry {
    path: String,
    /// The data version it was asked at.
    version: u64,
    bytes: usize,
    data: Kept,
}

/// The newest first.
#[derive(Default)]
struct Answers(VecDeque<Entry>);

thread_local! {
    static ANSWERS: RefCell<Answers> = RefCell::default();
}

/// What was answered last, and at which data version.
pub fn kept(path: &str) -> Option<(u64, Kept)> {
    ANSWERS.with_borrow_mut(|it| it.find(path))
}

pub fn keep(path: String, version: u64, bytes: usize, data: Kept) {
    let entry = Entry { path, version, bytes, data };
    ANSWERS.with_borrow_mut(|it| it.put(entry, MOST_BYTES));
}

/// Forgets all of it: what one may see the next may not.
pub fn forget() {
    ANSWERS.with_borrow_mut(|it| it.0.clear());
}

impl Answers {
    fn find(&mut self, path: &str) -> Option<(u64, Kept)> {
        let at = self.0.iter().position(|it| it.path == path)?;
        let entry = self.0.remove(at)?;
        let found = (entry.version, entry.data.clone());
        self.0.push_front(entry);
        Some(found)
    }

    /// One answer is kept however large it is.
    fn put(&mut self, entry: Entry, most_bytes: usize) {
        self.0.retain(|it| it.path != entry.path);
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

    fn entry(path: &str, bytes: usize) -> Entry {
        Entry { path: path.to_owned(), version: 1, bytes, data: Arc::new(()) }
    }

    #[test]
    fn the_longest_unused_goes_first() {
        let mut answers = Answers::default();
        for path in ["a", "b", "c"] {
            answers.put(entry(path, 40), 100);
        }
        assert!(answers.find("a").is_none());
        assert!(answers.find("b").is_some());
        answers.put(entry("d", 40), 100);
        assert!(answers.find("c").is_none());
        assert!(answers.find("b").is_some());
    }

    #[test]
    fn a_path_is_kept_once_and_a_large_answer_alone() {
        let mut answers = Answers::default();
        answers.put(entry("a", 40), 100);
        answers.put(entry("a", 50), 100);
        assert_eq!(answers.0.len(), 1);
        answers.put(entry("large", 500), 100);
        assert_eq!(answers.0.len(), 1);
        assert!(answers.find("large").is_some());
    }
}
