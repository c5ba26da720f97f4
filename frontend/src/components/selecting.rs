//! Whether a gesture adds to the selection: Ctrl, Shift or ⌘ with click or Enter, Space, or a long press.

use std::cell::Cell;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, MouseEvent, PointerEvent};

/// A finger that rests longer adds.
const LONG_PRESS_MS: f64 = 500.0;

thread_local! {
    static TOUCHED_AT: Cell<f64> = const { Cell::new(f64::INFINITY) };
}

/// Follows fingers, for `adds`; once.
pub fn follow_presses() {
    let down = window_event_listener(leptos::ev::pointerdown, |event: PointerEvent| {
        let touch = event.pointer_type() == "touch";
        TOUCHED_AT.set(if touch { event.time_stamp() } else { f64::INFINITY });
    });
    on_cleanup(move || down.remove());
}

/// Read while the gesture's event is handled.
pub fn adds(event: &Event) -> bool {
    if let Some(key) = event.dyn_ref::<KeyboardEvent>() {
        return key.ctrl_key() || key.shift_key() || key.meta_key() || key.key() == " ";
    }
    let with_key = event
        .dyn_ref::<MouseEvent>()
        .is_some_and(|it| it.ctrl_key() || it.shift_key() || it.meta_key());
    is_long_press(event) || with_key
}

/// Whether a finger has rested. Chromium then sends `contextmenu` and no click, others a click.
pub fn is_long_press(event: &Event) -> bool {
    event.time_stamp() - TOUCHED_AT.get() > LONG_PRESS_MS
}

/// As `adds`, of the event that the browser is handing out.
pub fn adds_to_selection() -> bool {
    let event = js_sys::Reflect::get(&window(), &"event".into()).ok();
    event.and_then(|it| it.dyn_into::<Event>().ok()).is_some_and(|it| adds(&it))
}

/// Where in a list the selected rows are: what a chart leaves bright.
pub fn positions_of<T>(rows: &[T], has_selection: impl Fn(&T) -> bool) -> Vec<usize> {
    let positions_of = rows.iter().enumerate().filter(|(_, row)| has_selection(row));
    positions_of.map(|(at, _)| at).collect()
}
