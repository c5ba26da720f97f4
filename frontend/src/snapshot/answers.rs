//! The pages' answers, derived in the browser. An answer is `None` while the snapshot or its days are not
//! loaded, and for parameters that the server has to refuse. All of them are tracked by signals.

use std::sync::Arc;

use nengce_analysis::intensity::By;
use nengce_analysis::snapshot::Snapshot;
use nengce_shared::api::benchmark::{BenchmarkSubjects, BenchmarkView};
use nengce_shared::api::dual_control::DualControl;
use nengce_shared::api::intensity::{Decomposition, IntensityView};
use nengce_shared::api::meta::Timeline;

use super::client::snapshot;
use super::engine::{Engine, engine};
use crate::answer_cache::find_or_derive;
use crate::url_state::Selection;

fn ready() -> Option<(Arc<Snapshot>, &'static Engine)> {
    snapshot().zip(engine())
}

fn by_unit() -> Option<(Arc<Snapshot>, &'static Engine)> {
    ready().filter(|(snapshot, _)| !snapshot.is_grouped())
}

pub fn dual_control(selection: &Selection) -> Option<Arc<DualControl>> {
    let (snapshot, engine) = ready()?;
    let key = format!("derived:dual-control?{}", selection.api_query());
    find_or_derive(key, snapshot.version, || (engine.dual_control)(&snapshot, selection))
}

pub fn timeline(selection: &Selection) -> Option<Arc<Timeline>> {
    let (snapshot, engine) = ready()?;
    (engine.timeline)(&snapshot, selection)
}

pub fn intensity(selection: &Selection, by: By) -> Option<Arc<IntensityView>> {
    let (snapshot, engine) = by_unit()?;
    let key = format!("derived:intensity?by={}&{}", by.as_str(), selection.api_query());
    find_or_derive(key, snapshot.version, || (engine.intensity)(&snapshot, selection, by))
}

/// `None` also where there is nothing to decompose: the server says why.
pub fn decomposition(selection: &Selection) -> Option<Arc<Decomposition>> {
    let (snapshot, engine) = ready()?;
    let key = format!("derived:decomposition?{}", selection.api_query());
    find_or_derive(key, snapshot.version, || (engine.decomposition)(&snapshot, selection))
}

pub fn subjects(selection: &Selection) -> Option<Arc<BenchmarkSubjects>> {
    let (snapshot, engine) = by_unit()?;
    let key = format!("derived:benchmarks?{}", selection.api_query());
    find_or_derive(key, snapshot.version, || (engine.subjects)(&snapshot, selection))
}

/// `None` also for a subject or a unit that is not there.
pub fn benchmark(
    selection: &Selection,
    code: &str,
    unit: Option<&str>,
) -> Option<Arc<BenchmarkView>> {
    let (snapshot, engine) = by_unit()?;
    (engine.benchmark)(&snapshot, selection, code, unit)
}
