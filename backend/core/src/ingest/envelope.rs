//! The outer shape of a message, read without building a tree: who sends, and the entries as raw text.

use std::borrow::Cow;
use std::fmt;

use nengce_shared::credit_code::CreditCode;
use nengce_shared::problem::ProblemCode;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess,
    Visitor,
};
use serde_json::value::RawValue;

use super::{Defect, text};

/// Bytes of a text that are shown to people.
const SHOWN_BYTES: usize = 400;
/// Lists and objects within one another; real messages have three.
const DEPTH: usize = 100;

/// A message before its entries are looked at.
#[derive(Debug)]
pub struct Envelope<'a> {
    /// Who sends it.
    pub device_id: String,
    /// The enterprise that it speaks of.
    pub enterprise_code: CreditCode,
    /// The entries of `data`, each as its text.
    pub entries: Vec<&'a RawValue>,
}

/// One JSON scalar as it stands; anything else is `Other`.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Scalar<'a> {
    #[default]
    Missing,
    Text(Cow<'a, str>),
    Number(f64),
    Flag(bool),
    Other,
}

impl Scalar<'_> {
    /// Whether another value of the same attribute may stand here.
    pub(super) fn takes(&self, other: &Scalar<'_>) -> bool {
        match self {
            Self::Missing => true,
            // What a list or an object holds is not kept, so that two of them cannot be compared.
            Self::Other => false,
            it => it == other,
        }
    }

    /// A text without white space around it, or a number as it is printed.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(it) => Some(Cow::Borrowed(it.trim())),
            Self::Number(it) => Some(Cow::Owned(it.to_string())),
            _ => None,
        }
    }

    /// A number, also one that stands in quotes.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(it) => Some(*it),
            Self::Text(it) => it.trim().parse().ok(),
            _ => None,
        }
    }

    /// A whole number 0–255.
    pub fn small(&self) -> Option<u8> {
        self.number()
            .filter(|it| it.fract() == 0.0 && (0.0..=255.0).contains(it))
            .map(|it| it as u8)
    }

    /// The text of a value, for a message to people; of a long text its beginning.
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

/// Whole numbers up to here are exact as a double.
const EXACT: u64 = 1 << 53;

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
        // A code or an id without quotes: a double would change its last digits.
        Ok(match it {
            0..=EXACT => Scalar::Number(it as f64),
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

/// A key without regard to letter case and underscores.
pub fn key_is(key: &str, name: &str) -> bool {
    key.eq_ignore_ascii_case(name)
        || (key.contains('_') && key.replace('_', "").eq_ignore_ascii_case(name))
}

/// Said of an attribute that stands twice with different values: none of them is more right than the other.
pub(super) const TWICE: &str = "stands twice with different values";

/// Puts an attribute in its place, where it does not stand already with another value.
pub fn once<'a, E: serde::de::Error>(
    slot: &mut Scalar<'a>,
    it: Scalar<'a>,
    key: &str,
) -> Result<(), E> {
    if !slot.takes(&it) {
        let key = &key[..key.floor_char_boundary(SHOWN_BYTES)];
        return Err(E::custom(format_args!("'{key}' {TWICE}")));
    }
    *slot = it;
    Ok(())
}

#[derive(Default)]
struct Outer<'a> {
    device_id: Scalar<'a>,
    enterprise_code: Scalar<'a>,
    data: Option<&'a RawValue>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Outer<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OuterVisitor;
        impl<'de> Visitor<'de> for OuterVisitor {
            type Value = Outer<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with deviceId, enterpriseCode and data")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Outer<'de>, A::Error> {
                let mut outer = Outer::default();
                while let Some(key) = map.next_key::<Cow<'de, str>>()? {
                    if key_is(&key, "deviceId") {
                        once(&mut outer.device_id, map.next_value()?, &key)?;
                    } else if key_is(&key, "enterpriseCode") {
                        once(&mut outer.enterprise_code, map.next_value()?, &key)?;
                    } else if key_is(&key, "data") {
                        if outer.data.replace(map.next_value()?).is_some() {
                            return Err(A::Error::custom(format_args!("'{key}' {TWICE}")));
                        }
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(outer)
            }
        }
        deserializer.deserialize_map(OuterVisitor)
    }
}

/// Splits a message; a defect here means that nothing of it is stored.
pub fn read<'a>(body: &'a [u8], max_entries: usize) -> Result<Envelope<'a>, Defect> {
    let text = text::utf8(text::trimmed(body))?;
    if !is_flat(text) {
        let (zh, en) =
            (format!("嵌套超过 {DEPTH} 层"), format!("it is nested deeper than {DEPTH}"));
        return Err(Defect::new("body", ProblemCode::BodyNotJson, "").hint(zh, en));
    }
    let outer: Outer<'a> = serde_json::from_str(text).map_err(|error| match shape(text) {
        Some((zh, en)) => Defect::new("body", ProblemCode::BodyNotJson, "").hint(zh, en),
        None => not_json(&error),
    })?;
    let device_id = required(&outer.device_id, "deviceId")?;
    let enterprise = required(&outer.enterprise_code, "enterpriseCode")?;
    let enterprise_code = CreditCode::parse(&enterprise).map_err(|error| {
        Defect::new("enterpriseCode", ProblemCode::EntryCreditCodeInvalid, enterprise)
            .hint(error.reason_zh(), error.to_string())
    })?;
    let raw = outer.data.ok_or_else(|| Defect::new("data", ProblemCode::BodyDataMissing, ""))?;
    let entries = split(raw.get(), max_entries)?;
    Ok(Envelope { device_id, enterprise_code, entries })
}

/// The entries of `data` as they stand; reading ends with the first that is one too many.
fn split(data: &str, most: usize) -> Result<Vec<&RawValue>, Defect> {
    struct Entries<'e, 'a> {
        found: &'e mut Vec<&'a RawValue>,
        most: usize,
    }
    impl<'de: 'a, 'a> Visitor<'de> for Entries<'_, 'a> {
        type Value = ();
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list of entries")
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
            while let Some(it) = seq.next_element()? {
                self.found.push(it);
                if self.found.len() > self.most {
                    return Err(A::Error::custom("too many entries"));
                }
            }
            Ok(())
        }
    }
    impl<'de: 'a, 'a> DeserializeSeed<'de> for Entries<'_, 'a> {
        type Value = ();
        fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
            deserializer.deserialize_seq(self)
        }
    }
    let mut found = Vec::new();
    let entries = Entries { found: &mut found, most };
    let read = entries.deserialize(&mut serde_json::Deserializer::from_str(data));
    if found.len() > most {
        return Err(Defect::new("data", ProblemCode::TooManyEntries, "").hint(
            format!("上限 {most} 条，分批发送"),
            format!("at most {most} entries; send them in parts"),
        ));
    }
    match read {
        Ok(()) => Ok(found),
        Err(_) => Err(Defect::new("data", ProblemCode::BodyDataMissing, "")
            .hint("data 应为数组", "data must be an array")),
    }
}

/// Whether no more than [`DEPTH`] lists and objects stand within one another. Readers keep a note of each open bracket,
/// so this is looked at before they begin.
fn is_flat(text: &str) -> bool {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => {
                depth += 1;
                if depth > DEPTH {
                    return false;
                }
            }
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    true
}

/// What a body is that is no message at all, by how it begins.
fn shape(text: &str) -> Option<(&'static str, &'static str)> {
    Some(match text.as_bytes().first() {
        None => ("报文是空的", "the body is empty"),
        Some(b'"') => (
            "报文是一个 JSON 字符串；请直接发送对象，不要再编码一次",
            "the body is a JSON text; send the object itself, not encoded once more",
        ),
        Some(b'[') => (
            "报文是数组；应为含 deviceId、enterpriseCode、data 的对象",
            "the body is an array; send an object with deviceId, enterpriseCode and data",
        ),
        Some(b'-') if text.starts_with("--") => (
            "报文是 multipart 表单；请把 JSON 直接作为报文发送",
            "the body is a multipart form; send the JSON itself as the body",
        ),
        Some(b'%') | Some(b'a'..=b'z') if text.contains("%7B") || text.contains("%7b") => (
            "报文是表单编码；请把 JSON 直接作为报文发送",
            "the body is form-encoded; send the JSON itself as the body",
        ),
        _ => return None,
    })
}

/// The defect of a body that is no JSON, with the place.
pub fn not_json(error: &serde_json::Error) -> Defect {
    let why = error.to_string();
    if why.contains(TWICE) {
        let defect = Defect::new("body", ProblemCode::BodyNotJson, "");
        return defect.hint(format!("同一属性出现两次且值不同：{why}"), why);
    }
    Defect::new("body", ProblemCode::BodyNotJson, "").hint(
        format!("第 {} 行第 {} 列", error.line(), error.column()),
        format!("line {}, column {}", error.line(), error.column()),
    )
}

fn required(scalar: &Scalar<'_>, field: &'static str) -> Result<String, Defect> {
    scalar
        .text()
        .filter(|it| !it.is_empty())
        .map(Cow::into_owned)
        .ok_or_else(|| Defect::new(field, ProblemCode::EntryFieldMissing, field))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_data(data: &str) -> Result<usize, ProblemCode> {
        let text =
            format!(r#"{{"deviceId":"d","enterpriseCode":"911201120000000191","data":{data}}}"#);
        read(text.as_bytes(), 3).map(|it| it.entries.len()).map_err(|it| it.code)
    }

    #[test]
    fn reading_ends_with_the_first_entry_too_many() {
        assert_eq!(read_data("[1,2,3]"), Ok(3));
        let many = format!("[{}1]", "1,".repeat(500_000));
        assert_eq!(read_data(&many), Err(ProblemCode::TooManyEntries));
    }

    #[test]
    fn deep_nesting_is_refused_before_it_is_read() {
        let deep = format!("{}1{}", "[".repeat(120), "]".repeat(120));
        assert_eq!(read_data(&deep), Err(ProblemCode::BodyNotJson));
        let quoted = format!(r#"["{}"]"#, r#"[{\"["#.repeat(120));
        assert_eq!(read_data(&quoted), Ok(1), "brackets in a text nest nothing");
    }
}
