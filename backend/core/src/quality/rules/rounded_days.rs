//! Days of round figures in an item that is usually measured to finer ones: somebody typed them.

use nengce_shared::number::decimal;

use super::{last_place, stuck::CHANCE};
use crate::quality::{Hit, ItemDay, Parameter, Part, Rule, RuleCheck, Severity};

const DAYS: Parameter = Parameter {
    name: "least_days",
    value: 5.0,
    unit: "days",
    zh: "一周内取整的最少日数",
    en: "Least round days within a week",
};
const PLACES: Parameter = Parameter {
    name: "places",
    value: 2.0,
    unit: "digits",
    zh: "比平时少的位数",
    en: "Digits fewer than usual",
};
const HISTORY: Parameter = Parameter {
    name: "history_days",
    value: 60.0,
    unit: "days",
    zh: "平时的位数取自多少日",
    en: "Days from which the usual digits are read",
};

pub(super) const RULE: Rule = Rule {
    name: "rounded_days",
    version: 1,
    zh: "数值取整",
    en: "Rounded days",
    about_zh: "一周内多日的日值是整数或整十、整百，而此前的日值位数更细；仪表每少两位，碰巧的机会只有百分之一",
    about_en: "Several day values of a week are round while earlier ones have finer digits; by chance one in a hundred values has two digits fewer",
    says_zh: "一周内 {} 日取整",
    says_en: "{} round days within a week",
    part: Part::Validity,
    severity: Severity::Medium,
    parameters: &[DAYS, PLACES, HISTORY, CHANCE],
    source_zh: "有效性：在用仪表的末位数字近似均匀",
    source_en: "validity: the last digits of a live instrument are spread evenly",
    certainty: "inferred",
    check: RuleCheck::Item(check),
};

const WEEK: i32 = 7;
/// Days of the history that must have a figure, and the part of them that must have the finest digit.
const LEAST_HISTORY: usize = 20;
const FINE_PART: f64 = 0.5;

fn check(it: &ItemDay<'_>) -> Option<Hit> {
    if !it.item.is_quantity() {
        return None;
    }
    let digits = |day: i32| it.on(day).figure().and_then(Digits::of);
    let own = digits(it.day)?;
    let history = WEEK..WEEK + HISTORY.value as i32;
    let history: Vec<Digits> = history.filter_map(|by| digits(it.day - by)).collect();
    let finest =
        history.iter().map(|it| it.last).min().filter(|_| history.len() >= LEAST_HISTORY)?;
    let most = history.iter().map(|it| it.count).max()?;
    let fine = history.iter().filter(|it| it.last == finest).count() as f64;
    // A change of the unit moves the last place and leaves the number of digits as it was.
    let fewer = PLACES.value as i32;
    let is_round = |it: Digits| it.last >= finest + fewer && it.count <= most - fewer;
    if !is_round(own) || fine < history.len() as f64 * FINE_PART {
        return None;
    }
    let week = (it.day - WEEK + 1)..=it.day;
    let round: Vec<i32> = week.filter(|day| digits(*day).is_some_and(is_round)).collect();
    let count = round.len() as f64;
    let chance = 10f64.powf(-PLACES.value * count);
    (count >= DAYS.value && chance <= CHANCE.value)
        .then(|| Hit::new(count, round.iter().map(|day| it.on(*day).figure_evidence()).collect()))
}

/// The digits of a figure.
#[derive(Clone, Copy)]
struct Digits {
    /// The power of ten of the last one that is not 0.
    last: i32,
    /// How many from the first to that one.
    count: i32,
}

impl Digits {
    /// What computers add behind the tenth digit is no digit of a meter; 0 has none.
    fn of(figure: f64) -> Option<Self> {
        let figure = Some(decimal(figure)).filter(|it| *it != 0.0)?;
        let last = last_place(figure);
        Some(Self { last, count: figure.abs().log10().floor() as i32 + 1 - last })
    }
}
