//! The drawer's code and the first request of its list, both in the part that is downloaded with the pages of units.

use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use nengce_shared::lang::Lang;

use super::DrillDown;
use super::drawer::DrillDownDrawer;
use crate::lazy_view::{CodeNotLoaded, lazy_views};
use crate::url_state::Selection;

lazy_views! {
    units: drawer => DrillDownDrawer;
}

/// Fetches what the list of a mark opens with.
pub type Prefetch = fn(&Selection, &DrillDown, u64, Lang);

#[wasm_split(units, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn prefetch() -> Result<Prefetch, CodeNotLoaded> {
    Ok(super::units::prefetch)
}
