//! Reads a small message as a tree and counts its weight in memory while it grows. The length of the text is no bound,
//! because a few bytes (`{"":0},`) can become a hundred times as many in a tree.

use std::cell::Cell;
use std::fmt;

use nengce_shared::problem::ProblemCode;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::Defect;
use super::envelope::not_json;

/// What an object takes with its first entry, what each entry takes, and an element of a list whose room doubles.
const OBJECT: usize = 640;
const ENTRY: usize = 112;
const ELEMENT: usize = 64;
/// What a text takes beside its bytes.
const TEXT: usize = 32;

/// A message and about how many bytes of memory it takes.
#[derive(Debug, PartialEq)]
pub struct Tree {
    /// The message.
    pub object: Map<String, Value>,
    /// About how many bytes of memory it takes.
    pub weight: usize,
}

/// Reads an object that weighs at most so much.
pub fn read(text: &str, most: usize) -> Result<Tree, Defect> {
    let scales = Scales { left: Cell::new(most), over: Cell::new(false) };
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Any(&scales).deserialize(&mut reader).and_then(|it| reader.end().map(|()| it));
    match read {
        Ok(Value::Object(object)) => Ok(Tree { object, weight: most - scales.left.get() }),
        Ok(_) => Err(Defect::new("body", ProblemCode::BodyNotJson, "")
            .hint("应为 JSON 对象", "it must be an object")),
        Err(_) if scales.over.get() => Err(Defect::new("body", ProblemCode::BodyTooLarge, "")
            .hint("报文中的值过多，分批发送", "it holds too many values; send it in parts")),
        Err(error) => Err(not_json(&error)),
    }
}

struct Scales {
    left: Cell<usize>,
    over: Cell<bool>,
}

impl Scales {
    fn take<E: Error>(&self, weight: usize) -> Result<(), E> {
        match self.left.get().checked_sub(weight) {
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
struct Any<'a>(&'a Scales);

impl<'de> DeserializeSeed<'de> for Any<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Any<'_> {
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
        self.0.take(TEXT + it.len())?;
        Ok(it.into())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(it) = seq.next_element_seed(self)? {
            self.0.take(ELEMENT)?;
            list.push(it);
        }
        Ok(Value::Array(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let node = if object.is_empty() { OBJECT } else { 0 };
            self.0.take(node + ENTRY + key.len())?;
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
        leaf.prop_recursive(4, 40, 6, |it| {
            prop_oneof![
                prop::collection::vec(it.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map("[a-c]{0,2}", it, 0..6)
                    .prop_map(|it| Value::Object(it.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_tree_is_what_any_reader_makes_of_it(value in json(), more in "[ -~]{0,3}") {
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
            assert!(read(&body, usize::MAX).expect("it is JSON").weight > 100_000 * 64);
        }
        let deep = format!("{{\"a\":{}1{}}}", "[".repeat(200), "]".repeat(200));
        let refused = read(&deep, usize::MAX).map_err(|it| it.code);
        assert_eq!(refused, Err(ProblemCode::BodyNotJson));
    }
}
