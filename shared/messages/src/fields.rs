//! Reads JSON values leniently: numbers also in quotes, flags as bool, 0, 1 or words. Letter case of keys does not
//! matter; of two equal keys the later one counts.

use serde_json::{Map, Value};

/// The attribute of a name, in any letter case and with or without underscores.
pub fn get<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    object
        .get(name)
        .or_else(|| {
            object.iter().filter(|(key, _)| same(key, name)).map(|(_, value)| value).next_back()
        })
        .filter(|it| !it.is_null())
}

/// The first of several names that the object has.
pub fn first<'a>(object: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| get(object, name))
}

/// Whether a key is a name, in any letter case and with or without underscores.
pub fn same(key: &str, name: &str) -> bool {
    key.bytes()
        .filter(|it| *it != b'_')
        .map(|it| it.to_ascii_lowercase())
        .eq(name.bytes().map(|it| it.to_ascii_lowercase()))
}

/// The text of a string or a number.
pub fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(it) => Some(it.trim().to_owned()),
        Value::Number(it) => Some(it.to_string()),
        Value::Bool(it) => Some(it.to_string()),
        _ => None,
    }
}

/// The text of an attribute that is present and not empty.
pub fn text_of(object: &Map<String, Value>, names: &[&str]) -> Option<String> {
    first(object, names).and_then(text).filter(|it| !it.is_empty())
}

/// The text of a value for an error message.
pub fn shown(value: &Value) -> String {
    text(value).unwrap_or_else(|| "{…}".to_owned())
}

/// The whole number from 0 to 255, also one in quotes.
pub fn small(value: &Value) -> Option<u8> {
    match value {
        Value::Number(it) => it
            .as_u64()
            .or_else(|| {
                it.as_f64().filter(|it| it.fract() == 0.0 && *it >= 0.0).map(|it| it as u64)
            })
            .and_then(|it| u8::try_from(it).ok()),
        Value::String(it) => it.trim().parse().ok(),
        _ => None,
    }
}

/// The number, also one in quotes. NaN and infinities are read too, so that they can be rejected by name.
pub fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(it) => it.as_f64(),
        Value::String(it) => it.trim().parse().ok(),
        _ => None,
    }
}

/// The national profile's `valid`: true, 1, "1", "true", "Y", and their opposites.
pub fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(it) => Some(*it),
        Value::Number(it) => match it.as_f64()? {
            1.0 => Some(true),
            0.0 => Some(false),
            _ => None,
        },
        Value::String(it) => match it.trim().to_ascii_lowercase().as_str() {
            "true" | "1" | "y" | "yes" => Some(true),
            "false" | "0" | "n" | "no" => Some(false),
            _ => None,
        },
        _ => None,
    }
}
