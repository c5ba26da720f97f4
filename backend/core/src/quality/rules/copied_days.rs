//! Days that repeat earlier days one after the other, to the last digit: somebody copied them.

use super::chance_of_repeats;
use super::stuck::CHANCE;
use crate::quality::{Evidence, Hit, ItemDay, Parameter, Part, Rule, RuleCheck, Severity};

const DAYS: Parameter = Parameter {
    name: "least_days",
    value: 3.0,
    unit: "days",
    zh: "连续照抄的最少日数",
    en: "Least days copied in a row",
};
const LAG: Parameter = Parameter {
    name: "longest_lag",
    value: 35.0,
    unit: "days",
    zh: "向前找多少日",
    en: "Days looked back",
};

pub(super) const RULE: Rule = Rule {
    name: "copied_days",
    version: 1,
    zh: "照抄往日",
    en: "Copied days",
    about_zh: "连续多日的日值与之前若干日依次完全相同，而这些日值彼此不同；位数越少，所需日数越多",
    about_en: "The values of days in a row are those of earlier days in the same order, to the last digit, while they differ from each other; the fewer digits, the more days it takes",
    says_zh: "连续 {} 日与之前依次相同",
    says_en: "{} days in a row repeat earlier ones",
    part: Part::Validity,
    severity: Severity::Medium,
    parameters: &[DAYS, LAG, CHANCE],
    source_zh: "有效性：在用仪表的读数不会依次重复",
    source_en: "validity: a live instrument does not repeat a sequence",
    certainty: "inferred",
    check: RuleCheck::Item(check),
};

/// Days to either side over which a copy is followed.
const REACH_DAYS: i32 = 7;

fn check(it: &ItemDay<'_>) -> Option<Hit> {
    if !it.item.is_quantity() {
        return None;
    }
    let own = it.figure().filter(|it| *it != 0.0)?;
    // Few days have their value earlier: only these are followed.
    let mut lags = (1..=LAG.value as i32).filter(|lag| it.on(it.day - lag).figure() == Some(own));
    lags.find_map(|lag| copied(it, lag))
}

/// The run of days around this one that are those of `lag` days earlier.
fn copied(it: &ItemDay<'_>, lag: i32) -> Option<Hit> {
    let figure = |day: i32| it.on(day).figure().filter(|it| *it != 0.0);
    let is_copy = |day: &i32| figure(*day).is_some_and(|own| figure(day - lag) == Some(own));
    let back = (1..=REACH_DAYS).take_while(|by| is_copy(&(it.day - by))).count() as i32;
    let ahead = (1..=REACH_DAYS).take_while(|by| is_copy(&(it.day + by))).count() as i32;
    let run = (it.day - back)..=(it.day + ahead);
    let values: Vec<f64> = run.clone().filter_map(figure).collect();
    // Equal values in a row are stuck and not copied; of neighbours that differ each counts once.
    let distinct = values.iter().enumerate().filter(|(at, it)| !values[..*at].contains(it));
    let chance: f64 = distinct.clone().map(|(_, it)| chance_of_repeats(*it, 1.0)).product();
    let count = distinct.count() as f64;
    (count >= DAYS.value && chance <= CHANCE.value).then(|| {
        let evidence = run
            .take(8)
            .map(|day| Evidence { expected: figure(day - lag), ..it.on(day).figure_evidence() });
        Hit::new(count, evidence.collect())
    })
}
