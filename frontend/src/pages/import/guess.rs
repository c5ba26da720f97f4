//! Guesses from the header of a file: its kind, its time column, data codes and units, by the parser that the server
//! uses. A guess is shown and can be changed; nothing is stored by it.

use nengce_shared::api::imports::{ImportMapping, ImportPreview, MappedField, MappedItem};
use nengce_shared::cell::{self, Order, Precision};
use nengce_shared::quantity::{self, Heading, Unit, plain_name};
use nengce_shared::stat_type::StatType;

use super::fields::{Field, KINDS, fields};

/// Names of a column of times, whole.
const TIMES: [&str; 20] = [
    "时间",
    "日期",
    "时刻",
    "日期时间",
    "数据时间",
    "数据日期",
    "统计时间",
    "统计日期",
    "采集时间",
    "抄表时间",
    "月份",
    "年月",
    "统计月份",
    "年份",
    "date",
    "time",
    "datetime",
    "timestamp",
    "month",
    "year",
];
/// Names of a column of units of measure, and of one of credit codes.
const MEASURES: [&str; 5] = ["单位", "计量单位", "unit", "units", "dataunit"];
const UNITS: [&str; 5] =
    ["统一社会信用代码", "信用代码", "社会信用代码", "enterprisecode", "creditcode"];

/// The kind whose fields the header names best; readings when none has its required ones.
pub fn kind(columns: &[String]) -> &'static str {
    KINDS
        .iter()
        .map(|(kind, _, _)| *kind)
        .skip(1)
        .find(|kind| {
            let exact = |(name, zh, _, _): &Field| {
                columns.iter().any(|it| plain_name(it) == plain_name(name) || plain_name(it) == *zh)
            };
            let list = fields(kind);
            list.iter().filter(|it| exact(it)).count() >= list.len().min(3)
        })
        .unwrap_or("readings")
}

/// A mapping of the kind as far as the header and the first rows tell it.
pub fn mapping(kind: &str, file: &ImportPreview) -> ImportMapping {
    let mut mapping = ImportMapping::of_kind(kind);
    if kind == "readings" {
        readings(&mut mapping, file);
    } else {
        named(&mut mapping, kind, &file.columns);
    }
    mapping
}

fn cells(file: &ImportPreview, at: usize) -> impl Iterator<Item = &str> {
    let cells = file.rows.iter().filter_map(move |it| it.cells.get(at));
    cells.map(String::as_str).filter(|it| !it.is_empty())
}

fn readings(mapping: &mut ImportMapping, file: &ImportPreview) {
    let columns = &file.columns;
    let named = |names: &[&str]| {
        let fits = |it: &String| names.contains(&plain_name(&Heading::of(it).name).as_str());
        columns.iter().position(fits)
    };
    let dated = || (0..columns.len()).find(|at| cells(file, *at).next().is_some_and(is_date));
    let time = named(&TIMES).or_else(dated);
    let measure = named(&MEASURES)
        .filter(|at| cells(file, *at).next().is_some_and(|it| Unit::parse(it).is_ok()));
    let column = |at: Option<usize>| at.map(|at| columns[at].clone());
    mapping.time_column = column(time);
    mapping.unit_column = column(named(&UNITS));
    for (at, name) in columns.iter().enumerate() {
        if Some(at) == time || Some(at) == measure || Some(name) == mapping.unit_column.as_ref() {
            continue;
        }
        let below = file.units.get(at).and_then(Option::as_deref);
        let Some(found) = quantity::of_column(name, below, file.title_unit.as_deref()) else {
            continue;
        };
        // A second column of an item is a person's to add.
        if mapping.items.iter().any(|it| it.data_code == found.data_code) {
            continue;
        }
        let multiplier = found.factor.ok();
        let per_row = multiplier.is_none() && found.unit.is_none();
        mapping.items.push(MappedItem {
            column: name.clone(),
            data_code: found.data_code,
            multiplier,
            unit: found.unit,
            unit_column: column(measure.filter(|_| per_row)),
        });
    }
    let Some(time) = time else { return };
    mapping.dates = cell::guess_order(cells(file, time)).map(|it| {
        let word = match it {
            Order::Ymd => "ymd",
            Order::Dmy => "dmy",
            Order::Mdy => "mdy",
        };
        word.to_owned()
    });
    let order = mapping.dates.as_deref().map(|it| match it {
        "dmy" => Order::Dmy,
        "mdy" => Order::Mdy,
        _ => Order::Ymd,
    });
    let stamp = cells(file, time).next();
    let moment = stamp.and_then(|it| cell::moment(it, order.or(Some(Order::Dmy))).ok());
    mapping.stat_type = moment.map(|it| match it.precision {
        Precision::Time => StatType::RealTime,
        Precision::Day => StatType::Day,
        Precision::Month => StatType::Month,
        Precision::Year => StatType::Year,
    });
    // A workbook shows days as midnights.
    let midnight = |it: &str| it.ends_with(" 00:00:00");
    if mapping.stat_type == Some(StatType::RealTime)
        && cells(file, time).count() > 1
        && cells(file, time).all(midnight)
    {
        mapping.stat_type = Some(StatType::Day);
    }
}

fn is_date(text: &str) -> bool {
    text.len() > 4 && cell::looks_like_date(text)
}

fn named(mapping: &mut ImportMapping, kind: &str, columns: &[String]) {
    for field in fields(kind) {
        let free = |it: &&String| !mapping.fields.iter().any(|taken| taken.column == **it);
        let exact = columns
            .iter()
            .filter(free)
            .find(|it| plain_name(it) == plain_name(field.0) || plain_name(it) == field.1);
        let near = || {
            let whole = |it: &&String| {
                let name = plain_name(&Heading::of(it).name);
                name == field.1 || field.3.contains(&name.as_str())
            };
            columns.iter().filter(free).find(whole)
        };
        let part = || {
            // A rate or a share of the field is not the field.
            let share = |it: &String| Heading::of(it).unit.is_some_and(|it| it.contains('%'));
            columns
                .iter()
                .filter(free)
                .filter(|it| !share(it))
                .find(|it| has(it, &[field.1]) || has(it, field.3))
        };
        if let Some(column) = exact.or_else(near).or_else(part) {
            mapping.fields.push(MappedField { field: field.0.to_owned(), column: column.clone() });
        }
    }
}

fn has(column: &str, words: &[&str]) -> bool {
    let text = column.to_lowercase();
    words.iter().any(|it| text.contains(it))
}

#[cfg(test)]
#[path = "guess_tests.rs"]
mod tests;
