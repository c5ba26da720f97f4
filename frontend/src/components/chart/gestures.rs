//! What pointer and keys do on a chart: move the mark, select a row, open its drill-down, or show the table.

use std::sync::Arc;

use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use nengce_charts::scene::{Scene, point};

use super::single_click::SingleClick;
use crate::components::selecting::is_long_press;
use crate::url_state::UrlState;

#[derive(Clone, Copy)]
pub struct Gestures {
    pub scene: Memo<Option<Arc<Scene>>>,
    /// The row under the pointer or reached by keys.
    pub hover: RwSignal<Option<usize>>,
    /// The row that was touched last.
    pub touched: StoredValue<Option<usize>>,
    pub by_touch: RwSignal<bool>,
    pub on_select: Option<Callback<usize>>,
    /// Opens the drill-down of a row.
    pub list: Callback<usize>,
    pub has_list: bool,
    pub single_click: SingleClick,
    pub as_table: RwSignal<bool>,
    /// The table that takes the chart's place.
    pub rows: NodeRef<html::Div>,
    pub url: UrlState,
}

impl Gestures {
    fn row_at(self, x: i32, y: i32) -> Option<usize> {
        self.scene.with_untracked(|scene| {
            let hit = scene.as_ref()?.hit(point(f64::from(x), f64::from(y)))?;
            Some(hit.row)
        })
    }

    pub fn moved(self, event: &PointerEvent) {
        let row = self.row_at(event.offset_x(), event.offset_y());
        if row != self.hover.get_untracked() {
            self.hover.set(row);
        }
    }

    pub fn clicked(self, event: &MouseEvent) {
        let Some(row) = self.row_at(event.offset_x(), event.offset_y()) else {
            return;
        };
        let first_tap = self.by_touch.get_untracked() && self.touched.get_value() != Some(row);
        self.touched.set_value(Some(row));
        self.hover.set(Some(row));
        match self.on_select {
            _ if first_tap => {}
            Some(select) => select.run(row),
            // A double click clears the selection: while there is one, the list waits for a second click.
            None if self.url.has_selection() => self.single_click.run(row, event.detail()),
            None => self.list.run(row),
        }
    }

    pub fn secondary_clicked(self, event: &MouseEvent) {
        let Some(row) = self.row_at(event.offset_x(), event.offset_y()) else {
            return;
        };
        // A long press adds to the selection; the list is opened by the tooltip's button.
        match (is_long_press(event), self.on_select) {
            (true, Some(select)) => select.run(row),
            (false, _) if self.has_list => self.list.run(row),
            _ => return,
        }
        event.prevent_default();
    }

    pub fn key(self, event: &KeyboardEvent) {
        // Shift and an arrow belong to the brush.
        if event.shift_key() && event.key().starts_with("Arrow") {
            return;
        }
        let now = self.hover.get_untracked();
        let step = |from, forward| {
            self.scene.with_untracked(|it| it.as_ref().and_then(|it| it.step(from, forward)))
        };
        match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => self.hover.set(step(now, true)),
            "ArrowLeft" | "ArrowUp" => self.hover.set(step(now, false)),
            "Home" => self.hover.set(step(None, true)),
            "End" => self.hover.set(step(None, false)),
            "Escape" if now.is_some() => self.hover.set(None),
            "t" | "T" => {
                self.as_table.set(true);
                focus_next(self.rows);
            }
            "Enter" | " " => {
                if let Some(row) = now {
                    self.on_select.unwrap_or(self.list).run(row);
                }
            }
            "l" | "L" if self.has_list => now.into_iter().for_each(|row| self.list.run(row)),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }
}

/// Moves the focus once the element is shown.
pub fn focus_next(element: NodeRef<html::Div>) {
    request_animation_frame(move || {
        if let Some(Some(it)) = element.try_get_untracked()
            && it.focus().is_err()
        {
            leptos::logging::warn!("neither chart nor table takes the focus");
        }
    });
}
