//! Reads a bulk upload of NDJSON line by line, each within a bound.

use std::borrow::Cow;
use std::fmt;
use std::io::{BufRead, Read};

use nengce_messages::Problem;
use nengce_messages::energy::Entry;
use nengce_messages::scalar::{Scalar, key_is, once};
use nengce_shared::problem::ProblemCode;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::pieces::Pieces;
use super::{KEPT_BYTES, broken};
use crate::import::readings::records::Record;

impl Pieces<'_, '_> {
    pub(super) fn ndjson(&mut self, mut text: Box<dyn BufRead>) -> Result<(), Problem> {
        let most = self.source.limits.row_bytes;
        let mut line = Vec::new();
        loop {
            line.clear();
            let mut bounded = (&mut text).take(most + 1);
            let read = bounded.read_until(b'\n', &mut line);
            if read.map_err(|error| broken(&error))? == 0 {
                return Ok(());
            }
            let too_long = line.len() as u64 > most && line.last() != Some(&b'\n');
            if too_long {
                skip_line(&mut text).map_err(|error| broken(&error))?;
            }
            let whole = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
            if whole.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            if !self.next() {
                continue;
            }
            let shown = || String::from_utf8_lossy(&whole[..whole.len().min(KEPT_BYTES)]);
            let more = match read_line(whole) {
                _ if too_long => {
                    let problem = Problem::new("row", ProblemCode::EntryTooLong, "").hint(
                        format!("max_bulk_row_bytes = {most}"),
                        format!("max_bulk_row_bytes = {most}"),
                    );
                    self.refuse(problem, shown().into_owned())
                }
                Ok(record) => self.put(&record, || shown().trim().to_owned()),
                Err(problem) => self.refuse(problem, shown().trim().to_owned()),
            };
            if !more {
                return Ok(());
            }
        }
    }
}

fn skip_line(text: &mut dyn BufRead) -> std::io::Result<()> {
    loop {
        let held = text.fill_buf()?;
        let end = held.iter().position(|it| *it == b'\n');
        let used = end.map_or(held.len(), |it| it + 1);
        text.consume(used);
        if end.is_some() || used == 0 {
            return Ok(());
        }
    }
}

/// One line of NDJSON.
fn read_line(line: &[u8]) -> Result<Record<'_>, Problem> {
    let unreadable = |why: String| {
        Problem::new("row", ProblemCode::EntryFieldUnreadable, "").hint(why.clone(), why)
    };
    let text = std::str::from_utf8(line).map_err(|error| unreadable(error.to_string()))?;
    if !text.trim_start().starts_with('{') {
        return Err(Problem::new("row", ProblemCode::EntryNotObject, ""));
    }
    let wrong = |error: serde_json::Error| match error.to_string() {
        why if why.contains("number out of range") => {
            Problem::new("dataValue", ProblemCode::EntryValueNotFinite, "")
        }
        why => unreadable(why),
    };
    let entry: Entry<'_> = serde_json::from_str(text).map_err(wrong)?;
    let Speaker { enterprise, measure } = serde_json::from_str(text).map_err(wrong)?;
    Ok(Record { enterprise, entry, measure })
}

/// The attributes that a row has beside those of a terminal's entry.
#[derive(Default)]
struct Speaker<'a> {
    enterprise: Scalar<'a>,
    measure: Scalar<'a>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Speaker<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SpeakerVisitor;
        impl<'de> Visitor<'de> for SpeakerVisitor {
            type Value = Speaker<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Speaker<'de>, A::Error> {
                let mut speaker = Speaker::default();
                while let Some(key) = map.next_key::<Cow<'de, str>>()? {
                    if key_is(&key, "enterpriseCode") {
                        once(&mut speaker.enterprise, map.next_value()?, &key)?;
                    } else if key_is(&key, "dataUnit") {
                        once(&mut speaker.measure, map.next_value()?, &key)?;
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(speaker)
            }
        }
        deserializer.deserialize_map(SpeakerVisitor)
    }
}
