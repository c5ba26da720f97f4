//! One JSON value of an attribute, and how attributes are matched: keys without regard to letter case and underscores,
//! each with one value only.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

/// Bytes of a text that error messages show.
const SHOWN_BYTES: usize = 400;

/// A JSON scalar as it was sent; a list or an object is `Other`.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Scalar<'a> {
    /// The attribute is absent or null.
    #[default]
    Missing,
    /// A text, with the white space around it.
    Text(Cow<'a, str>),
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Flag(bool),
    /// A list or an object, whose content is not kept.
    Other,
}

impl Scalar<'_> {
    /// Whether the same attribute may occur again with another value.
    pub(super) fn takes(&self, other: &Scalar<'_>) -> bool {
        match self {
            Self::Missing => true,
            // The content of a list or an object is not kept, so two of them cannot be compared.
            Self::Other => false,
            it => it == other,
        }
    }

    /// The text without surrounding white space, or the printed number.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(it) => Some(Cow::Borrowed(it.trim())),
            Self::Number(it) => Some(Cow::Owned(it.to_string())),
            _ => None,
        }
    }

    /// The number, also one that was sent in quotes.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(it) => Some(*it),
            Self::Text(it) => it.trim().parse().ok(),
            _ => None,
        }
    }

    /// The whole number from 0 to 255, also one that was sent in quotes.
    pub fn small(&self) -> Option<u8> {
        self.number()
            .filter(|it| it.fract() == 0.0 && (0.0..=255.0).contains(it))
            .map(|it| it as u8)
    }

    /// The text of a value for an error message; of a long text its beginning.
    pub fn shown(&self) -> String {
        match self {
            Self::Missing => String::new(),
            Self::Text(it) => it[..it.floor_char_boundary(SHOWN_BYTES)].to_owned(),
            Self::Number(it) => it.to_string(),
            Self::Flag(it) => it.to_string(),
            Self::Other => "{…}".to_owned(),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Scalar<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

/// The largest whole number up to which every whole number is exact as a double.
const MOST_EXACT: u64 = 1 << 53;

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_borrowed_str<E>(self, it: &'de str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Borrowed(it)))
    }
    fn visit_str<E>(self, it: &str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Owned(it.to_owned())))
    }
    fn visit_bool<E>(self, it: bool) -> Result<Self::Value, E> {
        Ok(Scalar::Flag(it))
    }
    fn visit_u64<E>(self, it: u64) -> Result<Self::Value, E> {
        // This is a code or an id that was sent without quotes; a double would change its last digits.
        Ok(match it {
            0..=MOST_EXACT => Scalar::Number(it as f64),
            _ => Scalar::Text(Cow::Owned(it.to_string())),
        })
    }
    fn visit_i64<E>(self, it: i64) -> Result<Self::Value, E> {
        Ok(Scalar::Number(it as f64))
    }
    fn visit_f64<E>(self, it: f64) -> Result<Self::Value, E> {
        Ok(Scalar::Number(it))
    }
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Scalar::Missing)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Other)
    }
    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Other)
    }
}

/// Whether a key is `name`, without regard to letter case and underscores.
pub fn key_is(key: &str, name: &str) -> bool {
    key.eq_ignore_ascii_case(name)
        || (key.contains('_') && key.replace('_', "").eq_ignore_ascii_case(name))
}

/// The error of an attribute that occurs twice with different values, since neither of them can be preferred.
pub(super) const STANDS_TWICE: &str = "stands twice with different values";

/// Sets an attribute, unless it already has another value.
pub fn once<'a, E: serde::de::Error>(
    slot: &mut Scalar<'a>,
    it: Scalar<'a>,
    key: &str,
) -> Result<(), E> {
    if !slot.takes(&it) {
        let key = &key[..key.floor_char_boundary(SHOWN_BYTES)];
        return Err(E::custom(format_args!("'{key}' {STANDS_TWICE}")));
    }
    *slot = it;
    Ok(())
}
