//! A tariff: the prices of one energy type from a day on, by month and hour. Lines are checked as a person wrote them, and
//! every problem is found at once.

use std::collections::BTreeMap;

use jiff::civil::Date;
use nengce_shared::api::tariff::TariffLine;
use nengce_shared::lang::Lang;
use nengce_shared::quantity;
use nengce_shared::tariff::{TariffCharge, TariffPeriod};

use super::spans::{HOURS, hours, months};

/// The only energy type with charges of demand and capacity.
pub const ELECTRICITY: &str = "3300";
/// Yuan for one unit of measure, at most.
const MOST_PRICE: f64 = 1e7;
/// kW or kVA, at most.
const MOST_AMOUNT: f64 = 1e8;

/// A price and when it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The period of the day.
    pub period: TariffPeriod,
    /// Yuan for one dictionary unit of quantity, or the yuan of a whole month.
    pub price: f64,
    months: [bool; 12],
    hours: [bool; HOURS],
}

/// The prices of one energy type and charge from a day on.
#[derive(Debug, Clone, PartialEq)]
pub struct Tariff {
    /// Four digits.
    pub energy_type: String,
    /// What the prices are paid for.
    pub charge: TariffCharge,
    /// The first day.
    pub from: Date,
    /// The prices; each month and hour has exactly one.
    pub lines: Vec<Line>,
    /// The lines as they were written.
    pub typed: Vec<TariffLine>,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineProblem {
    /// The place of the line, from 0.
    pub line: usize,
    /// The field.
    pub field: &'static str,
    /// What is wrong and what to write instead, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

impl Tariff {
    /// The line of a month (from 1) and an hour.
    pub fn line(&self, month: i8, hour: usize) -> Option<&Line> {
        self.lines.get(self.position(month, hour)?)
    }

    /// The line of a month (from 1) as it was written, of a charge that knows no hours.
    pub fn typed_line(&self, month: i8) -> Option<&TariffLine> {
        self.typed.get(self.position(month, 0)?)
    }

    fn position(&self, month: i8, hour: usize) -> Option<usize> {
        let month = usize::try_from(month).ok()?.checked_sub(1)?;
        self.lines
            .iter()
            .position(|it| it.months.get(month) == Some(&true) && it.hours.get(hour) == Some(&true))
    }

    /// The mean price over the hours of a day in this month.
    pub fn mean_price(&self, month: i8) -> f64 {
        let prices = (0..HOURS).filter_map(|it| self.line(month, it)).map(|it| it.price);
        prices.sum::<f64>() / HOURS as f64
    }

    /// The line of all hours of a month, where there is one.
    pub fn only_line(&self, month: i8) -> Option<&Line> {
        let first = self.line(month, 0)?;
        first.hours.iter().all(|it| *it).then_some(first)
    }
}

/// The tariff of an energy type and charge in force on a day: the one that began last.
pub fn in_force<'a>(
    tariffs: &'a [Tariff],
    energy_type: &str,
    charge: TariffCharge,
    day: Date,
) -> Option<&'a Tariff> {
    let mine = tariffs.iter().filter(|it| it.energy_type == energy_type && it.charge == charge);
    mine.filter(|it| it.from <= day).max_by_key(|it| it.from)
}

/// The tariffs that lines make; `unit_of` knows the unit of measure of an energy type.
///
/// # Errors
/// Everything that is wrong with the lines.
pub fn read(
    lines: &[TariffLine],
    unit_of: impl Fn(&str) -> Option<String>,
) -> Result<Vec<Tariff>, Vec<LineProblem>> {
    let mut problems = Vec::new();
    let mut found: BTreeMap<(String, TariffCharge, Date), (usize, Tariff)> = BTreeMap::new();
    for (at, typed) in lines.iter().enumerate() {
        match read_line(typed, &unit_of) {
            Err(wrong) => problems.extend(wrong.into_iter().map(|(field, zh, en)| LineProblem {
                line: at,
                field,
                zh,
                en,
            })),
            Ok((from, line)) => {
                let key = (typed.energy_type.clone(), typed.charge, from);
                let (_, tariff) = found.entry(key).or_insert_with(|| {
                    let empty = Tariff {
                        energy_type: typed.energy_type.clone(),
                        charge: typed.charge,
                        from,
                        lines: Vec::new(),
                        typed: Vec::new(),
                    };
                    (at, empty)
                });
                tariff.lines.push(line);
                tariff.typed.push(typed.clone());
            }
        }
    }
    if problems.is_empty() {
        problems.extend(found.values().filter_map(|(first, it)| uncovered(*first, it)));
    }
    match problems.is_empty() {
        true => Ok(found.into_values().map(|it| it.1).collect()),
        false => Err(problems),
    }
}

type Wrong = (&'static str, String, String);

fn wrong(field: &'static str, zh: &str, en: &str) -> Wrong {
    (field, zh.to_owned(), en.to_owned())
}

fn read_line(
    it: &TariffLine,
    unit_of: impl Fn(&str) -> Option<String>,
) -> Result<(Date, Line), Vec<Wrong>> {
    let mut problems = Vec::new();
    let from = it.from.parse::<Date>().ok().filter(|it| (2000..=2100).contains(&it.year()));
    if from.is_none() {
        problems.push(wrong(
            "from",
            "应为 YYYY-MM-DD，2000–2100 年",
            "must be YYYY-MM-DD, 2000 to 2100",
        ));
    }
    let months = months(&it.months);
    if months.is_none() {
        problems.push(wrong(
            "months",
            "应为 1 至 12 的月份，如 1月-12月 或 7月,8月（表格软件会把 7-8 变成日期）",
            "must be months from 1 to 12, such as 1月-12月 (a spreadsheet turns 7-8 into a date)",
        ));
    }
    // Charges of a month know no hours.
    let hours = match it.charge {
        TariffCharge::Quantity => hours(&it.hours),
        TariffCharge::Demand | TariffCharge::Capacity => Some([true; HOURS]),
    };
    if hours.is_none() {
        problems.push(wrong(
            "hours",
            "应为整点起止，如 8:00-11:00,18:00-21:00；24 为全天结束",
            "must be whole hours, such as 8:00-11:00,18:00-21:00; 24 ends the day",
        ));
    }
    if !(0.0..=MOST_PRICE).contains(&it.price) {
        problems.push(wrong("price", "应为 0 至 1 千万元", "must be 0 to 10,000,000 yuan"));
    }
    let times = times(it, unit_of).map_err(|it| problems.push(it)).unwrap_or_default();
    match (from, months, hours) {
        (Some(from), Some(months), Some(hours)) if problems.is_empty() => {
            Ok((from, Line { period: it.period, price: it.price * times, months, hours }))
        }
        _ => Err(problems),
    }
}

/// What turns the price of a line into yuan for a dictionary unit, or into the yuan of a month.
fn times(it: &TariffLine, unit_of: impl Fn(&str) -> Option<String>) -> Result<f64, Wrong> {
    let Some(unit) = unit_of(&it.energy_type) else {
        return Err(wrong("energy_type", "没有这个能源品种", "there is no such energy type"));
    };
    let by_month = match it.charge {
        TariffCharge::Quantity => {
            if it.amount.is_some() {
                let (zh, en) = ("按用量计价的行不填", "stays empty for a price of quantity");
                return Err(wrong("amount", zh, en));
            }
            return match quantity::factor(Some(&it.per), &unit) {
                Ok(factor) if factor > 0.0 => Ok(1.0 / factor),
                Ok(_) => Err(wrong("per", "不是计价单位", "is no unit for a price")),
                Err(why) => Err(("per", why.reason(Lang::Zh), why.reason(Lang::En))),
            };
        }
        TariffCharge::Demand => "kW",
        TariffCharge::Capacity => "kVA",
    };
    if it.energy_type != ELECTRICITY {
        let (zh, en) =
            ("只有电力（3300）有需量、容量电价", "only electricity (3300) has such charges");
        return Err(wrong("charge", zh, en));
    }
    if it.per != by_month {
        return Err((
            "per",
            format!("应为 {by_month}（按月）"),
            format!("must be {by_month}, by month"),
        ));
    }
    match it.amount {
        Some(amount) if amount > 0.0 && amount <= MOST_AMOUNT => Ok(amount),
        _ => Err((
            "amount",
            format!("应为计费的 {by_month}"),
            format!("must be the {by_month} that are charged"),
        )),
    }
}

/// The first month and hour that has no price, or two.
fn uncovered(first: usize, it: &Tariff) -> Option<LineProblem> {
    let by_hour = it.charge == TariffCharge::Quantity;
    let hours = if by_hour { HOURS } else { 1 };
    let places = (0..12).flat_map(|month| (0..hours).map(move |hour| (month, hour)));
    let prices = |month: usize, hour: usize| {
        let holds = |it: &&Line| it.months[month] && (!by_hour || it.hours[hour]);
        it.lines.iter().filter(holds).count()
    };
    let (month, hour, count) =
        places.map(|(month, hour)| (month, hour, prices(month, hour))).find(|it| it.2 != 1)?;
    let field = if by_hour { "hours" } else { "months" };
    let (from, month) = (it.from, month + 1);
    let (zh, en) = match count {
        0 => ("没有价格", "has no price"),
        _ => ("有不止一个价格", "has more than one price"),
    };
    Some(LineProblem {
        line: first,
        field,
        zh: format!("{from} 起的电价（价格）表里，{month} 月 {hour} 时{zh}；每月每时应恰有一个"),
        en: format!(
            "from {from}, hour {hour} of month {month} {en}; each hour of each month needs exactly one"
        ),
    })
}
