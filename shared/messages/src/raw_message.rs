//! Splits a data upload without reading its entries: the sender, the enterprise, and each entry as its JSON text.

use std::borrow::Cow;
use std::fmt;

use nengce_shared::credit_code::CreditCode;
use nengce_shared::problem::ProblemCode;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess,
    Visitor,
};
use serde_json::value::RawValue;

use super::scalar::{STANDS_TWICE, Scalar, key_is, once};
use super::{Problem, text};

/// The number of lists and objects that may be nested; real messages nest three.
const MOST_DEPTH: usize = 100;

/// A data upload whose entries have not been read yet.
#[derive(Debug)]
pub struct RawMessage<'a> {
    /// The device id of the sender.
    pub device_id: String,
    /// The enterprise that the message is about.
    pub enterprise_code: CreditCode,
    /// The JSON text of each entry of `data`.
    pub entries: Vec<&'a RawValue>,
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
                            return Err(A::Error::custom(format_args!("'{key}' {STANDS_TWICE}")));
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

/// Splits a message into its parts.
///
/// # Errors
/// The body is no JSON, lacks a part, or holds too many entries; nothing of the message is stored then.
pub fn read<'a>(body: &'a [u8], max_entries: usize) -> Result<RawMessage<'a>, Problem> {
    let text = text::utf8(text::trimmed(body))?;
    if !is_flat(text) {
        let (zh, en) =
            (format!("嵌套超过 {MOST_DEPTH} 层"), format!("it is nested deeper than {MOST_DEPTH}"));
        return Err(Problem::new("body", ProblemCode::BodyNotJson, "").hint(zh, en));
    }
    let outer: Outer<'a> = serde_json::from_str(text).map_err(|error| match shape(text) {
        Some((zh, en)) => Problem::new("body", ProblemCode::BodyNotJson, "").hint(zh, en),
        None => not_json(&error),
    })?;
    let device_id = required(&outer.device_id, "deviceId")?;
    let enterprise = required(&outer.enterprise_code, "enterpriseCode")?;
    let enterprise_code = CreditCode::parse(&enterprise).map_err(|error| {
        Problem::new("enterpriseCode", ProblemCode::EntryCreditCodeInvalid, enterprise)
            .hint(error.reason_zh(), error.to_string())
    })?;
    let raw = outer.data.ok_or_else(|| Problem::new("data", ProblemCode::BodyDataMissing, ""))?;
    let entries = split(raw.get(), max_entries)?;
    Ok(RawMessage { device_id, enterprise_code, entries })
}

/// The entries of `data` as they were sent. Reading ends at the first entry beyond `most`.
fn split(data: &str, most: usize) -> Result<Vec<&RawValue>, Problem> {
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
        return Err(Problem::new("data", ProblemCode::TooManyEntries, "").hint(
            format!("上限 {most} 条，分批发送"),
            format!("at most {most} entries; send them in parts"),
        ));
    }
    match read {
        Ok(()) => Ok(found),
        Err(_) => Err(Problem::new("data", ProblemCode::BodyDataMissing, "")
            .hint("data 应为数组", "data must be an array")),
    }
}

/// Whether at most [`MOST_DEPTH`] lists and objects are nested. This is checked before parsing, because parsers keep a
/// note of each open bracket.
fn is_flat(text: &str) -> bool {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => {
                depth += 1;
                if depth > MOST_DEPTH {
                    return false;
                }
            }
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    true
}

/// Names a body that is no message, by the way it begins.
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

/// The problem of a body that is no JSON, with line and column.
pub fn not_json(error: &serde_json::Error) -> Problem {
    let why = error.to_string();
    if why.contains(STANDS_TWICE) {
        let problem = Problem::new("body", ProblemCode::BodyNotJson, "");
        return problem.hint(format!("同一属性出现两次且值不同：{why}"), why);
    }
    Problem::new("body", ProblemCode::BodyNotJson, "").hint(
        format!("第 {} 行第 {} 列", error.line(), error.column()),
        format!("line {}, column {}", error.line(), error.column()),
    )
}

fn required(scalar: &Scalar<'_>, field: &'static str) -> Result<String, Problem> {
    scalar
        .text()
        .filter(|it| !it.is_empty())
        .map(Cow::into_owned)
        .ok_or_else(|| Problem::new(field, ProblemCode::EntryFieldMissing, field))
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
