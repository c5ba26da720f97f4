//! Turns the filters in the address into a question to the city in the browser, and answers it: the code behind
//! `Engine`. Questions that it cannot answer go to the server.

use std::sync::Arc;

use nengce_analysis::benchmark::{Chosen, benchmark, subjects};
use nengce_analysis::dual_control::dual_control;
use nengce_analysis::facts::Fringe;
use nengce_analysis::intensity::{By, decomposition, intensity, windows};
use nengce_analysis::picture::Picture;
use nengce_analysis::question::{Filter, Question};
use nengce_analysis::spans::{Compare, Spans};
use nengce_analysis::timeline::timeline;
use nengce_shared::api::benchmark::BenchmarkView;
use nengce_shared::api::intensity::Decomposition;
use nengce_shared::warning::TotalThresholds;

use super::client::City;
use super::days::fringes_of;
use super::engine::Engine;
use super::fetch;
use crate::url_state::Filters;

pub static ENGINE: Engine = Engine {
    load: |products| Box::pin(fetch::city(products)),
    products: || Box::pin(fetch::products()),
    dual_control: |city, filters| {
        linked(city, filters, |it| Some(dual_control(it, TotalThresholds::default())))
    },
    timeline: |city, filters| {
        let filter = filter(filters)?;
        if city.facts.is_grouped() && !filter.unit.is_empty() {
            return None;
        }
        Some(Arc::new(timeline(&city.facts, &filter, filters.basis)))
    },
    intensity: |city, filters, by| linked(city, filters, |it| Some(intensity(it, by))),
    decomposition: decomposed,
    subjects: |city, filters| linked(city, filters, |it| Some(subjects(it))),
    benchmark: |city, filters, code, unit| linked(city, filters, |it| benchmarked(it, code, unit)),
};

/// Units and energies in scope; `None` for codes that only the server can refuse properly.
fn filter(filters: &Filters) -> Option<Filter> {
    let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let region = filters.region.iter().all(|it| it.len() == 6 && digits(it));
    let is_industry = |it: &String| {
        it.len() <= 5 && it.starts_with(|it: char| it.is_ascii_uppercase()) && digits(&it[1..])
    };
    (region && filters.industry.iter().all(is_industry)).then(|| Filter {
        region: filters.region.clone(),
        industry: filters.industry.clone(),
        class: filters.class.clone(),
        energy: filters.energy.clone(),
        unit: filters.units.clone(),
    })
}

/// Something derived from the filtered city as the server derives it; `None` while the days are not here. Tracked.
fn linked<T>(
    city: &City,
    filters: &Filters,
    derive: impl FnOnce(&Picture<'_>) -> Option<T>,
) -> Option<Arc<T>> {
    let asked = question(city, filters)?;
    let fringes = fringes_of(city.facts.version, asked.basis, &asked.spans.fringes())?;
    answer(city, &asked, &fringes, derive)
}

/// By industry, over the periods that the span stands for.
fn decomposed(city: &City, filters: &Filters) -> Option<Arc<Decomposition>> {
    let plain = question(city, filters).filter(|_| !city.facts.is_grouped())?;
    let (spans, periods) = windows(plain.spans.asked, city.facts.data_until);
    let asked = Question { spans, ..plain };
    answer(city, &asked, &[], |it| decomposition(it, By::Industry, &periods).ok())
}

fn benchmarked(picture: &Picture<'_>, code: &str, unit: Option<&str>) -> Option<BenchmarkView> {
    let chosen = Chosen::parse(picture, code)?;
    if let Some(unit) = unit {
        picture.facts.unit_of_code(unit)?;
    }
    Some(benchmark(picture, &chosen, unit))
}

fn question(city: &City, filters: &Filters) -> Option<Question> {
    let (compare, against) = match &filters.compare {
        Some(word) => Compare::read(word)?,
        None => Default::default(),
    };
    let (from, to) = (filters.from.as_deref(), filters.to.as_deref());
    let facts = &city.facts;
    let question = Question {
        filter: filter(filters)?,
        basis: filters.basis,
        spans: Spans::read(from, to, compare, facts.data_until, facts.today).ok()?,
        against,
    };
    (!facts.is_grouped() || question.is_for_groups()).then_some(question)
}

fn answer<T>(
    city: &City,
    asked: &Question,
    fringes: &[Fringe],
    derive: impl FnOnce(&Picture<'_>) -> Option<T>,
) -> Option<Arc<T>> {
    let started = mark();
    let derived = derive(&Picture::new(&city.facts, &city.catalog, asked, fringes));
    measured(started);
    derived.map(Arc::new)
}

/// Name of a derivation among the browser's measures: developer tools show it, and benches read it.
const DERIVE: &str = "derive";

fn mark() -> Option<web_sys::Performance> {
    let performance = leptos::prelude::window().performance()?;
    performance.mark(DERIVE).ok().map(|_| performance)
}

/// Keeps the measure; its mark goes, so that marks do not pile up.
fn measured(started: Option<web_sys::Performance>) {
    if let Some(performance) = started {
        if performance.measure_with_start_mark(DERIVE, DERIVE).is_err() {
            leptos::logging::warn!("a derivation could not be measured");
        }
        performance.clear_marks_with_mark_name(DERIVE);
    }
}
