//! The palette for print and for pictures: light, in black and white when 「黑白打印」 is on; and whether the page is being
//! printed.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use nengce_charts::scene::palette::Palette;

use crate::i18n::{store, stored};
use crate::style::theme::light_palette;

const KEY: &str = "nengce.print";
const BLACK_AND_WHITE: &str = "black-and-white";

#[derive(Clone, Copy)]
pub struct PrintStyle {
    pub black_and_white: RwSignal<bool>,
    /// From the browser's word that it will print to its word that it has.
    pub printing: RwSignal<bool>,
}

impl PrintStyle {
    pub fn watch() -> Self {
        let print = Self {
            black_and_white: RwSignal::new(stored(KEY).as_deref() == Some(BLACK_AND_WHITE)),
            printing: RwSignal::new(false),
        };
        // They listen as long as the page lives. Effects run before the browser takes the page's picture.
        window_event_listener(ev::beforeprint, move |_| print.printing.set(true));
        window_event_listener(ev::afterprint, move |_| print.printing.set(false));
        Effect::new(move |_| mark(print.black_and_white.get()));
        print
    }

    pub fn toggle(self) {
        let selected = !self.black_and_white.get_untracked();
        store(KEY, selected.then_some(BLACK_AND_WHITE));
        self.black_and_white.set(selected);
    }

    /// The light palette whatever is on screen.
    pub fn palette(self) -> Option<Arc<Palette>> {
        let light = light_palette()?;
        Some(if self.black_and_white.get() { Arc::new(light.black_and_white()) } else { light })
    }
}

/// For the style sheet of print.
fn mark(selected: bool) {
    let Some(root) = document().document_element() else {
        return;
    };
    let done = if selected {
        root.set_attribute("data-print", BLACK_AND_WHITE)
    } else {
        root.remove_attribute("data-print")
    };
    if done.is_err() {
        leptos::logging::warn!("black-and-white print could not be set");
    }
}
