//! Names of codes in both languages.

use nengce_core::reference::{Dictionaries, EnergyType};
use nengce_shared::api::common::Named;

/// The name of an energy type.
pub fn energy_name(known: &Dictionaries, code: &str) -> Named {
    let found = known.energy_type(code);
    let name =
        |of: fn(&EnergyType) -> &String| found.map_or_else(|| code.to_owned(), |it| of(it).clone());
    Named { code: code.to_owned(), zh: name(|it| &it.name_zh), en: name(|it| &it.name_en) }
}
