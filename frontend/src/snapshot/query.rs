//! Turns the filters in the address into a query to the city in the browser, and answers it. Questions that it cannot
//! answer go to the server.

use std::sync::Arc;

use nengce_analysis::benchmark::{Chosen, benchmark};
use nengce_analysis::codec;
use nengce_analysis::evaluation::Evaluation;
use nengce_analysis::intensity::{By, decomposition, windows};
use nengce_analysis::query::{Filter, Query};
use nengce_analysis::snapshot::{PartialMonth, Snapshot};
use nengce_analysis::spans::{ComparisonSpan, Spans};
use nengce_analysis::timeline::timeline;
use nengce_shared::api::benchmark::BenchmarkView;
use nengce_shared::api::intensity::Decomposition;
use nengce_shared::api::meta::Timeline;

use super::days::partial_months_of;
use crate::url_state::Selection;

/// Reads a snapshot as it was sent; `None` for bytes that are none.
pub(super) fn decode(bytes: &[u8]) -> Option<Snapshot> {
    codec::decode(bytes).ok()
}

/// A newer snapshot, or newer days, of older bytes and a delta; `None` where they do not fit.
pub(super) fn apply(old: &[u8], delta: &[u8]) -> Option<Vec<u8>> {
    codec::apply(old, delta).ok()
}

pub(super) fn timeline_of(snapshot: &Snapshot, selection: &Selection) -> Option<Arc<Timeline>> {
    let filter = filter(selection)?;
    if snapshot.is_grouped() && !filter.unit.is_empty() {
        return None;
    }
    Some(Arc::new(timeline(snapshot, &filter, selection.basis)))
}

/// Units and energies in scope; `None` for codes that only the server can refuse properly.
fn filter(selection: &Selection) -> Option<Filter> {
    let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let region = selection.region.iter().all(|it| it.len() == 6 && digits(it));
    let is_industry = |it: &String| {
        it.len() <= 5 && it.starts_with(|it: char| it.is_ascii_uppercase()) && digits(&it[1..])
    };
    (region && selection.industry.iter().all(is_industry)).then(|| Filter {
        region: selection.region.clone(),
        industry: selection.industry.clone(),
        class: selection.class.clone(),
        energy: selection.energy.clone(),
        unit: selection.units.clone(),
    })
}

/// Something derived from the filtered snapshot as the server derives it; `None` while the days are not here. Tracked.
pub(super) fn linked<T>(
    snapshot: &Snapshot,
    selection: &Selection,
    derive: impl FnOnce(&Evaluation<'_>) -> Option<T>,
) -> Option<Arc<T>> {
    let asked = query(snapshot, selection)?;
    let partial_months =
        partial_months_of(snapshot.version, asked.basis, &asked.spans.partial_months())?;
    answer(snapshot, &asked, &partial_months, derive)
}

/// By industry, over the periods that the span stands for.
pub(super) fn decomposed(snapshot: &Snapshot, selection: &Selection) -> Option<Arc<Decomposition>> {
    let plain = query(snapshot, selection).filter(|_| !snapshot.is_grouped())?;
    let (spans, periods) = windows(plain.spans.asked, snapshot.data_until);
    let asked = Query { spans, ..plain };
    answer(snapshot, &asked, &[], |it| decomposition(it, By::Industry, &periods).ok())
}

pub(super) fn benchmarked(
    evaluation: &Evaluation<'_>,
    code: &str,
    unit: Option<&str>,
) -> Option<BenchmarkView> {
    let chosen = Chosen::parse(evaluation, code)?;
    if let Some(unit) = unit {
        evaluation.snapshot.unit_of_code(unit)?;
    }
    Some(benchmark(evaluation, &chosen, unit))
}

fn query(snapshot: &Snapshot, selection: &Selection) -> Option<Query> {
    let (compare, comparison) = match &selection.compare {
        Some(word) => ComparisonSpan::read(word)?,
        None => Default::default(),
    };
    let (from, to) = (selection.from.as_deref(), selection.to.as_deref());
    let query = Query {
        filter: filter(selection)?,
        basis: selection.basis,
        spans: Spans::read(from, to, compare, snapshot.data_until, snapshot.today).ok()?,
        comparison,
    };
    (!snapshot.is_grouped() || query.is_for_groups()).then_some(query)
}

fn answer<T>(
    snapshot: &Snapshot,
    asked: &Query,
    partial_months: &[PartialMonth],
    derive: impl FnOnce(&Evaluation<'_>) -> Option<T>,
) -> Option<Arc<T>> {
    let started = mark();
    let derived = derive(&Evaluation::new(snapshot, asked, partial_months));
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
