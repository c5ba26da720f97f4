//! The main measure of a page by month for all years, under the page's filters: what the time brush shows.

use nengce_shared::api::meta::{Timeline, TimelineMonth};
use nengce_shared::basis::Basis;
use nengce_shared::month::Month;
use nengce_shared::quality;

use super::query::Filter;
use super::snapshot::Snapshot;
use super::unit_totals::{add_all, month_tce};

/// Every month from the first to the last with data; months without any stay, with no figure.
pub fn timeline(snapshot: &Snapshot, filter: &Filter, basis: Basis) -> Timeline {
    let units = filter.select(snapshot);
    let last = snapshot.data_until.map(Month::of);
    let months = snapshot.all_months().filter(|it| last.is_some_and(|last| *it <= last));
    let row = |month: Month| {
        let points = units.iter().map(|it| snapshot.points(*it, month));
        let (received, expected) = points.fold((0, 0), |(received, expected), it| {
            (received + u64::from(it.received), expected + u64::from(it.expected))
        });
        TimelineMonth {
            period: month.to_string(),
            tce: add_all(
                units.iter().map(|it| month_tce(snapshot, basis, *it, month, &filter.energy)),
            ),
            completeness: quality::completeness(received, expected),
            days_done: units.iter().map(|it| snapshot.days(*it, month)).max().unwrap_or(0),
            days_total: month.days() as u8,
        }
    };
    Timeline { basis, months: months.map(row).collect() }
}
