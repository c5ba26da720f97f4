//! The pages' answers, derived in the browser. An answer is `None` while the city, its products or its days are not
//! loaded, and for parameters that the server has to refuse. All of them are tracked by signals.

use std::sync::Arc;

use nengce_analysis::intensity::By;
use nengce_shared::api::benchmark::{BenchmarkSubjects, BenchmarkView};
use nengce_shared::api::dual_control::DualControl;
use nengce_shared::api::intensity::{Decomposition, IntensityView};
use nengce_shared::api::meta::Timeline;

use super::client::{City, city};
use super::engine::{Engine, engine};
use super::recent::recent;
use crate::url_state::Selection;

fn ready() -> Option<(Arc<City>, &'static Engine)> {
    city().zip(engine())
}

fn with_products() -> Option<(Arc<City>, &'static Engine)> {
    ready().filter(|(city, _)| city.products)
}

pub fn dual_control(selection: &Selection) -> Option<Arc<DualControl>> {
    let (city, engine) = ready()?;
    let query = format!("dual-control?{}", selection.api_query());
    recent(city.snapshot.version, query, || (engine.dual_control)(&city, selection))
}

pub fn timeline(selection: &Selection) -> Option<Arc<Timeline>> {
    let (city, engine) = ready()?;
    (engine.timeline)(&city, selection)
}

pub fn intensity(selection: &Selection, by: By) -> Option<Arc<IntensityView>> {
    let (city, engine) = with_products()?;
    let query = format!("intensity?by={}&{}", by.as_str(), selection.api_query());
    recent(city.snapshot.version, query, || (engine.intensity)(&city, selection, by))
}

/// `None` also where there is nothing to decompose: the server says why.
pub fn decomposition(selection: &Selection) -> Option<Arc<Decomposition>> {
    let (city, engine) = ready()?;
    let query = format!("decomposition?{}", selection.api_query());
    recent(city.snapshot.version, query, || (engine.decomposition)(&city, selection))
}

pub fn subjects(selection: &Selection) -> Option<Arc<BenchmarkSubjects>> {
    let (city, engine) = with_products()?;
    let query = format!("benchmarks?{}", selection.api_query());
    recent(city.snapshot.version, query, || (engine.subjects)(&city, selection))
}

/// `None` also for a subject or a unit that is not there.
pub fn benchmark(
    selection: &Selection,
    code: &str,
    unit: Option<&str>,
) -> Option<Arc<BenchmarkView>> {
    let (city, engine) = with_products()?;
    (engine.benchmark)(&city, selection, code, unit)
}
