//! Addresses of folders: `FILE#COLUMN[@TIME COLUMN][?COLUMN=TEXT]`, as `energy-*.csv#kWh@time?meter=M1`. The newest
//! file that fits is read, and in it the last row that has the text and a value.
use crate::address::AddressError;

/// Where a number stands in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    /// The name of the file; `*` stands for any letters.
    pub(super) pattern: String,
    pub(super) column: String,
    pub(super) time: Option<String>,
    pub(super) key: Option<(String, String)>,
}

impl Address {
    pub(crate) fn parse(text: &str) -> Result<Self, AddressError> {
        let wrong = |zh: &str, en: &str| AddressError::new(text, zh, en);
        let (pattern, rest) = text.trim().split_once('#').ok_or_else(|| {
            wrong("应写作 文件#列，如 energy-*.csv#kWh", "write FILE#COLUMN, as energy-*.csv#kWh")
        })?;
        let lower = pattern.to_ascii_lowercase();
        if pattern.contains(['/', '\\']) || !(lower.ends_with(".csv") || lower.ends_with(".xlsx")) {
            return Err(wrong(
                "文件应为该文件夹内的 .csv 或 .xlsx",
                "the file is a .csv or .xlsx of that folder",
            ));
        }
        let (rest, key) = match rest.split_once('?') {
            None => (rest, None),
            Some((rest, key)) => {
                let key = key.split_once('=').filter(|(column, _)| !column.is_empty());
                let key =
                    key.ok_or_else(|| wrong("? 后应为 列=文字", "after ? write COLUMN=TEXT"))?;
                (rest, Some((key.0.to_owned(), key.1.to_owned())))
            }
        };
        let (column, time) =
            rest.split_once('@').map_or((rest, None), |(it, time)| (it, Some(time)));
        if column.is_empty() || time == Some("") {
            return Err(wrong("缺少列名", "the name of a column is missing"));
        }
        Ok(Self {
            pattern: pattern.to_owned(),
            column: column.to_owned(),
            time: time.map(str::to_owned),
            key,
        })
    }
}

/// Whether a name fits a pattern in which `*` stands for any letters.
pub(super) fn fits(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let mut last = None;
    for part in parts {
        if let Some(middle) = last.replace(part) {
            let Some(at) = rest.find(middle) else { return false };
            rest = &rest[at + middle.len()..];
        }
    }
    match last {
        None => rest.is_empty(),
        Some(end) => rest.ends_with(end),
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, fits};

    #[test]
    fn addresses() {
        let it = Address::parse("e-*.csv#有功@时间?表=M 1").expect("an address");
        assert_eq!((it.column.as_str(), it.time.as_deref()), ("有功", Some("时间")));
        assert_eq!(it.key, Some(("表".to_owned(), "M 1".to_owned())));
        for text in ["", "a.csv", "../a.csv#b", "a.txt#b", "a.csv#", "a.csv#b@", "a.csv#b?c"] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn names_that_fit() {
        for (pattern, name, expected) in [
            ("a.csv", "a.csv", true),
            ("a.csv", "a.csv2", false),
            ("a*.csv", "a2026.csv", true),
            ("*b*.csv", "abc.csv", true),
            ("*b*.csv", "ac.csv", false),
            ("a*a.csv", "a.csv", false),
            ("*.csv", ".csv", true),
        ] {
            assert_eq!(fits(pattern, name), expected, "{pattern} {name}");
        }
    }
}
