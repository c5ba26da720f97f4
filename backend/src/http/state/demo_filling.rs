//! How far the first filling of an invented city has come.

use std::sync::atomic::{AtomicU32, Ordering};

use nengce_shared::api::meta::DemoFilling;

/// Counts units that have sent everything; no unit is to be filled unless `begin` says so.
#[derive(Debug, Default)]
pub struct FillingProgress {
    done: AtomicU32,
    all: AtomicU32,
}

impl FillingProgress {
    /// So many units are going to send everything.
    pub fn begin(&self, units: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.all.store(u32::try_from(units).unwrap_or(u32::MAX), Ordering::Relaxed);
    }

    /// One more unit has sent everything.
    pub fn unit_done(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// The city is filled.
    pub fn end(&self) {
        self.all.store(0, Ordering::Relaxed);
    }

    /// The progress; `None` where nothing is being filled.
    pub fn now(&self) -> Option<DemoFilling> {
        let units = self.all.load(Ordering::Relaxed);
        let units_done = self.done.load(Ordering::Relaxed).min(units);
        (units > 0).then_some(DemoFilling { units_done, units })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filling_is_told_from_its_begin_to_its_end() {
        let progress = FillingProgress::default();
        assert_eq!(progress.now(), None);
        progress.begin(3);
        progress.unit_done();
        assert_eq!(progress.now(), Some(DemoFilling { units_done: 1, units: 3 }));
        progress.end();
        assert_eq!(progress.now(), None);
    }
}
