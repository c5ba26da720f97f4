//! Paper: the palette for print and for pictures, light, in black and white when 「黑白打印」 is on; whether the page is
//! being printed, and the words at the foot of each sheet.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use nengce_charts::scene::palette::Palette;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use crate::i18n::{store, stored};
use crate::style::palette::light_palette;

const PRINT_KEY: &str = "nengce.print";
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
            black_and_white: RwSignal::new(stored(PRINT_KEY).as_deref() == Some(BLACK_AND_WHITE)),
            printing: RwSignal::new(false),
        };
        // They listen as long as the page lives. Effects run before the browser takes the page's picture.
        let turn = move |printing: bool| {
            if lay_out_for_paper(printing).is_err() {
                leptos::logging::warn!("the page could not be laid out for paper");
            }
            print.printing.set(printing);
        };
        window_event_listener(ev::beforeprint, move |_| turn(true));
        window_event_listener(ev::afterprint, move |_| turn(false));
        Effect::new(move |_| mark(print.black_and_white.get()));
        print
    }

    pub fn toggle(self) {
        let selected = !self.black_and_white.get_untracked();
        store(PRINT_KEY, selected.then_some(BLACK_AND_WHITE));
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

/// The style sheet of print holds on screen from the word that the page will be printed, so that charts can measure the
/// places that they have on paper.
fn lay_out_for_paper(printing: bool) -> Result<(), JsValue> {
    let (media, root) = (if printing { "all" } else { "print" }, document().document_element());
    if let Some(sheet) = document().get_element_by_id("print-style") {
        sheet.set_attribute("media", media)?;
    }
    root.map_or(Ok(()), |it| it.toggle_attribute_with_force(PAPER, printing).map(|_| ()))
}

const PAPER: &str = "data-paper";

/// Whether the page has its layout for paper.
pub fn is_on_paper() -> bool {
    document().document_element().is_some_and(|it| it.has_attribute(PAPER))
}

/// What the foot of each sheet says, at its left and at its right; the style sheet adds the page's number.
pub fn set_foot(left: &str, right: &str) {
    let Some(root) = document().document_element().and_then(|it| it.dyn_into::<HtmlElement>().ok())
    else {
        return;
    };
    for (name, words) in [("--foot-left", left), ("--foot-right", right)] {
        if root.style().set_property(name, &quoted(words)).is_err() {
            leptos::logging::warn!("the foot of the page could not be set");
        }
    }
}

/// A string of CSS.
fn quoted(words: &str) -> String {
    let plain: String = words.chars().filter(|it| !it.is_control()).collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_string_of_css_ends_where_it_should() {
        assert_eq!(quoted("a\"b\\c\nd"), "\"a\\\"b\\\\cd\"");
    }
}
