//! What a file's header says by itself: its kind, its time column, data codes and units by their Chinese and English names.
//! A guess is shown and can be changed; nothing is stored by it.

use nengce_shared::api::imports::{ImportMapping, MappedField, MappedItem};
use nengce_shared::data_code::DataCode;

use super::fields::{Field, KINDS, fields};

/// A header's words, the class and type digits of the item, and its dimension. The first that fits wins.
const ITEMS: [(&str, &str, &str, Dimension); 19] = [
    ("焦炉煤气", "coke oven gas", "021100", Dimension::Volume),
    ("高炉煤气", "blast furnace gas", "021200", Dimension::Volume),
    ("转炉煤气", "converter gas", "021300", Dimension::Volume),
    ("液化天然气", "lng", "021600", Dimension::Mass),
    ("液化石油气", "lpg", "022300", Dimension::Mass),
    ("天然气", "natural gas", "011500", Dimension::Volume),
    ("无烟煤", "anthracite", "010200", Dimension::Mass),
    ("石油焦", "petroleum coke", "022900", Dimension::Mass),
    ("焦炭", "coke", "020900", Dimension::Mass),
    ("煤油", "kerosene", "022000", Dimension::Mass),
    ("煤", "coal", "010100", Dimension::Mass),
    ("汽油", "gasoline", "021900", Dimension::Mass),
    ("柴油", "diesel", "022100", Dimension::Mass),
    ("燃料油", "fuel oil", "022200", Dimension::Mass),
    ("原油", "crude oil", "011800", Dimension::Mass),
    ("热", "heat", "023200", Dimension::Heat),
    ("蒸汽", "steam", "023200", Dimension::Heat),
    ("电", "electric", "023300", Dimension::Power),
    ("kwh", "kwh", "023300", Dimension::Power),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Dimension {
    Mass,
    Volume,
    Heat,
    Power,
}

/// Units as headers write them, longest first, and what turns them into the dictionary's unit (t, 10⁴ m³, GJ, 10⁴ kWh).
const UNITS: [(Dimension, &str, f64); 26] = [
    (Dimension::Power, "万千瓦时", 1.0),
    (Dimension::Power, "万kwh", 1.0),
    (Dimension::Power, "10^4kwh", 1.0),
    (Dimension::Power, "万度", 1.0),
    (Dimension::Power, "兆瓦时", 0.1),
    (Dimension::Power, "mwh", 0.1),
    (Dimension::Power, "千瓦时", 1e-4),
    (Dimension::Power, "kwh", 1e-4),
    (Dimension::Power, "度", 1e-4),
    (Dimension::Volume, "万立方米", 1.0),
    (Dimension::Volume, "万m3", 1.0),
    (Dimension::Volume, "10^4m3", 1.0),
    (Dimension::Volume, "立方米", 1e-4),
    (Dimension::Volume, "nm3", 1e-4),
    (Dimension::Volume, "m3", 1e-4),
    (Dimension::Mass, "万吨", 1e4),
    (Dimension::Mass, "千克", 1e-3),
    (Dimension::Mass, "公斤", 1e-3),
    (Dimension::Mass, "kg", 1e-3),
    (Dimension::Mass, "吨", 1.0),
    (Dimension::Heat, "吉焦", 1.0),
    (Dimension::Heat, "兆焦", 1e-3),
    (Dimension::Heat, "gj", 1.0),
    (Dimension::Heat, "mj", 1e-3),
    (Dimension::Heat, "百万千焦", 1.0),
    (Dimension::Mass, "t", 1.0),
];

const TIMES: [&str; 7] = ["时间", "日期", "时刻", "date", "time", "月份", "month"];

/// The kind whose fields the header names best; readings when none has its required ones.
pub fn kind(columns: &[String]) -> &'static str {
    KINDS
        .iter()
        .map(|(kind, _, _)| *kind)
        .skip(1)
        .find(|kind| {
            let exact = |(name, zh, _, _): &Field| {
                columns
                    .iter()
                    .any(|it| plain(it) == plain(name) || it.trim() == *zh)
            };
            let list = fields(kind);
            list.iter().filter(|it| exact(it)).count() >= list.len().min(3)
        })
        .unwrap_or("readings")
}

/// A mapping of the kind as far as the header tells it; `sample` is the first row.
pub fn mapping(kind: &str, columns: &[String], sample: &[String]) -> ImportMapping {
    let mut mapping = ImportMapping::of_kind(kind);
    if kind == "readings" {
        let time = columns.iter().position(|it| has(it, &TIMES));
        mapping.time_column = time.map(|at| columns[at].clone());
        mapping.items = columns
            .iter()
            .filter(|it| Some(*it) != mapping.time_column.as_ref())
            .filter_map(|it| item(it))
            .collect();
        // A code may stand for one column only.
        let mut seen: Vec<String> = Vec::new();
        mapping.items.retain(|it| {
            let new = !seen.contains(&it.data_code);
            seen.push(it.data_code.clone());
            new
        });
        let stamp = time
            .and_then(|at| sample.get(at))
            .map_or("", |it| it.trim());
        mapping.dates = order(stamp).map(str::to_owned);
        mapping.stat_type = match stamp {
            "" => None,
            it if it.contains(':') => Some(0),
            it if it.len() <= 7 => Some(2),
            _ => Some(1),
        };
        return mapping;
    }
    for field in fields(kind) {
        let free = |it: &&String| !mapping.fields.iter().any(|taken| taken.column == **it);
        let exact = columns
            .iter()
            .filter(free)
            .find(|it| plain(it) == plain(field.0) || it.trim() == field.1);
        let near = || {
            columns
                .iter()
                .filter(free)
                .find(|it| has(it, &[field.1]) || has(it, field.3))
        };
        if let Some(column) = exact.or_else(near) {
            mapping.fields.push(MappedField {
                field: field.0.to_owned(),
                column: column.clone(),
            });
        }
    }
    mapping
}

/// The whole-plant consumption that a header speaks of.
fn item(column: &str) -> Option<MappedItem> {
    let found = |data_code: String, multiplier| {
        Some(MappedItem {
            column: column.to_owned(),
            data_code,
            multiplier,
        })
    };
    let coded = column
        .split(|it: char| !(it.is_ascii_digit() || it == '-'))
        .find_map(|it| DataCode::parse_lenient(it).ok());
    if let Some(code) = coded {
        return found(code.to_string(), 1.0);
    }
    let text = plain(column);
    let (_, _, digits, dimension) = ITEMS
        .iter()
        .find(|(zh, en, _, _)| text.contains(zh) || text.contains(&plain(en)))?;
    let unit = unit_part(column);
    let multiplier = UNITS
        .iter()
        .find(|(of, word, _)| of == dimension && unit.contains(word))
        .map_or(1.0, |it| it.2);
    found(format!("00-00-0000-{digits}-11"), multiplier)
}

/// What stands in brackets or after the last separator, where headers keep units.
fn unit_part(column: &str) -> String {
    let plain = column
        .to_lowercase()
        .replace('³', "3")
        .replace('⁴', "^4")
        .replace(['（', '[', '【'], "(");
    let from = plain
        .rfind('(')
        .or_else(|| plain.rfind(['_', '/', ' ', '，', ',']));
    let part = from.map_or("", |at| {
        plain[at..].trim_start_matches(|it: char| !it.is_alphanumeric())
    });
    part.chars().filter(|it| !it.is_whitespace()).collect()
}

fn plain(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .filter(|it| !matches!(it, '_' | ' ' | '-'))
        .collect()
}

fn has(column: &str, words: &[&str]) -> bool {
    let text = column.to_lowercase();
    words.iter().any(|it| text.contains(it))
}

/// The order of day, month and year where the sample settles it.
fn order(stamp: &str) -> Option<&'static str> {
    let mut parts = stamp
        .split(|it: char| !it.is_ascii_digit())
        .filter(|it| !it.is_empty());
    let (first, second) = (parts.next()?, parts.next()?);
    match (
        first.len(),
        first.parse::<u32>().ok()?,
        second.parse::<u32>().ok()?,
    ) {
        (4, _, _) => Some("ymd"),
        (_, day, _) if day > 12 => Some("dmy"),
        (_, _, day) if day > 12 => Some("mdy"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|it| (*it).to_owned()).collect()
    }

    fn items(names: &[&str]) -> Vec<(String, f64)> {
        let found = mapping("readings", &columns(names), &[]);
        found
            .items
            .into_iter()
            .map(|it| (it.data_code, it.multiplier))
            .collect()
    }

    #[test]
    fn names_and_units_of_both_languages_are_known() {
        let code = |digits: &str, factor: f64| (format!("00-00-0000-{digits}-11"), factor);
        assert_eq!(items(&["时间", "用电量(kWh)"]), [code("023300", 1e-4)]);
        assert_eq!(items(&["Date", "Electricity (MWh)"]), [code("023300", 0.1)]);
        assert_eq!(
            items(&["日期", "天然气（万m³）", "原煤/kg"]),
            [code("011500", 1.0), code("010100", 1e-3)]
        );
        assert_eq!(
            items(&["date", "Coke oven gas [m3]", "coke t"]),
            [code("021100", 1e-4), code("020900", 1.0)]
        );
        assert_eq!(items(&["date", "Usage_kWh"]), [code("023300", 1e-4)]);
        assert_eq!(
            items(&["日期", "00-00-0000-023200-11"]),
            [code("023200", 1.0)]
        );
        assert_eq!(items(&["日期", "备注"]), []);
    }

    #[test]
    fn the_sample_tells_rhythm_and_order() {
        let of = |stamp: &str| {
            let found = mapping(
                "readings",
                &columns(&["日期", "电"]),
                &columns(&[stamp, "1"]),
            );
            (found.dates, found.stat_type)
        };
        assert_eq!(of("2025-01-02 00:15"), (Some("ymd".to_owned()), Some(0)));
        assert_eq!(of("31/01/2025"), (Some("dmy".to_owned()), Some(1)));
        assert_eq!(of("01/31/2025 10:00"), (Some("mdy".to_owned()), Some(0)));
        assert_eq!(of("2025-03"), (Some("ymd".to_owned()), Some(2)));
        assert_eq!(of("01/02/2025"), (None, Some(1)));
    }

    #[test]
    fn a_header_of_fields_names_its_kind() {
        assert_eq!(
            kind(&columns(&["region_code", "month", "value_added"])),
            "economy"
        );
        assert_eq!(
            kind(&columns(&["统一社会信用代码", "单位名称", "行政区划代码"])),
            "units"
        );
        assert_eq!(
            kind(&columns(&[
                "enterpriseCode",
                "dataCode",
                "statType",
                "statDate",
                "dataValue"
            ])),
            "records"
        );
        assert_eq!(
            kind(&columns(&["时间", "电量(kWh)", "天然气(m3)"])),
            "readings"
        );
        let found = mapping(
            "units",
            &columns(&["信用代码", "企业名称", "区划", "行业"]),
            &[],
        );
        let named: Vec<_> = found
            .fields
            .iter()
            .map(|it| (it.field.as_str(), it.column.as_str()))
            .collect();
        assert_eq!(
            named,
            [
                ("enterprise_code", "信用代码"),
                ("name", "企业名称"),
                ("region_code", "区划"),
                ("industry_code", "行业")
            ]
        );
    }
}
