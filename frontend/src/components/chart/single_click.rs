//! Distinguishes a single click from the first click of a double click.

use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;

/// A second click within it makes a double click.
const PAUSE_MS: u64 = 300;

/// Calls for a click that stays alone.
#[derive(Clone, Copy)]
pub struct SingleClick {
    call: Callback<usize>,
    waiting: StoredValue<Option<TimeoutHandle>>,
}

impl SingleClick {
    pub fn of(call: Callback<usize>) -> Self {
        let it = Self { call, waiting: StoredValue::new(None) };
        on_cleanup(move || it.forget());
        it
    }

    /// `clicks` as the browser counts them: 1 for the first.
    pub fn run(self, row: usize, clicks: i32) {
        self.forget();
        if clicks > 1 {
            return;
        }
        let call = move || {
            self.call.try_run(row);
        };
        let handle = set_timeout_with_handle(call, Duration::from_millis(PAUSE_MS)).ok();
        self.waiting.set_value(handle);
    }

    fn forget(self) {
        if let Some(Some(handle)) = self.waiting.try_update_value(Option::take) {
            handle.clear();
        }
    }
}
