//! Reads the colours that the style sheet gives, for canvases. No colours here.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_charts::scene::palette::Palette;

/// The light palette whatever is on screen.
pub fn light_palette() -> Option<Arc<Palette>> {
    read_palette("--light-")
}

/// The palette of the tokens that begin with `prefix`.
pub fn read_palette(prefix: &str) -> Option<Arc<Palette>> {
    let root = document().document_element()?;
    let style = window().get_computed_style(&root).ok()??;
    let read = Palette::read(|token| style.get_property_value(&format!("{prefix}{token}")).ok());
    match read {
        Ok(palette) => Some(Arc::new(palette)),
        Err(token) => {
            leptos::logging::error!("the style sheet has no colour for {prefix}{token}");
            None
        }
    }
}
