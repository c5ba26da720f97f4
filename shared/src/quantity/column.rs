//! Recognises the data item of a column by its heading, by whole names (`shared/data/column_names.csv`) and never by
//! parts of a name. Totals, money, power, reactive energy, voltage and own generation are left for a person to map.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::heading::{Heading, plain_name};
use super::table::Unit;
use super::{Unconvertible, factor};
use crate::codes::data_code::DataCode;

/// The data item that a heading names.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnItem {
    /// Its data code, hyphened.
    pub data_code: String,
    /// The unit as the heading, the row below it or a title writes it.
    pub unit: Option<String>,
    /// The factor into the dictionary's unit, or the reason why a person has to state it.
    pub factor: Result<f64, Unconvertible>,
}

static NAMES: LazyLock<HashMap<String, (&'static str, &'static str)>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for line in include_str!("../../data/column_names.csv").lines().skip(1) {
        let mut cells = line.splitn(3, ',');
        if let (Some(item), Some(unit), Some(list)) = (cells.next(), cells.next(), cells.next()) {
            names.extend(list.split('|').map(|it| (plain_name(it), (item, unit))));
        }
    }
    names
});

/// The dictionary's unit of an energy item, by its type's digits.
pub fn dictionary_unit(code: &DataCode) -> Option<&'static str> {
    let class = code.class_digits();
    let item = format!("{class}{}", code.energy_type());
    let mut all = NAMES.values();
    let found = all.find(|it| matches!(class, "01" | "02") && it.0 == item);
    found.map(|it| it.1)
}

const WORDS_BEFORE: [&str; 24] = [
    "本日",
    "当日",
    "每日",
    "日均",
    "本月",
    "当月",
    "每月",
    "本期",
    "本年",
    "全厂",
    "全公司",
    "企业",
    "实际",
    "外购",
    "购入",
    "消耗",
    "消费",
    "耗",
    "用",
    "日",
    "月",
    "年",
    "purchased",
    "consumed",
];
const WORDS_BEHIND: [&str; 23] = [
    "消费总量",
    "消费量",
    "消耗量",
    "使用量",
    "购入量",
    "外购量",
    "实物量",
    "消费",
    "消耗",
    "使用",
    "用量",
    "耗量",
    "量",
    "用",
    "consumption",
    "quantity",
    "amount",
    "purchased",
    "consumed",
    "usage",
    "used",
    "input",
    "use",
];

/// Recognises the item of a heading; `below` is the unit in the row under it, `title` that of the whole table.
pub fn of_column(heading: &str, below: Option<&str>, title: Option<&str>) -> Option<ColumnItem> {
    let coded = heading
        .split(|it: char| !(it.is_ascii_digit() || it == '-'))
        .find_map(|it| DataCode::parse_lenient(it).ok());
    let heading = Heading::of(heading);
    let unit = heading.unit.or_else(|| below.map(str::to_owned));
    if let Some(code) = coded {
        // A column named by its code is in the dictionary's unit unless it says otherwise.
        let factor = match unit.as_deref() {
            None => Ok(1.0),
            Some(_) => factor(unit.as_deref(), dictionary_unit(&code).unwrap_or_default()),
        };
        return Some(ColumnItem { data_code: code.to_string(), unit, factor });
    }
    let (item, to) = named(&heading.name, unit.as_deref())?;
    // A unit in the title counts for the columns that it fits.
    let unit =
        unit.or_else(|| in_title(title?, |it| factor(Some(it), to).is_ok()).map(str::to_owned));
    Some(ColumnItem {
        data_code: format!("00-00-0000-{item}-11"),
        factor: factor(unit.as_deref(), to),
        unit,
    })
}

/// The unit of a title that fits. Where several fit, all of them are returned, and a person has to choose.
pub fn in_title(title: &str, fits: impl Fn(&str) -> bool) -> Option<&str> {
    let mut fitting =
        title.split(['、', '，', ',', ';', '；']).map(str::trim).filter(|it| fits(it));
    let first = fitting.next()?;
    Some(if fitting.next().is_some() { title } else { first })
}

fn named(name: &str, unit: Option<&str>) -> Option<(&'static str, &'static str)> {
    let mut plain = plain_name(name);
    // A bare amount of kilowatt-hours is electricity.
    if matches!(plain.as_str(), "" | "usage" | "consumption" | "用量" | "消耗量" | "消费量")
    {
        let unit = Unit::parse(unit?).ok()?;
        return unit.is_watt_hours().then(|| NAMES.get("电力").copied())?;
    }
    if let Some(found) = NAMES.get(&plain) {
        return Some(*found);
    }
    for _ in 0..3 {
        let shorter = WORDS_BEHIND
            .iter()
            .find_map(|it| plain.strip_suffix(it))
            .or_else(|| WORDS_BEFORE.iter().find_map(|it| plain.strip_prefix(it)))
            .filter(|it| !it.is_empty())?
            .to_owned();
        plain = shorter;
        if let Some(found) = NAMES.get(&plain) {
            return Some(*found);
        }
    }
    None
}
