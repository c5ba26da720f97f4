//! Dictionaries as another platform gives them: the texts of its base data, and what they would change.

use std::collections::{BTreeMap, BTreeSet};

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

/// The texts of the dictionaries that another platform gave as files. Names that are not known here and dictionaries that each
/// platform has for itself are left out.
pub fn texts(base_data: &Value) -> BTreeMap<DictionaryName, String> {
    let read = |(name, text): (&String, &Value)| {
        let name = DictionaryName::parse(name).filter(|it| !OWN.contains(it))?;
        Some((name, text.as_str()?.to_owned()))
    };
    let given = base_data.get("baseData").and_then(Value::as_object);
    given.into_iter().flatten().filter_map(read).collect()
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
        let others = texts.iter().filter(|(name, text)| self.content(**name) != text.as_str());
        all.extend(others.map(|(name, text)| (*name, text.as_str())));
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

    fn lines_of(&self, name: DictionaryName) -> BTreeSet<String> {
        let rows = self.content(name).lines().skip(1).map(str::trim);
        rows.filter(|it| !it.is_empty()).map(str::to_owned).collect()
    }
}

/// The first field of a line.
fn key(line: &str) -> &str {
    line.split_once(',').map_or(line, |it| it.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_data_becomes_the_same_dictionaries_again() {
        let built_in = Dictionaries::built_in();
        let texts = texts(&built_in.base_data_files(None).expect("all"));
        assert_eq!(texts.len(), DictionaryName::ALL.len() - OWN.len());
        let again = built_in.with_texts(&texts).expect("usable");
        assert_eq!(built_in.differences(&again), []);
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
