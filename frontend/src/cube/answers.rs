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
use crate::url_state::Filters;

fn ready() -> Option<(Arc<City>, &'static Engine)> {
    city().zip(engine())
}

fn with_products() -> Option<(Arc<City>, &'static Engine)> {
    ready().filter(|(city, _)| city.products)
}

pub fn dual_control(filters: &Filters) -> Option<Arc<DualControl>> {
    let (city, engine) = ready()?;
    let question = format!("dual-control?{}", filters.api_query());
    recent(city.facts.version, question, || (engine.dual_control)(&city, filters))
}

pub fn timeline(filters: &Filters) -> Option<Arc<Timeline>> {
    let (city, engine) = ready()?;
    (engine.timeline)(&city, filters)
}

pub fn intensity(filters: &Filters, by: By) -> Option<Arc<IntensityView>> {
    let (city, engine) = with_products()?;
    let question = format!("intensity?by={}&{}", by.as_str(), filters.api_query());
    recent(city.facts.version, question, || (engine.intensity)(&city, filters, by))
}

/// `None` also where there is nothing to decompose: the server says why.
pub fn decomposition(filters: &Filters) -> Option<Arc<Decomposition>> {
    let (city, engine) = ready()?;
    let question = format!("decomposition?{}", filters.api_query());
    recent(city.facts.version, question, || (engine.decomposition)(&city, filters))
}

pub fn subjects(filters: &Filters) -> Option<Arc<BenchmarkSubjects>> {
    let (city, engine) = with_products()?;
    let question = format!("benchmarks?{}", filters.api_query());
    recent(city.facts.version, question, || (engine.subjects)(&city, filters))
}

/// `None` also for a subject or a unit that is not there.
pub fn benchmark(filters: &Filters, code: &str, unit: Option<&str>) -> Option<Arc<BenchmarkView>> {
    let (city, engine) = with_products()?;
    (engine.benchmark)(&city, filters, code, unit)
}
