//! What open findings tell an inspector about each unit: how many suggest figures that were not measured, and how long
//! answers are overdue.

use std::collections::BTreeMap;

use nengce_analysis::targets::{Findings, UnitFindings};
use nengce_core::quality::rules::SUSPECT_RULES;
use nengce_core::quality::{RULES, Rule};

use super::deadlines::{Deadlines, OF_THE_UNIT};
use crate::http::content::problem::ApiResult;
use crate::http::state::AppState;
use crate::store::quality::open_groups::{OpenGroup, open_groups};
use crate::store::unit_ids::UnitIds;

/// The findings of the units, of those that have any.
pub async fn findings_of_units(state: &AppState, units: UnitIds) -> ApiResult<Findings> {
    let groups = state.store.read(move |conn| open_groups(conn, &units)).await?;
    Ok(summed(&groups, &Deadlines::of(state)))
}

fn summed(groups: &[OpenGroup], deadlines: &Deadlines) -> Findings {
    let mut found = Findings::new();
    let mut suspect: BTreeMap<i32, BTreeMap<&str, u32>> = BTreeMap::new();
    for it in groups {
        let of_unit = found.entry(it.unit_id).or_default();
        let answer = deadlines.answer_since(it.first_seen, it.answer.as_ref(), it.excused_until);
        let late = answer.due.map_or(0, |due| (deadlines.today - due).get_days());
        if late > 0 && OF_THE_UNIT.contains(&answer.state) {
            of_unit.overdue += it.count;
            of_unit.overdue_days = of_unit.overdue_days.max(late.unsigned_abs());
        }
        if SUSPECT_RULES.contains(&it.rule.as_str()) {
            *suspect.entry(it.unit_id).or_default().entry(&it.rule).or_default() += it.count;
        }
    }
    for (unit, rules) in suspect {
        let of_unit = found.entry(unit).or_default();
        of_unit.suspect = rules.values().sum();
        of_unit.rules_zh = named(&rules, |it| it.zh, "、");
        of_unit.rules_en = named(&rules, |it| it.en, ", ");
    }
    found.retain(|_, it| *it != UnitFindings::default());
    found
}

/// The rules by name with their counts, in the order of the table of rules.
fn named(counts: &BTreeMap<&str, u32>, name: fn(&Rule) -> &'static str, between: &str) -> String {
    let each = RULES.iter().filter_map(|rule| {
        let count = counts.get(rule.name)?;
        Some(format!("{} {count}", name(rule)))
    });
    each.collect::<Vec<_>>().join(between)
}
