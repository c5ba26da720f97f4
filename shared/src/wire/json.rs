//! Reads API types through one plain JSON value instead of one generated reader per type. This is an eighth of the code
//! in the browser, where every byte is downloaded. Servers and tools use serde directly; both read the same types.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// Any JSON. Whole numbers are exact up to 2^53, more than any identifier of the wire reaches.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Any number.
    Number(f64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object; its fields in the order of the text.
    Map(Vec<(String, Json)>),
}

/// The place in a JSON value that has another type than expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {wanted} wanted")]
pub struct Mismatch {
    /// The path of fields to the place; empty for the value itself.
    pub at: String,
    /// The expected type.
    pub wanted: &'static str,
}

/// A type that can be read from [`Json`].
pub trait FromJson: Sized {
    /// Reads the shape.
    ///
    /// # Errors
    /// The first place that does not fit.
    fn from_json(json: Json) -> Result<Self, Mismatch>;

    /// The value of an absent field; by default the field must be present.
    fn absent() -> Option<Self> {
        None
    }
}

/// The fields of an object; each can be taken once.
pub struct Fields(Vec<(String, Json)>);

impl Fields {
    /// The fields of a value.
    ///
    /// # Errors
    /// When it is no object.
    pub fn of(json: Json) -> Result<Self, Mismatch> {
        match json {
            Json::Map(fields) => Ok(Self(fields)),
            _ => Err(mismatch("an object")),
        }
    }

    /// Reads a field and removes it.
    ///
    /// # Errors
    /// When it does not fit, or is absent and may not be.
    pub fn take<T: FromJson>(&mut self, name: &'static str) -> Result<T, Mismatch> {
        match self.find(name) {
            Some(json) => T::from_json(json).map_err(|it| inside(name, it)),
            None => T::absent().ok_or_else(|| inside(name, mismatch("a value"))),
        }
    }

    /// Removes and returns a field as it is, if it is present.
    pub fn find(&mut self, name: &str) -> Option<Json> {
        let at = self.0.iter().position(|(it, _)| it == name)?;
        Some(self.0.swap_remove(at).1)
    }
}

/// A mismatch of the value itself.
pub fn mismatch(wanted: &'static str) -> Mismatch {
    Mismatch { at: String::new(), wanted }
}

fn inside(name: &str, it: Mismatch) -> Mismatch {
    let at = if it.at.is_empty() { name.to_owned() } else { format!("{name}.{}", it.at) };
    Mismatch { at, ..it }
}

impl FromJson for String {
    fn from_json(json: Json) -> Result<Self, Mismatch> {
        match json {
            Json::Text(text) => Ok(text),
            _ => Err(mismatch("a text")),
        }
    }
}

impl FromJson for bool {
    fn from_json(json: Json) -> Result<Self, Mismatch> {
        match json {
            Json::Bool(it) => Ok(it),
            _ => Err(mismatch("true or false")),
        }
    }
}

impl FromJson for f64 {
    fn from_json(json: Json) -> Result<Self, Mismatch> {
        match json {
            Json::Number(it) => Ok(it),
            _ => Err(mismatch("a number")),
        }
    }
}

macro_rules! whole_numbers {
    ($($type:ty)*) => {$(
        impl FromJson for $type {
            fn from_json(json: Json) -> Result<Self, Mismatch> {
                match json {
                    Json::Number(it) if it.fract() == 0.0 && it >= <$type>::MIN as f64 && it <= <$type>::MAX as f64 => Ok(it as $type),
                    _ => Err(mismatch("a whole number in range")),
                }
            }
        }
    )*};
}

whole_numbers!(u8 u16 u32 u64 i16 i32);

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(json: Json) -> Result<Self, Mismatch> {
        match json {
            Json::Null => Ok(None),
            json => T::from_json(json).map(Some),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(json: Json) -> Result<Self, Mismatch> {
        match json {
            Json::List(items) => items.into_iter().map(T::from_json).collect(),
            _ => Err(mismatch("a list")),
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, it: bool) -> Result<Json, E> {
        Ok(Json::Bool(it))
    }

    fn visit_i64<E>(self, it: i64) -> Result<Json, E> {
        Ok(Json::Number(it as f64))
    }

    fn visit_u64<E>(self, it: u64) -> Result<Json, E> {
        Ok(Json::Number(it as f64))
    }

    fn visit_f64<E>(self, it: f64) -> Result<Json, E> {
        Ok(Json::Number(it))
    }

    fn visit_str<E>(self, it: &str) -> Result<Json, E> {
        Ok(Json::Text(it.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = access.next_entry()? {
            fields.push(field);
        }
        Ok(Json::Map(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::dual_control::{Change, EnergyShare};
    use crate::api::targets::{Reason, ReasonCount};

    fn read<T: FromJson>(text: &str) -> Result<T, Mismatch> {
        T::from_json(serde_json::from_str(text).expect("the test's text is JSON"))
    }

    #[test]
    fn shapes_read_the_same_as_through_serde() {
        let text = r#"{"group":"coal","tce":12.5,"share":0.4,"previous_tce":null,"change":-0.1}"#;
        assert_eq!(read::<EnergyShare>(text), Ok(serde_json::from_str(text).expect("a share")));
        assert_eq!(read::<Change>("{}").map(|it| it.value), Ok(None));
        let text = r#"{"reason":"worse_than_peers","units":3,"note_zh":"","note_en":""}"#;
        assert_eq!(read::<ReasonCount>(text).map(|it| it.reason), Ok(Reason::WorseThanPeers));
    }

    #[test]
    fn what_does_not_fit_is_named_with_its_place() {
        let wrong = read::<EnergyShare>(r#"{"group":"peat","tce":1,"share":1}"#);
        assert_eq!(wrong.map_err(|it| it.at), Err("group".to_owned()));
        let wrong = read::<EnergyShare>(r#"{"group":"coal","share":1}"#);
        assert_eq!(wrong.map_err(|it| it.to_string()), Err("tce: a value wanted".to_owned()));
        for (text, fits) in
            [("255", true), ("256", false), ("-1", false), ("1.5", false), ("\"1\"", false)]
        {
            assert_eq!(read::<u8>(text).is_ok(), fits, "{text}");
        }
    }
}
