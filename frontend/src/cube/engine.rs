//! The functions that build the city and derive answers from it. Their code is downloaded after the first drawing,
//! which the server answers; a table of function pointers keeps it out of the first load.

use std::cell::Cell;
use std::pin::Pin;
use std::sync::Arc;

use leptos::wasm_split::{SplitLoaderError, wasm_split};
use nengce_analysis::intensity::By;
use nengce_shared::api::benchmark::{BenchmarkSubjects, BenchmarkView};
use nengce_shared::api::dual_control::DualControl;
use nengce_shared::api::intensity::{Decomposition, IntensityView};
use nengce_shared::api::meta::Timeline;

use super::client::{City, Sent};
use super::query;
use crate::url_state::Selection;

pub type Later<T> = Pin<Box<dyn Future<Output = T>>>;

type Benchmark = fn(&City, &Selection, &str, Option<&str>) -> Option<Arc<BenchmarkView>>;

pub struct Engine {
    /// Fetches and thaws a city, with its products when asked for.
    pub load: fn(products: bool) -> Later<Option<City>>,
    pub products: fn() -> Later<Option<Sent>>,
    pub dual_control: fn(&City, &Selection) -> Option<Arc<DualControl>>,
    pub timeline: fn(&City, &Selection) -> Option<Arc<Timeline>>,
    pub intensity: fn(&City, &Selection, By) -> Option<Arc<IntensityView>>,
    pub decomposition: fn(&City, &Selection) -> Option<Arc<Decomposition>>,
    pub subjects: fn(&City, &Selection) -> Option<Arc<BenchmarkSubjects>>,
    /// By the subject's code and the selected unit's.
    pub benchmark: Benchmark,
}

thread_local! {
    static HERE: Cell<Option<&'static Engine>> = const { Cell::new(None) };
}

/// The engine, once its code is here. Not tracked: a city is there only after it.
pub fn engine() -> Option<&'static Engine> {
    HERE.get()
}

/// The code did not come; the server goes on answering.
pub struct NotHere;

impl From<SplitLoaderError> for NotHere {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

#[wasm_split(engine, wasm_split_path = ::leptos::wasm_split, fallible)]
fn fetched() -> Result<&'static Engine, NotHere> {
    Ok(&query::ENGINE)
}

/// The engine; fetches its code the first time.
pub async fn use_engine() -> Option<&'static Engine> {
    if HERE.get().is_none() {
        HERE.set(fetched().await.ok());
    }
    HERE.get()
}
