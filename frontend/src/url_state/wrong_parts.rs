//! The parts of an address that name nothing: which they are, and the nearest value that does.

use nengce_shared::api::meta::Meta;
use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::unit_class::UnitClass;

use super::closest::closest;
use super::selection::BASE_YEAR;
use crate::day::Day;

/// A value of the address that names nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongPart {
    pub key: &'static str,
    pub value: String,
    /// What the whole parameter is once it is mended; `None` leaves it out.
    pub mended: Option<String>,
}

/// The wrong parts of an address, `value` giving the text of a key.
pub fn wrong_parts(value: impl Fn(&str) -> Option<String>, meta: &Meta) -> Vec<WrongPart> {
    let regions: Vec<&str> = meta.regions.iter().map(|it| it.code.as_str()).collect();
    let industries: Vec<&str> = meta.industries.iter().map(|it| it.code.as_str()).collect();
    let classes: Vec<&str> = UnitClass::ALL.iter().map(|it| it.as_str()).collect();
    let energies: Vec<&str> = EnergyGroup::ALL.iter().map(|it| it.as_str()).collect();
    let bases: Vec<&str> = Basis::ALL.iter().map(|it| it.as_str()).collect();
    let comparisons = ["year", "previous", "peers"];
    // A district, or an industry, may be written by its name.
    let region_code = |name: &str| {
        let named = meta.regions.iter().find(|it| it.zh == name || it.en == name);
        named.map(|it| it.code.as_str())
    };
    let is_industry = |code: &str| {
        industries.iter().any(|known| known.starts_with(code) || code.starts_with(known))
    };
    let mut found = Vec::new();
    for (key, known) in [
        ("region", &regions[..]),
        ("industry", &industries[..]),
        ("class", &classes[..]),
        ("energy", &energies[..]),
        ("basis", &bases[..]),
        ("compare", &comparisons[..]),
    ] {
        let takes = |word: &str| match key {
            "industry" => is_industry(word),
            "compare" => {
                known.contains(&word)
                    || word.strip_prefix("region:").is_some_and(|it| regions.contains(&it))
                    || word.strip_prefix(BASE_YEAR).is_some_and(|it| it.len() == 4 && is_date(it))
            }
            _ => known.contains(&word),
        };
        let Some(text) = value(key) else { continue };
        let words: Vec<&str> = text.split(',').collect();
        let wrong: Vec<&str> = words.iter().copied().filter(|word| !takes(word)).collect();
        if wrong.is_empty() {
            continue;
        }
        let mended = words.iter().copied().filter_map(|word| {
            let named = region_code(word).filter(|_| key == "region");
            let nearest = || named.or_else(|| closest(word, known.iter().copied()));
            if takes(word) { Some(word) } else { nearest() }
        });
        let mended: Vec<&str> = mended.collect();
        let mended = (!mended.is_empty()).then(|| mended.join(","));
        found.push(WrongPart { key, value: wrong.join(","), mended });
    }
    for key in ["from", "to"] {
        if let Some(text) = value(key).filter(|it| !is_date(it)) {
            found.push(WrongPart { key, mended: mended_date(&text), value: text });
        }
    }
    if found.is_empty()
        && let (Some(from), Some(to)) = (value("from"), value("to"))
        && from.as_str() > last_of(&to).as_str()
    {
        found.push(WrongPart { key: "to", value: to, mended: Some(from) });
    }
    found
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
fn is_date(text: &str) -> bool {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    whole.len() == 10 && Day::read(&whole).is_some()
}

/// The month or the year of a day or a month that does not exist.
fn mended_date(text: &str) -> Option<String> {
    [7, 4].iter().filter_map(|length| text.get(..*length)).find(|it| is_date(it)).map(str::to_owned)
}

/// Sorts behind every day of the month or year.
fn last_of(date: &str) -> String {
    format!("{date}~")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_mended_to_the_month_or_year_that_exists() {
        for (text, expected) in [
            ("2025-13", Some("2025")),
            ("2025-02-30", Some("2025-02")),
            ("2025-1-1", Some("2025")),
            ("spring", None),
        ] {
            assert!(!is_date(text), "{text}");
            assert_eq!(mended_date(text).as_deref(), expected, "{text}");
        }
        for text in ["2025", "2025-02", "2025-02-28"] {
            assert!(is_date(text), "{text}");
        }
    }
}
