//! Days of spans that are not whole months: requested when a query first needs them and kept in the
//! cache of answers. One request is under way at a time, and the newest wanted one follows it; a request that is no longer needed
//! is aborted.

use std::cell::RefCell;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use nengce_analysis::cube::Cube;
use nengce_analysis::partial_days::partial_months;
use nengce_analysis::snapshot::{PartialMonth, UnitPartialMonth};
use nengce_shared::basis::Basis;
use nengce_shared::lang::Lang;
use nengce_shared::period::DayRange;
use web_sys::AbortController;

use crate::answer_cache::{find_of, put};
use crate::data::api_client::get_bytes;

/// The days of a range on both bases.
type BothBases = [PartialMonth; 2];

fn key(range: DayRange) -> String {
    format!("days:{}..{}", range.from(), range.to())
}

fn bytes(of: &BothBases) -> usize {
    let units: usize = of.iter().map(|it| it.units.len()).sum();
    units * (size_of::<UnitPartialMonth>() + size_of::<usize>())
}

#[derive(Default)]
struct Days {
    flight: Option<(u64, DayRange, Option<AbortController>)>,
    failed: Option<(u64, DayRange)>,
}

thread_local! {
    static DAYS: RefCell<Days> = RefCell::default();
    static ARRIVED: ArcRwSignal<u32> = ArcRwSignal::new(0);
}

/// The partial months of a query, once all are here; asks for the first that is not. Tracked.
pub fn partial_months_of(
    version: u64,
    basis: Basis,
    ranges: &[DayRange],
) -> Option<Vec<PartialMonth>> {
    if ranges.is_empty() {
        return Some(Vec::new());
    }
    ARRIVED.with(|it| it.track());
    let mut found = Vec::with_capacity(ranges.len());
    for range in ranges {
        let Some(it) = cached(version, basis, *range) else {
            ask(version, *range);
            return None;
        };
        found.push(it);
    }
    Some(found)
}

fn cached(version: u64, basis: Basis, range: DayRange) -> Option<PartialMonth> {
    let days = find_of::<BothBases>(&key(range), version)?;
    days.iter().find(|it| it.basis == basis).cloned()
}

fn ask(version: u64, range: DayRange) {
    let wanted = (version, range);
    let controller = AbortController::new().ok();
    let signal = controller.as_ref().map(AbortController::signal);
    let asks = DAYS.with_borrow_mut(|days| {
        let under_way = days.flight.as_ref().is_some_and(|it| (it.0, it.1) == wanted);
        if under_way || days.failed == Some(wanted) {
            return false;
        }
        if let Some((_, _, Some(earlier))) = days.flight.take() {
            earlier.abort();
        }
        days.flight = Some((version, range, controller));
        true
    });
    if !asks {
        return;
    }
    spawn_local(async move {
        let path =
            format!("/api/v1/snapshot/days?level=unit&from={}&to={}", range.from(), range.to());
        let answer = get_bytes(&path, Lang::Zh, signal.as_ref()).await;
        let made = answer.ok().and_then(|bytes| {
            let cube = Cube::decode(&bytes).ok()?;
            (cube.version == version).then(|| partial_months(&cube, range))
        });
        let is_ours = DAYS.with_borrow_mut(|days| {
            let ours = days.flight.as_ref().is_some_and(|it| (it.0, it.1) == wanted);
            if ours {
                days.flight = None;
                match made {
                    Some(it) => put(key(range), version, bytes(&it), Arc::new(it)),
                    None => days.failed = Some(wanted),
                }
            }
            ours
        });
        if is_ours {
            ARRIVED.with(|it| it.update(|it| *it += 1));
        }
    });
}
