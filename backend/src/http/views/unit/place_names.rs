//! The names of a unit's places: what its configuration says of processes, process units and data items, else the dictionary.

use std::collections::HashMap;

use nengce_core::reference::Dictionaries;
use nengce_shared::lang::Lang;
use nengce_shared::place::Place;
use serde_json::Value;

/// Names by place and by data code.
pub(super) struct PlaceNames<'a> {
    of_places: HashMap<Place, String>,
    of_codes: HashMap<String, String>,
    dictionaries: &'a Dictionaries,
}

impl<'a> PlaceNames<'a> {
    /// Reads `process` and `processUnit` of a configuration upload; `of_codes` are the names of its data items.
    pub(super) fn read(
        of_codes: HashMap<String, String>,
        config: Option<&str>,
        dictionaries: &'a Dictionaries,
    ) -> Self {
        let config: Value = config.and_then(|it| serde_json::from_str(it).ok()).unwrap_or_default();
        let entries = |key: &str| config[key].as_array().cloned().unwrap_or_default();
        let text = |it: &Value, key: &str| it[key].as_str().map(|it| it.trim().to_owned());
        let mut of_places = HashMap::new();
        let mut add = |process: &str, unit: &str, name: Option<String>| {
            let place = Place::parse(&format!("{process}-{unit}-0000"));
            if let (Some(place), Some(name)) = (place, name.filter(|it| !it.is_empty())) {
                of_places.insert(place, name);
            }
        };
        for it in entries("process") {
            add(&text(&it, "processCode").unwrap_or_default(), "00", text(&it, "processName"));
        }
        for it in entries("processUnit") {
            let process = text(&it, "processCode").unwrap_or_default();
            add(&process, &text(&it, "code").unwrap_or_default(), text(&it, "name"));
        }
        Self { of_places, of_codes, dictionaries }
    }

    /// The name of a place with the data codes that are measured at it; empty where nothing names it.
    pub(super) fn of(&self, place: Place, data_codes: &[String], lang: Lang) -> String {
        if place == Place::WHOLE_PLANT {
            return lang.pick("全厂", "Whole plant").to_owned();
        }
        let text = place.to_string();
        let is_process = text.ends_with("-00-0000");
        let process = text.get(..2).filter(|_| is_process);
        let known = process.and_then(|it| self.dictionaries.process(it));
        let in_dictionary = || known.map(|it| lang.pick(&it.name_zh, &it.name_en).to_owned());
        let of_item = || data_codes.iter().find_map(|it| self.of_codes.get(it).cloned());
        // A name that the dictionary gives too is shown in the reader's language.
        let own = self.of_places.get(&place).cloned();
        let own = own.filter(|own| known.is_none_or(|it| it.name_zh != *own));
        own.or_else(in_dictionary).or_else(of_item).unwrap_or_default()
    }
}
