//! Dictionaries as another platform gives them: the texts of its base data, and what they would change.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Dictionaries, DictionaryName};

/// The district list belongs to each platform; every other dictionary is taken from above.
const OWN: [DictionaryName; 1] = [DictionaryName::Regions];

/// What a dictionary would lose and gain, as lines of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The dictionary.
    pub name: DictionaryName,
    /// Pairs of a line before and after; one of them is missing where a row goes or is new.
    pub rows: Vec<(Option<String>, Option<String>)>,
}

/// The texts of the dictionaries in the base data of another platform, in the form of this platform's files. Names that are not
/// known here and dictionaries that each platform has for itself are left out.
pub fn texts(base_data: &Value) -> BTreeMap<DictionaryName, String> {
    let Some(given) = base_data.get("baseData").and_then(Value::as_object) else {
        return BTreeMap::new();
    };
    let read = |(name, rows): (&String, &Value)| {
        let name = DictionaryName::parse(name).filter(|it| !OWN.contains(it))?;
        let lines = lines(name, rows)?;
        Some((
            name,
            std::iter::once(header(name)).chain(lines).collect::<Vec<_>>().join("\n") + "\n",
        ))
    };
    given.iter().filter_map(read).collect()
}

impl Dictionaries {
    /// These dictionaries with the texts of another platform in the place of their own.
    ///
    /// # Errors
    /// The first dictionary that cannot be used, and why in Chinese and English.
    pub fn with_texts(
        &self,
        texts: &BTreeMap<DictionaryName, String>,
    ) -> Result<Self, (DictionaryName, String, String)> {
        let own = DictionaryName::ALL.into_iter().filter(|it| self.is_replaced(*it));
        let mut all: BTreeMap<DictionaryName, &str> =
            own.map(|it| (it, self.content(it))).collect();
        all.extend(texts.iter().map(|(name, text)| (*name, text.as_str())));
        Self::with_all(all).map_err(|(name, problems)| {
            let first = problems.first();
            let text = |of: fn(&super::RowProblem) -> String| first.map(of).unwrap_or_default();
            let zh = text(|it| format!("第 {} 行 {}：{}", it.line, it.field, it.reason_zh));
            let en = text(|it| format!("line {}, {}: {}", it.line, it.field, it.reason_en));
            (name, zh, en)
        })
    }

    /// The dictionaries in which another edition differs, and how.
    pub fn differences(&self, other: &Self) -> Vec<Difference> {
        let of = |name: DictionaryName| {
            let (before, after) = (self.lines_of(name), other.lines_of(name));
            let mut gone: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
            for line in before.iter().filter(|it| !after.contains(*it)) {
                gone.entry(key(line)).or_default().push(line);
            }
            let mut rows = Vec::new();
            for line in after.iter().filter(|it| !before.contains(*it)) {
                let earlier =
                    gone.get_mut(key(line)).and_then(|it| (!it.is_empty()).then(|| it.remove(0)));
                rows.push((earlier.cloned(), Some(line.clone())));
            }
            rows.extend(gone.into_values().flatten().map(|it| (Some(it.clone()), None)));
            (!rows.is_empty()).then_some(Difference { name, rows })
        };
        DictionaryName::ALL.into_iter().filter_map(of).collect()
    }

    fn lines_of(&self, name: DictionaryName) -> std::collections::BTreeSet<String> {
        let data = self.base_data(Some(name.as_str())).unwrap_or_default();
        lines(name, &data["baseData"][name.as_str()]).unwrap_or_default().into_iter().collect()
    }
}

/// The first field of a line.
fn key(line: &str) -> &str {
    line.split_once(',').map_or(line, |it| it.0)
}

fn header(name: DictionaryName) -> String {
    name.built_in().lines().next().unwrap_or_default().trim_start_matches('\u{feff}').to_owned()
}

/// Rows of the base data as lines of the file; `None` where they are no rows.
fn lines(name: DictionaryName, rows: &Value) -> Option<Vec<String>> {
    let header = header(name);
    let columns: Vec<&str> = header.split(',').map(str::trim).collect();
    let line = |row: &Value| {
        let row = row.as_object()?;
        let cell = |it: &&str| quoted(&plain(row.get(*it).unwrap_or(&Value::Null)));
        Some(columns.iter().map(cell).collect::<Vec<_>>().join(","))
    };
    rows.as_array()?.iter().map(line).collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(it) => it.clone(),
        it => it.to_string(),
    }
}

fn quoted(cell: &str) -> String {
    match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_data_becomes_the_same_dictionaries_again() {
        let built_in = Dictionaries::built_in();
        let texts = texts(&built_in.base_data(None).expect("all"));
        assert_eq!(texts.len(), DictionaryName::ALL.len() - OWN.len());
        let again = built_in.with_texts(&texts).expect("usable");
        assert_eq!(built_in.differences(&again), []);
        assert_eq!(
            built_in.base_data(None).expect("all")["baseData"],
            again.base_data(None).expect("all")["baseData"]
        );
    }

    #[test]
    fn a_changed_row_is_named_with_what_it_was() {
        let built_in = Dictionaries::built_in();
        let name = DictionaryName::UsageRoles;
        let text = built_in.content(name).to_owned();
        let last = text.lines().last().expect("a row");
        let without = text.replace(&format!("{last}\n"), "");
        let other = built_in.with(name, &without).expect("usable");
        let found = built_in.differences(&other);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].name, found[0].rows.len()), (name, 1));
        assert!(found[0].rows[0].0.is_some() && found[0].rows[0].1.is_none());
    }
}
