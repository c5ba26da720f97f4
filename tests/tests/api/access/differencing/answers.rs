//! What a question was answered, without what the permission table opens to everybody: the data version, which counts
//! the changes of the whole city, and how far the assessment has come.

use nengce_analysis::codec;
use nengce_analysis::cube::Cube;
use nengce_tests::support::answer::Answer;
use nengce_tests::support::person::Person;
use serde_json::Value;

pub(super) struct Seen {
    pub(super) status: u16,
    headers: [String; 5],
    body: String,
    /// The bytes and the data version of a snapshot or of days.
    held: Option<(Vec<u8>, u64)>,
}

impl Seen {
    /// Asks; who holds a snapshot or days from before asks again for what changed since, and must come to the same.
    pub(super) fn of(person: &Person<'_>, path: &str, earlier: Option<&Self>) -> Self {
        let whole = Self::read(&person.get(path));
        if let Some((old, version)) = earlier.and_then(|it| it.held.as_ref()) {
            let delta = person.get(&format!("{path}&since={version}"));
            if delta.header("content-type") == codec::DELTA_MEDIA_TYPE {
                let new = codec::apply(old, &delta.body).expect("a delta");
                assert_eq!(Some(&new), whole.held.as_ref().map(|it| &it.0), "{path}: by its delta");
            }
        }
        whole
    }

    fn read(answer: &Answer) -> Self {
        let names =
            ["content-type", "content-disposition", "x-nengce-next", "x-nengce-level", "vary"];
        let headers = names.map(|it| answer.header(it).to_owned());
        let (body, held) = match headers[0].as_str() {
            codec::MEDIA_TYPE => {
                let mut snapshot = codec::decode(&answer.body).expect("a snapshot");
                let version = std::mem::take(&mut snapshot.version);
                (format!("{} bytes: {snapshot:?}", answer.body.len()), Some(version))
            }
            nengce_analysis::cube::MEDIA_TYPE => {
                let mut cube = Cube::decode(&answer.body).expect("days");
                let version = std::mem::take(&mut cube.version);
                (format!("{} bytes: {cube:?}", answer.body.len()), Some(version))
            }
            _ => (without_version(&answer.text()), None),
        };
        let held = held.map(|it| (answer.body.clone(), it));
        Self { status: answer.status, headers, body, held }
    }

    /// What differs from the answer to the same question before a change, if anything does.
    pub(super) fn difference(&self, before: &Self, path: &str, change: &str) -> Option<String> {
        let (is, was) = (
            (self.status, &self.headers, &self.body),
            (before.status, &before.headers, &before.body),
        );
        let same = is == was
            || (self.status, &self.headers) == (before.status, &before.headers)
                && closed(&self.body).is_some_and(|it| Some(it) == closed(&before.body));
        (!same).then(|| format!("{path}: {change}:\n{was:?}\n{is:?}"))
    }
}

/// A text without the digits of the data version.
fn without_version(text: &str) -> String {
    const FIELD: &str = "\"data_version\":";
    let mut parts = text.split(FIELD);
    let first = parts.next().unwrap_or_default().to_owned();
    let digit = |it: char| it.is_ascii_digit();
    parts.fold(first, |all, it| all + FIELD + "0" + it.trim_start_matches(digit))
}

/// JSON without what everybody is told of the whole city.
fn closed(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().map(open_removed)
}

/// The answer without what everybody is told of the whole city.
fn open_removed(mut of: Value) -> Value {
    match &mut of {
        Value::Object(fields) => {
            if let Some(Value::Object(status)) = fields.get_mut("status") {
                status.retain(|name, _| name == "open_findings");
            }
            fields.values_mut().for_each(|it| *it = open_removed(it.take()));
        }
        Value::Array(all) => all.iter_mut().for_each(|it| *it = open_removed(it.take())),
        _ => {}
    }
    of
}
