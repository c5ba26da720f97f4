//! What the reader chose: criteria with other weights and parameters, and how many visits there are. Both stand in the
//! address; the ranking is made again in the browser from the evidence that was loaded.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_analysis::targets::score;
use nengce_shared::api::targets::{Criterion, InspectionTargets};

use crate::url_state::UrlState;

/// Visits that the page counts with until the reader says how many there are.
const USUAL_VISITS: usize = 20;
/// The most visits that can be asked for.
pub(super) const MOST_VISITS: usize = 999;

/// The loaded answer by the criteria of the address.
pub(super) fn by_chosen_criteria(
    loaded: Signal<Option<Arc<InspectionTargets>>>,
    url: UrlState,
) -> Memo<Option<Arc<InspectionTargets>>> {
    Memo::new(move |_| {
        let loaded = loaded.get()?;
        let criteria = changed(&loaded.criteria, url);
        Some(match criteria == loaded.criteria {
            true => loaded,
            false => Arc::new(score::with_criteria(&loaded, criteria)),
        })
    })
}

/// The criteria of the address; what it says that cannot be read changes nothing.
fn changed(usual: &[Criterion], url: UrlState) -> Vec<Criterion> {
    let mut criteria = usual.to_vec();
    let asked = url.get("criteria").unwrap_or_default();
    match score::change(&mut criteria, &asked) {
        Ok(()) => criteria,
        Err(_) => usual.to_vec(),
    }
}

/// Keeps one changed criterion in the address, without a step of history for each pixel of a drag.
pub(super) fn keep(
    usual: &[Criterion],
    mut criteria: Vec<Criterion>,
    changed: Criterion,
    url: UrlState,
) {
    if let Some(it) = criteria.iter_mut().find(|it| it.reason == changed.reason) {
        *it = changed;
    }
    let written = score::changes(usual, &criteria);
    // Parameters that nothing can lie between change nothing.
    if score::change(&mut usual.to_vec(), written.as_deref().unwrap_or_default()).is_ok() {
        url.replace(&[("criteria", written)]);
    }
}

/// How many visits there are.
pub(super) fn visits(url: UrlState) -> Memo<usize> {
    Memo::new(move |_| {
        let asked = url.get("visits").and_then(|it| it.parse().ok());
        asked.unwrap_or(USUAL_VISITS).clamp(1, MOST_VISITS)
    })
}
