//! The panels beside and below the first chart. Their code is downloaded once that chart is drawn, so that the page's
//! first figures do not wait for it; until then frames of the same height keep their places.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use nengce_shared::api::dual_control::DualControl;

use super::composition::CompositionPanel;
use super::flow::FlowPanel;
use super::growth::GrowthPanel;
use super::industries::IndustriesPanel;
use super::months_index::{MONTHS_INDEX, MonthsIndex};
use super::regions::RegionsPanel;
use super::tiles::TilesPanel;
use crate::components::states::Skeleton;
use crate::frame_delay::{after, delayed};
use crate::lazy_view::{CodeNotLoaded, failure};

/// Frames that are painted before the download begins.
const FIRST_FRAMES: u32 = 2;

/// What the panels show.
#[derive(Clone, Copy)]
pub struct DetailAnswers {
    pub data: Signal<Arc<DualControl>>,
    /// The answer with every district.
    pub regions: Signal<Arc<DualControl>>,
    /// The answer with every industry.
    pub industries: Signal<Arc<DualControl>>,
    /// The answer whose units are listed.
    pub units: Signal<Arc<DualControl>>,
    /// Whether the list of units is on its way.
    pub waiting: Signal<bool>,
    /// The month under the pointer in the charts of the year.
    pub hover: RwSignal<Option<usize>>,
}

/// Makes the panels of one column of the page.
type MakePanels = fn(DetailAnswers) -> AnyView;

/// A table of function pointers keeps the code of the panels out of the first load.
pub struct Details {
    pub left: MakePanels,
    pub right: MakePanels,
    /// The months as indices.
    pub months_index: &'static MonthsIndex,
}

static DETAILS: Details = Details { left, right, months_index: &MONTHS_INDEX };

#[wasm_split(details, wasm_split_path = ::leptos::wasm_split, fallible)]
fn fetched() -> Result<&'static Details, CodeNotLoaded> {
    Ok(&DETAILS)
}

/// The code of the panels, or that it could not be loaded.
pub type Loading = RwSignal<Option<Result<&'static Details, CodeNotLoaded>>>;

/// Downloads the code after the first frames.
pub fn load() -> Loading {
    let loading = RwSignal::new(None);
    after(FIRST_FRAMES, move || {
        leptos::task::spawn_local(async move {
            loading.try_set(Some(fetched().await));
        });
    });
    loading
}

/// One column of panels, or its place.
pub fn column(
    loading: Loading,
    side: fn(&Details) -> MakePanels,
    answers: DetailAnswers,
    height: u32,
) -> impl IntoView {
    move || {
        loading.with(|it| match it {
            Some(Ok(details)) => side(details)(answers),
            Some(Err(_)) => failure(),
            None => view! { <section class="panel"><Skeleton height /></section> }.into_any(),
        })
    }
}

fn left(answers: DetailAnswers) -> AnyView {
    let DetailAnswers { data, regions, industries, hover, .. } = answers;
    view! {
        <div class="pair">
            <CompositionPanel data=delayed(data, 2) hover />
            <TilesPanel data=delayed(regions, 3) />
        </div>
        <IndustriesPanel data=delayed(industries, 4) />
        <FlowPanel />
    }
    .into_any()
}

fn right(answers: DetailAnswers) -> AnyView {
    let DetailAnswers { regions, units, waiting, .. } = answers;
    view! {
        <RegionsPanel data=delayed(regions, 2) />
        <GrowthPanel data=delayed(units, 3) waiting />
    }
    .into_any()
}
