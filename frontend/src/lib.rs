//! The portal: Leptos compiled to WebAssembly. The browser formats, filters and draws; it never invents a figure.
//! CONTRIBUTING.md, section "Add a page", shows the parts that a page is made of.
#![expect(
    unreachable_pub,
    reason = "the macro of a component writes public items, whoever uses the component"
)]
#![expect(
    clippy::too_many_lines,
    reason = "a view is one tree of elements, as long as what it shows"
)]

pub mod answer_cache;
pub mod app;
pub mod components;
pub mod data;
pub mod day;
pub mod export;
pub mod format;
mod frame_delay;
pub mod i18n;
mod lazy_view;
pub mod load;
pub mod pages;
pub mod pending_counts;
mod permitted_load;
pub mod shell;
pub mod snapshot;
pub mod style;
pub mod url_state;

/// Mounts the portal on the document's body.
pub fn mount() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
}
