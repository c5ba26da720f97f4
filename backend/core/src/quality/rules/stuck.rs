//! The same daily value again and again, to the last digit.

use super::chance_of_repeats;
use crate::quality::{Evidence, Hit, ItemDay, Parameter, Part, Rule, RuleCheck, Severity};

const DAYS: Parameter = Parameter {
    name: "least_days",
    value: 3.0,
    unit: "days",
    zh: "连续相同的最少日数",
    en: "Least days alike",
};
pub(in crate::quality) const MONTHS: Parameter = Parameter {
    name: "least_months",
    value: 3.0,
    unit: "months",
    zh: "按月上报的项连续相同的最少月数",
    en: "Least months alike, for items that come by the month",
};
pub(in crate::quality) const CHANCE: Parameter = Parameter {
    name: "largest_chance",
    value: 1e-6,
    unit: "share",
    zh: "偶然重复概率的上限（位数少的数值易重复）",
    en: "Largest probability of such a run by chance: a short number repeats easily",
};

const STANDSTILL: Parameter = Parameter {
    name: "standstill_share",
    value: 0.1,
    unit: "share",
    zh: "低于平常值的该比例视为停产后的固定负荷",
    en: "Below this share of the usual day it is what a standstill leaves on",
};

pub(super) const RULE: Rule = Rule {
    name: "stuck",
    version: 1,
    zh: "数值不变",
    en: "Stuck",
    about_zh: "非零日值连续多日完全相同；位数越少，所需日数越多",
    about_en: "A day value other than zero repeats to the last digit for days; the fewer digits, the more days it takes",
    says_zh: "连续 {} 日相同",
    says_en: "The same for {} days",
    part: Part::Validity,
    severity: Severity::Medium,
    parameters: &[DAYS, MONTHS, CHANCE, STANDSTILL],
    source_zh: "有效性：在用仪表的读数会变化",
    source_en: "validity: a live instrument moves",
    certainty: "inferred",
    check: RuleCheck::Item(check),
};

/// The number of days to either side over which equal values are followed.
const REACH_DAYS: i32 = 7;

fn check(it: &ItemDay<'_>) -> Option<Hit> {
    if !it.item.is_quantity() {
        return None;
    }
    let value = it.figure().filter(|it| *it != 0.0)?;
    let same = |day: &i32| it.on(*day).figure() == Some(value);
    let first = it.day - (1..=REACH_DAYS).take_while(|by| same(&(it.day - by))).count() as i32;
    let last = it.day + (1..=REACH_DAYS).take_while(|by| same(&(it.day + by))).count() as i32;
    let run = f64::from(last - first + 1);
    // The small consumption that remains during a standstill is steady by nature.
    if it.on(first).ratio().is_some_and(|it| it < STANDSTILL.value) {
        return None;
    }
    (run >= DAYS.value && chance_of_repeats(value, run - 1.0) <= CHANCE.value).then(|| {
        let evidence = (first..=last)
            .take(8)
            .map(|day| Evidence { expected: None, ..it.on(day).figure_evidence() });
        Hit::new(run, evidence.collect())
    })
}
