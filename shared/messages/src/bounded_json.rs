//! Parses a small message and counts the memory of its values while they are read. The length of the text is no bound of
//! that memory: a few bytes (`{"":0},`) can become a hundred times as many once they are parsed.

use std::cell::Cell;
use std::fmt;

use nengce_shared::problem::ProblemCode;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::Problem;
use super::raw_message::not_json;

/// Bytes of an object with its first entry.
const OBJECT_BYTES: usize = 640;
/// Bytes of each entry of an object beside its key.
const ENTRY_BYTES: usize = 112;
/// Bytes of an element of a list whose capacity doubles as it grows.
const ELEMENT_BYTES: usize = 64;
/// Bytes of a text beside its characters.
const TEXT_BYTES: usize = 32;

/// A parsed message and the memory that it takes.
#[derive(Debug, PartialEq)]
pub struct BoundedJson {
    /// The message.
    pub object: Map<String, Value>,
    /// About how many bytes of memory it takes.
    pub memory_bytes: usize,
}

/// Parses an object whose values take at most `most` bytes of memory.
///
/// # Errors
/// The body is no JSON, is no object, or takes more memory.
pub fn read(text: &str, most: usize) -> Result<BoundedJson, Problem> {
    let budget = MemoryBudget { left: Cell::new(most), over: Cell::new(false) };
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = AnyValue(&budget).deserialize(&mut reader).and_then(|it| reader.end().map(|()| it));
    match read {
        Ok(Value::Object(object)) => {
            Ok(BoundedJson { object, memory_bytes: most - budget.left.get() })
        }
        Ok(_) => Err(Problem::new("body", ProblemCode::BodyNotJson, "")
            .hint("应为 JSON 对象", "it must be an object")),
        Err(_) if budget.over.get() => Err(Problem::new("body", ProblemCode::BodyTooLarge, "")
            .hint("报文中的值过多，分批发送", "it holds too many values; send it in parts")),
        Err(error) => Err(not_json(&error)),
    }
}

struct MemoryBudget {
    left: Cell<usize>,
    over: Cell<bool>,
}

impl MemoryBudget {
    fn take<E: Error>(&self, bytes: usize) -> Result<(), E> {
        match self.left.get().checked_sub(bytes) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => {
                self.over.set(true);
                Err(E::custom("too many values"))
            }
        }
    }
}

#[derive(Clone, Copy)]
struct AnyValue<'a>(&'a MemoryBudget);

impl<'de> DeserializeSeed<'de> for AnyValue<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnyValue<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_bool<E>(self, it: bool) -> Result<Value, E> {
        Ok(Value::Bool(it))
    }
    fn visit_u64<E>(self, it: u64) -> Result<Value, E> {
        Ok(it.into())
    }
    fn visit_i64<E>(self, it: i64) -> Result<Value, E> {
        Ok(it.into())
    }
    fn visit_f64<E>(self, it: f64) -> Result<Value, E> {
        Ok(it.into())
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_str<E: Error>(self, it: &str) -> Result<Value, E> {
        self.0.take(TEXT_BYTES + it.len())?;
        Ok(it.into())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(it) = seq.next_element_seed(self)? {
            self.0.take(ELEMENT_BYTES)?;
            list.push(it);
        }
        Ok(Value::Array(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let node = if object.is_empty() { OBJECT_BYTES } else { 0 };
            self.0.take(node + ENTRY_BYTES + key.len())?;
            object.insert(key, map.next_value_seed(self)?);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            (-1e9..1e9f64).prop_map(Value::from),
            "\\PC{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map("[a-c]{0,2}", inner, 0..6)
                    .prop_map(|it| Value::Object(it.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn it_reads_what_serde_json_reads(value in json(), more in "[ -~]{0,3}") {
            let text = json_object(value).to_string() + &more;
            let usual = serde_json::from_str::<Map<String, Value>>(&text).ok();
            let read = read(&text, usize::MAX).ok().map(|it| it.object);
            prop_assert_eq!(read, usual);
        }
    }

    fn json_object(it: Value) -> Value {
        serde_json::json!({ "it": it })
    }

    #[test]
    fn many_small_values_are_heavy() {
        for (part, close) in [("{\"\":0},", "0"), ("[],", "0"), ("[[]],", "0"), ("\"\",", "0")] {
            let body = format!("{{\"a\":[{}{close}]}}", part.repeat(100_000));
            let refused = read(&body, 2 << 20).map_err(|it| it.code);
            assert_eq!(refused, Err(ProblemCode::BodyTooLarge), "{part}");
            assert!(read(&body, usize::MAX).expect("it is JSON").memory_bytes > 100_000 * 64);
        }
        let deep = format!("{{\"a\":{}1{}}}", "[".repeat(200), "]".repeat(200));
        let refused = read(&deep, usize::MAX).map_err(|it| it.code);
        assert_eq!(refused, Err(ProblemCode::BodyNotJson));
    }
}
