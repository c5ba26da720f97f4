//! Keeps the answers derived last, so that going back, or showing the whole beside a selection, derives nothing twice.

use std::any::Any;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;

/// Answers of a page are a few hundred kilobytes at most.
const KEPT: usize = 16;

struct Entry {
    version: u64,
    query: String,
    answer: Arc<dyn Any + Send + Sync>,
}

thread_local! {
    static RECENT: RefCell<VecDeque<Entry>> = const { RefCell::new(VecDeque::new()) };
}

/// The answer to a query about a data version, derived only where it is not among the last.
pub fn recent<T: Send + Sync + 'static>(
    version: u64,
    query: String,
    derive: impl FnOnce() -> Option<Arc<T>>,
) -> Option<Arc<T>> {
    if let Some(kept) = found(version, &query) {
        return Some(kept);
    }
    let answer = derive()?;
    RECENT.with_borrow_mut(|it| {
        it.retain(|it| it.version == version);
        it.truncate(KEPT - 1);
        it.push_front(Entry { version, query, answer: answer.clone() });
    });
    Some(answer)
}

/// Brings the answer to the front.
fn found<T: Send + Sync + 'static>(version: u64, query: &str) -> Option<Arc<T>> {
    RECENT.with_borrow_mut(|it| {
        let at = it.iter().position(|it| it.version == version && it.query == query)?;
        let entry = it.remove(at)?;
        let answer = entry.answer.clone().downcast().ok();
        it.push_front(entry);
        answer
    })
}
