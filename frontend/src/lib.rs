//! The portal: Leptos compiled to WebAssembly. The browser formats, filters and draws; it never invents a figure.
//!
//! # How to write a page
//! `pages/<page>/{mod,load}.rs`, one `<Route>` line in `app.rs`. A page asks and arranges; components take signals.
//!
//! ```text
//! let lang = use_lang();                       // plain value: the tree is rebuilt when the language changes
//! let url = use_url_state();                   // the selection lives in the address
//! let load = use_load::<IntensityView>(move || Some(format!("/api/v1/intensity?{}", url.selection.get().api_query())));
//! view! {
//!     <PageHead title=… answer=… scope=… />    // h1, the answer sentence, data time, copy link
//!     <FilterBar scope=load.map(|v| v.scope.clone()) />
//!     <ChartPanel source=Source::Request(load) title=… height=… layout=move |answer, w, h| scene
//!         tip=move |answer, row| Tip table=… />    // waiting, failure and tools come with it
//!     <Panel title=… subtitle=…>                   // tools appear by themselves: a table inside registers
//!         <Loaded load let:data><DataTable … /></Loaded>   // old data at 60 %; `data: Signal<Arc<T>>`
//!     </Panel>
//! }
//! ```
//! - A chart is a `nengce_charts` layout `Fn(width, height) -> Scene`; `ChartFrame` paints it at the device's pixel
//!   ratio, answers pointer and keys through the scene's hits, draws the crosshair on a second canvas, announces,
//!   keeps the sibling table, exports PNG/CSV/XLSX. Charts that share an axis share `hover: RwSignal<Option<usize>>`.
//! - Rows of text are `components::table::DataTable` (sorting, sticky, total row, narrow mode, virtual rows).
//! - What is not looked at first takes its answer through `frame_delay::delayed`: a selection is painted in the first frame where
//!   the eye is, and below in the frames after it.
//! - Texts are inline pairs: `t(lang, "中文", "English")`. Figures go through `format` and `nengce_shared::number`.
//! - Colours are tokens: classes in `public/styles/nengce.css`, `Ink` in charts. Links keep the selection: `url.href("/units")`.
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
pub mod shell;
pub mod snapshot;
pub mod style;
pub mod url_state;

/// Mounts the portal on the document's body.
pub fn mount() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
}
