//! The reported month against the sum of its days.

use jiff::ToSpan;
use nengce_shared::quality::{DAY_MONTH_LIMIT, day_month_deviation};

use crate::ingest::stamp;
use crate::quality::{Evidence, Hit, ItemDay, Look, Parameter, Part, Rule, Severity};

const LIMIT: Parameter = Parameter {
    name: "largest_deviation",
    value: DAY_MONTH_LIMIT,
    unit: "share",
    zh: "允许偏差",
    en: "Largest deviation",
};

pub const RULE: Rule = Rule {
    name: "month_sum",
    zh: "日月不符",
    en: "Days against month",
    about_zh: "当月各日之和与上报月值相差超过 5 %（各日齐全时）；记于月首日",
    about_en: "The sum of the days and the reported month differ by more than 5 %, all days there; stands on the first of the month",
    says_zh: "相差 {} %",
    says_en: "They differ by {} %",
    part: Part::Conformity,
    severity: Severity::Medium,
    parameters: &[LIMIT],
    source: "|Σdays − month| / month ≤ 5 %",
    certainty: "found",
    look: Look::Item(look),
};

fn look(it: &ItemDay<'_>) -> Option<Hit> {
    let month = it.item.months.get(&it.day).filter(|it| it.valid)?;
    let first = stamp::date_of(it.day);
    let next = stamp::day_number(first.checked_add(1.month()).ok()?);
    let days: Option<Vec<f64>> = (it.day..next).map(|day| it.item.figure(day)).collect();
    let sum: f64 = days.filter(|_| it.item.is_quantity())?.iter().sum();
    let deviation = day_month_deviation(sum, month.value).unwrap_or(f64::from(sum != 0.0));
    (deviation > LIMIT.value).then(|| {
        let evidence = Evidence {
            item: it.item.id,
            stat_type: 2,
            at: it.midnight(),
            value: Some(month.value),
            expected: Some(sum),
            low: None,
            high: None,
            received_at: Some(month.received_at),
        };
        Hit::new((deviation * 1000.0).round() / 10.0, vec![evidence])
    })
}
