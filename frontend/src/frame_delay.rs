//! Signals that follow some frames later. A selection is painted first where the reader looks; the rest of the page
//! follows frame by frame, and of several quick selections only the newest is painted there.

use leptos::prelude::*;

/// As `source`, `frames` painted frames later.
pub fn delayed<T>(source: Signal<T>, frames: u32) -> Signal<T>
where
    T: Clone + Send + Sync + 'static,
{
    let shown = RwSignal::new(source.get_untracked());
    let waiting = StoredValue::new(false);
    Effect::new(move |before: Option<()>| {
        source.track();
        if before.is_some() && !waiting.get_value() {
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

/// Calls after so many painted frames.
pub fn after(frames: u32, call: impl FnOnce() + 'static) {
    if frames == 0 {
        return call();
    }
    // A timer set in a frame's callback runs once that frame is painted.
    request_animation_frame(move || {
        set_timeout(move || after(frames - 1, call), std::time::Duration::ZERO);
    });
}
