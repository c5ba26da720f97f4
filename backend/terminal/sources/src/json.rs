//! A value within a document of JSON: `HEAD[#PATH][@PATH OF ITS TIME]`, a path as `meters[0].energy`.
use serde_json::Value;

use crate::address::AddressError;
use crate::error::Problem;
use crate::moment;

/// One step into a document.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

/// A path into a document; empty for the document itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Path(Vec<Step>);

/// What an address of MQTT or HTTP names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    /// The topic, or the path of the URL.
    pub(crate) head: String,
    value: Path,
    time: Option<Path>,
}

impl Address {
    pub(crate) fn parse(text: &str) -> Result<Self, AddressError> {
        let wrong = |zh: &str, en: &str| AddressError::new(text, zh, en);
        let (head, tail) = text.trim().split_once('#').unwrap_or((text.trim(), ""));
        if head.is_empty() || head.chars().any(|it| it.is_control() || it == ' ') {
            return Err(wrong("# 之前不能为空或含空格", "before # there is nothing, or a blank"));
        }
        let (value, time) =
            tail.split_once('@').map_or((tail, None), |(it, time)| (it, Some(time)));
        let path = |text: &str| {
            Path::parse(text).ok_or_else(|| {
                wrong("JSON 路径应如 meters[0].energy", "write the path as meters[0].energy")
            })
        };
        let time = time.map(path).transpose()?;
        Ok(Self { head: head.to_owned(), value: path(value)?, time })
    }

    /// The number in a document, and its time.
    pub(crate) fn number(
        &self,
        document: &Value,
        utc_offset_minutes: i32,
    ) -> Result<(f64, Option<i64>), (Problem, String)> {
        let found = self.value.of(document);
        let found = found.ok_or_else(|| (Problem::Missing, "path not found".to_owned()))?;
        let number = match found {
            Value::Number(it) => it.as_f64(),
            Value::String(it) => it.trim().parse().ok(),
            Value::Bool(it) => Some(f64::from(u8::from(*it))),
            _ => None,
        };
        let number = number.filter(|it| it.is_finite()).ok_or_else(|| {
            let shown: String = found.to_string().chars().take(80).collect();
            (Problem::NotNumber, shown)
        })?;
        let at = match &self.time {
            None => None,
            Some(path) => {
                let at = path.of(document).and_then(|it| moment::of_json(it, utc_offset_minutes));
                Some(at.ok_or_else(|| (Problem::Missing, "no time at its path".to_owned()))?)
            }
        };
        Ok((number, at))
    }
}

impl Path {
    fn parse(text: &str) -> Option<Self> {
        let mut steps = Vec::new();
        if text.is_empty() {
            return Some(Self(steps));
        }
        for word in text.split('.') {
            let (key, indices) =
                word.split_once('[').map_or((word, None), |(it, rest)| (it, Some(rest)));
            match (key.is_empty(), indices) {
                (false, _) => steps.push(Step::Key(key.to_owned())),
                (true, Some(_)) if steps.is_empty() => {}
                _ => return None,
            }
            for index in indices.into_iter().flat_map(|it| it.split('[')) {
                steps.push(Step::Index(index.strip_suffix(']')?.parse().ok()?));
            }
        }
        Some(Self(steps))
    }

    fn of<'v>(&self, document: &'v Value) -> Option<&'v Value> {
        self.0.iter().try_fold(document, |value, step| match step {
            Step::Key(key) => value.get(key),
            Step::Index(index) => value.get(index),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Address;
    use crate::error::Problem;

    #[test]
    fn numbers_in_documents() {
        let document = json!({"t": "2026-01-05 08:00", "m": [{"e": 1.5}, {"e": "2.5"}], "on": true, "no": null});
        for (text, expected) in [
            ("x#m[0].e", Ok((1.5, None))),
            ("x#m[1].e@t", Ok((2.5, Some(1_767_600_000)))),
            ("x#on", Ok((1.0, None))),
            ("x#no", Err(Problem::NotNumber)),
            ("x#m[2].e", Err(Problem::Missing)),
            ("x#m[0].e@no", Err(Problem::Missing)),
        ] {
            let address = Address::parse(text).expect("an address");
            assert_eq!(address.number(&document, 480).map_err(|it| it.0), expected, "{text}");
        }
        let whole = Address::parse("plant/energy").expect("an address");
        assert_eq!(whole.number(&json!(7), 480), Ok((7.0, None)));
        let list = Address::parse("a#[1][0]").expect("an address");
        assert_eq!(list.number(&json!([0, [5]]), 480), Ok((5.0, None)));
    }

    #[test]
    fn badly_written() {
        for text in ["", "#a", "a b#c", "a#b..c", "a#b[x]", "a#b[1", "a#.b", "a#b@c[", "a#b."] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }
}
