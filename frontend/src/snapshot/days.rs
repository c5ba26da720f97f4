//! Days of spans that are not whole months: requested when a query first needs them and kept in the cache of answers. One
//! request is under way at a time, and the newest wanted one follows it; a request that is no longer needed is aborted. A
//! newer data version renews those in use before anything is derived from it.

use std::cell::RefCell;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use nengce_analysis::cube::Cube;
use nengce_analysis::partial_days::partial_months;
use nengce_analysis::snapshot::{PartialMonth, UnitPartialMonth};
use nengce_shared::basis::Basis;
use nengce_shared::period::DayRange;
use web_sys::{AbortController, AbortSignal};

use super::fetch::{Held, fetch};
use crate::answer_cache::{find, find_of, put};

/// Ranges that a newer data version renews: those of the last selections, a page has four at most.
const MOST_IN_USE: usize = 8;

/// The days of a range on both bases, and as they were sent.
struct KnownDays {
    bases: [PartialMonth; 2],
    held: Held,
}

impl KnownDays {
    fn bytes(&self) -> usize {
        let units: usize = self.bases.iter().map(|it| it.units.len()).sum();
        units * (size_of::<UnitPartialMonth>() + size_of::<usize>()) + self.held.bytes.len()
    }

    fn keep(self, range: DayRange) {
        put(key(range), self.held.version, self.bytes(), Arc::new(self));
    }
}

fn key(range: DayRange) -> String {
    format!("days:{}..{}", range.from(), range.to())
}

#[derive(Default)]
struct Days {
    flight: Option<(u64, DayRange, Option<AbortController>)>,
    failed: Option<(u64, DayRange)>,
    /// Asked for since the data changed, the last one at the end.
    in_use: Vec<DayRange>,
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
    DAYS.with_borrow_mut(|days| {
        days.in_use.retain(|it| !ranges.contains(it));
        days.in_use.extend(ranges);
        let surplus = days.in_use.len().saturating_sub(MOST_IN_USE);
        days.in_use.drain(..surplus);
    });
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
    let days = find_of::<KnownDays>(&key(range), version)?;
    days.bases.iter().find(|it| it.basis == basis).cloned()
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
        let made = load(version, range, signal.as_ref()).await;
        let is_ours = DAYS.with_borrow_mut(|days| {
            let ours = days.flight.as_ref().is_some_and(|it| (it.0, it.1) == wanted);
            if ours {
                days.flight = None;
                match made {
                    Some(it) => it.keep(range),
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

/// The days of a range at a data version; `None` where the server is at another one.
async fn load(version: u64, range: DayRange, abort: Option<&AbortSignal>) -> Option<KnownDays> {
    let path = format!("/api/v1/snapshot/days?level=unit&from={}&to={}", range.from(), range.to());
    let known = find(&key(range)).and_then(|(_, it)| it.downcast::<KnownDays>().ok());
    let bytes = fetch(&path, known.as_ref().map(|it| &it.held), abort).await?;
    let cube = Cube::decode(&bytes).ok()?;
    if cube.version != version {
        return None;
    }
    let bases = partial_months(&cube, range);
    Some(KnownDays { bases, held: Held { version, bytes } })
}

/// Fetches the days in use at a newer data version; all of them replace the older ones at once.
pub(super) async fn renew(version: u64) {
    let in_use = DAYS.with_borrow_mut(|days| std::mem::take(&mut days.in_use));
    let mut renewed = Vec::with_capacity(in_use.len());
    for range in in_use {
        if let Some(days) = load(version, range, None).await {
            renewed.push((range, days));
        }
    }
    renewed.into_iter().for_each(|(range, days)| days.keep(range));
}
