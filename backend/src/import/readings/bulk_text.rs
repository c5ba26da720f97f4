//! The text of bulk uploads: bounded while it is unpacked, row by row, and what is kept of a rejected row.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::io::{BufRead, Read};
use std::rc::Rc;

use nengce_core::ingest::Problem;
use nengce_core::ingest::energy::Entry;
use nengce_core::ingest::scalar::{Scalar, key_is, once};
use nengce_shared::problem::ProblemCode;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::records::Record;

/// Ends in an error, not quietly, past its bound.
pub struct Bounded<R> {
    pub plain: R,
    pub left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.plain.read(into)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| std::io::Error::other("unpacked beyond the limit"))?;
        Ok(read)
    }
}

/// A rejected row as it is kept: its cells, cut where they are long.
pub fn shown<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let mut kept = String::new();
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            kept.push(',');
        }
        let left = KEPT_BYTES.saturating_sub(kept.len());
        if cell.len() > left {
            let end = (0..=left).rev().find(|it| cell.is_char_boundary(*it));
            kept.push_str(&cell[..end.unwrap_or(0)]);
            kept.push('…');
            break;
        }
        kept.push_str(cell);
    }
    kept
}

/// Bytes of a rejected row that are kept with its reason.
pub const KEPT_BYTES: usize = 2_000;

/// How far the reader of CSV reads ahead.
pub const LOOK_AHEAD_BYTES: u64 = 16 << 10;

/// Ends in an error beyond a place that moves on with every row.
pub struct UpTo {
    pub text: Box<dyn BufRead>,
    pub read: u64,
    pub allowed: Rc<Cell<u64>>,
}

impl Read for UpTo {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.read > self.allowed.get() {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        let read = self.text.read(into)?;
        self.read += read as u64;
        Ok(read)
    }
}

pub fn skip_line(text: &mut dyn BufRead) -> std::io::Result<()> {
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
pub fn read_line(line: &[u8]) -> Result<Record<'_>, Problem> {
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
