//! What the cases of units tell the ranking of targets: orders that were not carried out and fines of the last three years, and
//! how long ago officers were on site.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use nengce_analysis::targets::Findings;
use nengce_shared::case::CaseStep as S;

use super::{Loaded, load};
use crate::http::content::problem::ApiResult;
use crate::http::state::AppState;
use crate::store::cases::CaseQuery;
use crate::store::unit_ids::UnitIds;

/// Years for which an offence counts.
const YEARS: i64 = 3;
/// Months of a quarter.
const QUARTER: i32 = 3;

/// Adds what the cases of the units tell.
pub(in crate::http) async fn add(
    state: &AppState,
    units: UnitIds,
    found: &mut Findings,
) -> ApiResult<()> {
    let query =
        CaseQuery { units: units.clone(), limit: state.config.max_cases, ..CaseQuery::default() };
    let cases = load(state, query).await?;
    let today = state.clock.today();
    let Some(since) = cases.iter().filter_map(first_day).min() else { return Ok(()) };
    let mut visits: BTreeMap<i32, Date> = BTreeMap::new();
    for it in &cases {
        let progress = it.progress();
        if is_offence(it, today) {
            found.entry(it.head.unit_id).or_default().offences += 1;
        }
        if let Some(record) = progress.last(S::Record) {
            let last = visits.entry(it.head.unit_id).or_insert(record.on);
            *last = (*last).max(record.on);
        }
    }
    let approved: Vec<i32> = {
        let registry = state.store.registry();
        let of = registry.units().filter(|it| it.approved && units.holds(it.unit_id));
        of.map(|it| it.unit_id).collect()
    };
    for unit in approved {
        let quarters = quarters(visits.get(&unit).copied().unwrap_or(since), today);
        if quarters > 0 {
            found.entry(unit).or_default().quarters_since_visit = quarters;
        }
    }
    Ok(())
}

fn first_day(it: &Loaded) -> Option<Date> {
    it.steps.first().map(|it| it.step.on)
}

/// Whether an order was not carried out or a fine decided within the years that count.
fn is_offence(it: &Loaded, today: Date) -> bool {
    let progress = it.progress();
    let since = today.saturating_sub(YEARS.years());
    let last = progress.last_of(&[S::NotMet, S::Decision]);
    progress.last(S::Revoked).is_none() && last.is_some_and(|it| it.on > since)
}

/// Whole quarters between two days.
fn quarters(from: Date, to: Date) -> u32 {
    let months = (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month())
        - i32::from(from.month());
    u32::try_from(months / QUARTER).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn quarters_are_whole_ones() {
        assert_eq!(quarters(date(2025, 11, 30), date(2026, 11, 1)), 4);
        assert_eq!(quarters(date(2026, 9, 1), date(2026, 11, 30)), 0);
        assert_eq!(quarters(date(2026, 12, 1), date(2026, 11, 30)), 0);
    }
}
