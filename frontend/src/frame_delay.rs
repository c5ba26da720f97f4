//! Signals that follow some frames later. A selection is painted first where the reader looks; the rest of the page
//! follows frame by frame, and of several quick selections only the newest is painted there.

use std::cell::RefCell;
use std::time::Duration;

use leptos::prelude::*;

/// As `source`, `frames` painted frames later.
pub fn delayed<T>(source: Signal<T>, frames: u32) -> Signal<T>
where
    T: Clone + Send + Sync + 'static,
{
    let shown = RwSignal::new(source.get_untracked());
    let waiting = StoredValue::new(false);
    // Its first run follows too: the source may have changed since `shown` was made.
    Effect::new(move |_| {
        source.track();
        if !waiting.get_value() {
            waiting.set_value(true);
            after(frames, move || {
                if waiting.try_set_value(false).is_none()
                    && let Some(now) = source.try_get_untracked()
                {
                    shown.try_set(now);
                }
            });
        }
    });
    shown.into()
}

/// The frames that a call still waits for, and the call.
type Waiting = (u32, Box<dyn FnOnce()>);

thread_local! {
    /// All calls of the page: those of one frame run in one task, and their effects follow together.
    static WAITING: RefCell<Vec<Waiting>> = const { RefCell::new(Vec::new()) };
}

/// Calls after so many painted frames.
pub fn after(frames: u32, call: impl FnOnce() + 'static) {
    if frames == 0 {
        return call();
    }
    let is_first = WAITING.with_borrow_mut(|waiting| {
        waiting.push((frames, Box::new(call)));
        waiting.len() == 1
    });
    if is_first {
        await_frame();
    }
}

fn await_frame() {
    // A timer set in a frame's callback runs once that frame is painted.
    request_animation_frame(|| {
        WAITING.with_borrow_mut(|waiting| waiting.iter_mut().for_each(|it| it.0 -= 1));
        set_timeout(call_due, Duration::ZERO);
    });
}

fn call_due() {
    let (due, more) = WAITING.with_borrow_mut(|waiting| {
        let due: Vec<Waiting> = waiting.extract_if(.., |it| it.0 == 0).collect();
        (due, !waiting.is_empty())
    });
    if more {
        await_frame();
    }
    due.into_iter().for_each(|(_, call)| call());
}
