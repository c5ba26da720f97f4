//! Compares the reported year with the sum of its months.

use nengce_shared::quality::{DAY_MONTH_LIMIT, day_month_deviation};
use nengce_shared::stat_type::StatType;

use crate::quality::{Evidence, Hit, ItemDay, Parameter, Part, Rule, RuleCheck, Severity};
use nengce_messages::stamp;

const LIMIT: Parameter = Parameter {
    name: "largest_deviation",
    value: DAY_MONTH_LIMIT,
    unit: "share",
    zh: "允许偏差",
    en: "Largest deviation",
};

pub(super) const RULE: Rule = Rule {
    name: "year_sum",
    version: 1,
    zh: "月年不符",
    en: "Months against year",
    about_zh: "全年十二个月之和与上报年值相差超过 5 %（各月齐全时）；记于年首日",
    about_en: "The sum of the twelve months and the reported year differ by more than 5 %, all months there; stands on the first of the year",
    says_zh: "相差 {} %",
    says_en: "They differ by {} %",
    part: Part::Conformity,
    severity: Severity::Medium,
    parameters: &[LIMIT],
    source_zh: "|各月之和 − 年值| ÷ 年值 ≤ 5 %，与日、月相同",
    source_en: "|Σmonths − year| / year ≤ 5 %, as of days and month",
    certainty: "inferred",
    check: RuleCheck::Item(check),
};

fn check(it: &ItemDay<'_>) -> Option<Hit> {
    let year = it.item.years.get(&it.day).filter(|it| it.valid)?;
    if !it.item.is_quantity() {
        return None;
    }
    let first = stamp::date_of(it.day);
    let next = it.day + i32::from(first.days_in_year());
    let months = it.item.month_figures.range(it.day..next);
    let (count, sum) = months.fold((0, 0.0), |(count, sum), it| (count + 1, sum + it.1));
    let deviation = day_month_deviation(sum, year.value).unwrap_or(f64::from(sum != 0.0));
    (count == 12 && deviation > LIMIT.value).then(|| {
        let evidence = Evidence {
            item: it.item.id,
            stat_type: StatType::Year,
            at: it.midnight(),
            value: Some(year.value),
            expected: Some(sum),
            low: None,
            high: None,
            received_at: Some(year.received_at),
        };
        Hit::new((deviation * 1000.0).round() / 10.0, vec![evidence])
    })
}
