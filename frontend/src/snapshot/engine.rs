//! The functions that read the snapshot and derive answers from it. Their code is downloaded after the first drawing,
//! which the server answers; a table of function pointers keeps it out of the first load.

use std::cell::Cell;
use std::pin::Pin;
use std::sync::Arc;

use leptos::wasm_split::wasm_split;
use nengce_analysis::benchmark::subjects;
use nengce_analysis::dual_control::dual_control;
use nengce_analysis::intensity::{By, intensity};
use nengce_analysis::snapshot::Snapshot;
use nengce_shared::api::benchmark::{BenchmarkSubjects, BenchmarkView};
use nengce_shared::api::dual_control::DualControl;
use nengce_shared::api::intensity::{Decomposition, IntensityView};
use nengce_shared::api::meta::Timeline;
use nengce_shared::warning::TotalThresholds;

use super::days;
use super::query::{self, linked};
use crate::lazy_view::CodeNotLoaded;
use crate::url_state::Selection;

type Benchmark = fn(&Snapshot, &Selection, &str, Option<&str>) -> Option<Arc<BenchmarkView>>;

pub struct Engine {
    /// Reads a snapshot as it was sent; `None` for bytes that are none.
    pub decode: fn(&[u8]) -> Option<Snapshot>,
    /// What is newer, of older bytes and a delta; `None` where they do not fit.
    pub apply: fn(&[u8], &[u8]) -> Option<Vec<u8>>,
    /// Fetches the days in use for a newer data version.
    pub renew_days: fn(u64) -> Pin<Box<dyn Future<Output = ()>>>,
    pub dual_control: fn(&Snapshot, &Selection) -> Option<Arc<DualControl>>,
    pub timeline: fn(&Snapshot, &Selection) -> Option<Arc<Timeline>>,
    pub intensity: fn(&Snapshot, &Selection, By) -> Option<Arc<IntensityView>>,
    pub decomposition: fn(&Snapshot, &Selection) -> Option<Arc<Decomposition>>,
    pub subjects: fn(&Snapshot, &Selection) -> Option<Arc<BenchmarkSubjects>>,
    /// By the subject's code and the selected unit's.
    pub benchmark: Benchmark,
}

static ENGINE: Engine = Engine {
    decode: query::decode,
    apply: query::apply,
    renew_days: |version| Box::pin(days::renew(version)),
    dual_control: |snapshot, selection| {
        linked(snapshot, selection, |it| Some(dual_control(it, TotalThresholds::default())))
    },
    timeline: query::timeline_of,
    intensity: |snapshot, selection, by| linked(snapshot, selection, |it| Some(intensity(it, by))),
    decomposition: query::decomposed,
    subjects: |snapshot, selection| linked(snapshot, selection, |it| Some(subjects(it))),
    benchmark: |snapshot, selection, code, unit| {
        linked(snapshot, selection, |it| query::benchmarked(it, code, unit))
    },
};

thread_local! {
    static LOADED_ENGINE: Cell<Option<&'static Engine>> = const { Cell::new(None) };
}

/// The engine, once its code is here. Not tracked: a snapshot is there only after it.
pub fn engine() -> Option<&'static Engine> {
    LOADED_ENGINE.get()
}

#[wasm_split(engine, wasm_split_path = ::leptos::wasm_split, fallible)]
fn fetched() -> Result<&'static Engine, CodeNotLoaded> {
    Ok(&ENGINE)
}

/// The engine; fetches its code the first time. Where that fails, the server goes on answering.
pub async fn use_engine() -> Option<&'static Engine> {
    if LOADED_ENGINE.get().is_none() {
        LOADED_ENGINE.set(fetched().await.ok());
    }
    LOADED_ENGINE.get()
}
