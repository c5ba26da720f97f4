//! Hides the kind of row behind one type, so that the table is compiled once.

use std::any::Any;
use std::sync::Arc;

/// A row with its key; two lines are equal when their rows are.
#[derive(Clone)]
pub struct Line {
    pub key: String,
    row: Arc<dyn Any + Send + Sync>,
    same: fn(&(dyn Any + Send + Sync), &(dyn Any + Send + Sync)) -> bool,
}

impl Line {
    pub fn new<R: PartialEq + Send + Sync + 'static>(key: String, row: R) -> Self {
        Self {
            key,
            row: Arc::new(row),
            same: |a, b| match (a.downcast_ref::<R>(), b.downcast_ref::<R>()) {
                (Some(a), Some(b)) => a == b,
                _ => false,
            },
        }
    }

    /// The row, when it is of this kind.
    pub fn row<R: 'static>(&self) -> Option<&R> {
        self.row.downcast_ref()
    }
}

impl PartialEq for Line {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && (self.same)(&*self.row, &*other.row)
    }
}

impl Eq for Line {}

impl std::hash::Hash for Line {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}
