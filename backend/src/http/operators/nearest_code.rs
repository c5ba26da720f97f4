//! The data code that a refused one was probably meant to be: of the codes that the unit has, else of the dictionary's.

use std::collections::{BTreeMap, HashMap};

use nengce_core::reference::Dictionaries;
use nengce_shared::api::upload::RejectedRow;
use nengce_shared::data_code::DataCode;
use nengce_shared::lang::Lang;

/// Digits that may differ, be lost or be too many.
const MOST_EDITS: usize = 3;
/// Digits that name an energy type.
const ENERGY_TYPE: usize = 4;

/// The codes that a refused one may have been meant to be, those of the unit first, and what was found of them so far:
/// the entries of an upload mostly repeat one mistake.
pub(super) struct NearestCodes<'a> {
    dictionaries: &'a Dictionaries,
    codes: Vec<DataCode>,
    found: HashMap<String, Option<DataCode>>,
}

impl<'a> NearestCodes<'a> {
    pub(super) fn new(own: &[String], dictionaries: &'a Dictionaries) -> Self {
        let of_dictionary = dictionaries
            .energy_types
            .iter()
            .map(|it| format!("00-00-0000-{:02}{}-11", it.data_class, it.code));
        let all = own.iter().cloned().chain(of_dictionary);
        let codes = all.filter_map(|it| DataCode::parse_lenient(&it).ok()).collect();
        Self { dictionaries, codes, found: HashMap::new() }
    }

    /// Adds the nearest code to the reasons of an entry whose data code cannot be read.
    pub(super) fn add_to(&mut self, row: &mut RejectedRow) {
        if !row.code.starts_with("entry_data_code") {
            return;
        }
        let found = attribute(&row.entry, "dataCode").and_then(|it| self.nearest(it));
        let Some(code) = found else { return };
        let name = self.dictionaries.item_name(&code).unwrap_or_default();
        let named = |lang: Lang| lang.pick(name.0, name.1);
        row.reason_zh.push_str(&format!("；是不是 {code}（{}）？", named(Lang::Zh)));
        row.reason_en.push_str(&format!("; did you mean {code} ({})?", named(Lang::En)));
    }

    /// The first of the codes with the fewest other digits; none where no code is near.
    fn nearest(&mut self, wrong: String) -> Option<DataCode> {
        let codes = &self.codes;
        *self.found.entry(wrong).or_insert_with_key(|wrong| {
            let digits: String = wrong.chars().filter(char::is_ascii_digit).collect();
            if digits.len() < ENERGY_TYPE {
                return None;
            }
            let edits = |code: &DataCode| match code.energy_type() == digits {
                true => 0,
                false => strsim::levenshtein(&digits, code.digits()),
            };
            let near = codes.iter().map(|code| (edits(code), *code));
            near.filter(|it| it.0 <= MOST_EDITS).min_by_key(|it| it.0).map(|it| it.1)
        })
    }
}

/// The text of an attribute of an entry that is a JSON object.
pub(super) fn attribute(entry: &str, name: &str) -> Option<String> {
    let entry: BTreeMap<String, serde_json::Value> = serde_json::from_str(entry).ok()?;
    let object = entry.into_iter().collect();
    nengce_messages::fields::text_of(&object, &[name])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_s_own_codes_come_before_those_of_the_dictionary() {
        let dictionaries = Dictionaries::built_in();
        let own = ["02-00-0000-023300-11".to_owned(), "00-00-0000-011500-11".to_owned()];
        let mut codes = NearestCodes::new(&own, &dictionaries);
        let mut found = |wrong: &str| codes.nearest(wrong.to_owned()).map(|it| it.to_string());
        let is = |code: &str| Some(code.to_owned());
        assert_eq!(found("00-00-0000023300-11"), is("00-00-0000-023300-11"), "a hyphen is lost");
        assert_eq!(found("3300"), is("02-00-0000-023300-11"), "an energy type alone");
        assert_eq!(found("02-00-0000-02330-11"), is("02-00-0000-023300-11"), "a digit is lost");
        assert_eq!(found("00-00-0000-0115O0-11"), is("00-00-0000-011500-11"), "O for 0");
        assert_eq!(found("0100"), is("00-00-0000-010100-11"), "of the dictionary");
        assert_eq!((found("abc"), found("99")), (None, None));
    }
}
