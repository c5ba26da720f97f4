//! Uploads of industry systems as rows: NDJSON, CSV, Parquet or Arrow IPC, read from a file in bounded pieces.
//! Every row is checked by the one function for records; nothing of a row is kept but its reading or its refusal.

use std::borrow::Cow;
use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use nengce_core::ingest::energy::Entry;
use nengce_core::ingest::envelope::{Scalar, key_is};
use nengce_core::ingest::{Bounds, Defect, Reading, Rejected};
use nengce_shared::problem::ProblemCode;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::clash;
use super::records::{self, Columns, Record, Units};
use crate::store::columnar::{self, Failure, TextRows};

/// Rows that are checked before they are handed over.
pub const PIECE_ROWS: usize = 20_000;

/// Bytes of one row of text, at most.
const MAX_ROW_BYTES: u64 = 64 << 10;

/// Text unpacks to so many times the bytes allowed as sent.
const UNPACKED_TIMES: u64 = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Ndjson,
    Csv,
    Parquet,
    Arrow,
}

impl Format {
    /// By media type, its parameters left aside.
    pub fn of(content_type: &str) -> Option<Self> {
        let media = content_type.split(';').next().unwrap_or_default().trim();
        match media.to_ascii_lowercase().as_str() {
            "application/x-ndjson" | "application/ndjson" | "application/jsonl" => {
                Some(Self::Ndjson)
            }
            "text/csv" => Some(Self::Csv),
            "application/vnd.apache.parquet" | "application/x-parquet" => Some(Self::Parquet),
            "application/vnd.apache.arrow.stream" | "application/vnd.apache.arrow.file" => {
                Some(Self::Arrow)
            }
            _ => None,
        }
    }

    pub fn is_text(self) -> bool {
        matches!(self, Self::Ndjson | Self::Csv)
    }
}

/// One row, checked; `unit` 0 where it names none that may be spoken for.
pub struct Row {
    /// From 1, a header and blank lines not counted.
    pub number: u32,
    pub unit: i32,
    pub reading: Result<Reading, Box<Rejected>>,
}

/// A file to read, and what its rows are checked against.
pub struct Source<'a> {
    pub path: PathBuf,
    pub format: Format,
    pub gzip: bool,
    pub max_bytes: u64,
    /// Rows that an earlier run of the same upload has done.
    pub skip: u32,
    pub bounds: Bounds,
    pub units: &'a Units<'a>,
}

/// Takes pieces of rows; false: no more are wanted.
pub type Take<'a> = dyn FnMut(Vec<Row>) -> bool + 'a;

impl Source<'_> {
    /// Reads to the end; a defect is one of the file as a whole, after the rows handed over before.
    pub fn read(&self, take: &mut Take<'_>) -> Result<(), Defect> {
        let mut pieces = Pieces {
            source: self,
            number: 0,
            rows: Vec::new(),
            take,
        };
        match self.format {
            Format::Ndjson => pieces.ndjson(self.text()?)?,
            Format::Csv => pieces.csv(self.text()?)?,
            Format::Parquet | Format::Arrow => pieces.columnar(&self.path)?,
        }
        pieces.hand_over();
        Ok(())
    }

    fn text(&self) -> Result<Box<dyn BufRead>, Defect> {
        let file = File::open(&self.path).map_err(|error| broken(&error))?;
        let most = self.max_bytes.saturating_mul(UNPACKED_TIMES);
        Ok(if self.gzip {
            let plain = MultiGzDecoder::new(BufReader::new(file));
            Box::new(BufReader::new(Bounded { plain, left: most }))
        } else {
            Box::new(BufReader::new(file))
        })
    }
}

/// Ends in an error, not quietly, past its bound.
struct Bounded<R> {
    plain: R,
    left: u64,
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

fn broken(error: &dyn fmt::Display) -> Defect {
    let why = error.to_string();
    Defect::new("body", ProblemCode::BodyEncodingBroken, "").hint(&*why, &*why)
}

struct Pieces<'a, 'b> {
    source: &'a Source<'a>,
    number: u32,
    rows: Vec<Row>,
    take: &'b mut Take<'b>,
}

impl Pieces<'_, '_> {
    fn hand_over(&mut self) -> bool {
        clash::part(&mut self.rows, self.source.bounds.ends.is_some());
        self.rows.is_empty() || (self.take)(std::mem::take(&mut self.rows))
    }

    /// Counts a row; whether it is still to be done.
    fn next(&mut self) -> bool {
        self.number += 1;
        self.number > self.source.skip
    }

    /// Checks a record; false: no more are wanted.
    fn put(&mut self, record: &Record<'_>, entry: impl FnOnce() -> String) -> bool {
        let source = self.source;
        match records::check(record, source.units, &source.bounds) {
            Ok((unit, reading)) => self.push(unit, Ok(reading)),
            Err(defect) => {
                let unit = record.enterprise.text();
                let unit = unit.and_then(|it| (source.units)(&it).ok()).unwrap_or(0);
                self.push(unit, Err(Box::new(defect.at(self.number, entry()))))
            }
        }
    }

    fn refuse(&mut self, defect: Defect, entry: String) -> bool {
        self.push(0, Err(Box::new(defect.at(self.number, entry))))
    }

    fn push(&mut self, unit: i32, reading: Result<Reading, Box<Rejected>>) -> bool {
        self.rows.push(Row {
            number: self.number,
            unit,
            reading,
        });
        self.rows.len() < PIECE_ROWS || self.hand_over()
    }

    fn ndjson(&mut self, mut text: Box<dyn BufRead>) -> Result<(), Defect> {
        let mut line = Vec::new();
        loop {
            line.clear();
            let mut bounded = (&mut text).take(MAX_ROW_BYTES + 1);
            let read = bounded.read_until(b'\n', &mut line);
            if read.map_err(|error| broken(&error))? == 0 {
                return Ok(());
            }
            let too_long = line.len() as u64 > MAX_ROW_BYTES && line.last() != Some(&b'\n');
            if too_long {
                skip_line(&mut text)?;
            }
            let whole = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
            if whole.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            if !self.next() {
                continue;
            }
            let shown = || String::from_utf8_lossy(&whole[..whole.len().min(2_000)]);
            let more = match read_line(whole) {
                _ if too_long => {
                    let defect = Defect::new("row", ProblemCode::EntryTooLong, "").hint(
                        format!("上限 {MAX_ROW_BYTES} 字节"),
                        format!("at most {MAX_ROW_BYTES} bytes"),
                    );
                    self.refuse(defect, shown().into_owned())
                }
                Ok(record) => self.put(&record, || shown().trim().to_owned()),
                Err(defect) => self.refuse(defect, shown().trim().to_owned()),
            };
            if !more {
                return Ok(());
            }
        }
    }

    fn csv(&mut self, text: Box<dyn BufRead>) -> Result<(), Defect> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text);
        let header = reader.headers().map_err(|error| broken(&error))?;
        let header: Vec<String> = header
            .iter()
            .map(|it| it.trim_start_matches('\u{feff}').trim().to_owned())
            .collect();
        let columns = columns(&header)?;
        let mut line = csv::StringRecord::new();
        loop {
            match reader.read_record(&mut line) {
                Ok(false) => return Ok(()),
                Ok(true) if !self.next() => {}
                Ok(true) => {
                    let record = columns.record(|at| line.get(at));
                    let entry = || line.iter().collect::<Vec<_>>().join(",");
                    if !self.put(&record, entry) {
                        return Ok(());
                    }
                }
                Err(error) if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) => {
                    let defect = Defect::new("row", ProblemCode::EntryFieldUnreadable, "UTF-8");
                    if self.next() && !self.refuse(defect, String::new()) {
                        return Ok(());
                    }
                }
                Err(error) => return Err(broken(&error)),
            }
        }
    }

    fn columnar(&mut self, path: &Path) -> Result<(), Defect> {
        let format = self.source.format;
        let mut reader = Columnar {
            pieces: self,
            columns: None,
        };
        let done = match format {
            Format::Parquet => columnar::parquet(path, &mut reader),
            _ => columnar::arrow(path, &mut reader),
        };
        done.map_err(|failure| match failure {
            Failure::Reader(defect) => defect,
            Failure::Unreadable(why) => {
                Defect::new("body", ProblemCode::ImportFileUnreadable, "").hint(&*why, &*why)
            }
        })
    }
}

fn skip_line(text: &mut dyn BufRead) -> Result<(), Defect> {
    loop {
        let held = text.fill_buf().map_err(|error| broken(&error))?;
        let end = held.iter().position(|it| *it == b'\n');
        let used = end.map_or(held.len(), |it| it + 1);
        text.consume(used);
        if end.is_some() || used == 0 {
            return Ok(());
        }
    }
}

fn columns(header: &[String]) -> Result<Columns, Defect> {
    Columns::of(header, &[]).map_err(|it| Defect::new("header", it.code, it.detail))
}

struct Columnar<'a, 'b, 'c> {
    pieces: &'a mut Pieces<'b, 'c>,
    columns: Option<Columns>,
}

impl columnar::Reader<Defect> for Columnar<'_, '_, '_> {
    fn header(&mut self, names: Vec<String>) -> Result<(), Defect> {
        self.columns = Some(columns(&names)?);
        Ok(())
    }

    fn batch(&mut self, rows: &TextRows) -> Result<bool, Defect> {
        let Some(columns) = &self.columns else {
            return Ok(false);
        };
        for row in 0..rows.rows {
            if !self.pieces.next() {
                continue;
            }
            let record = columns.record(|at| rows.cell(row, at));
            let entry = || {
                let cells = (0..rows.columns()).map(|at| rows.cell(row, at).unwrap_or(""));
                cells.collect::<Vec<_>>().join(",")
            };
            if !self.pieces.put(&record, entry) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// One line of NDJSON.
fn read_line(line: &[u8]) -> Result<Record<'_>, Defect> {
    let unreadable = |why: String| {
        Defect::new("row", ProblemCode::EntryFieldUnreadable, "").hint(why.clone(), why)
    };
    let text = std::str::from_utf8(line).map_err(|error| unreadable(error.to_string()))?;
    if !text.trim_start().starts_with('{') {
        return Err(Defect::new("row", ProblemCode::EntryNotObject, ""));
    }
    let wrong = |error: serde_json::Error| match error.to_string() {
        why if why.contains("number out of range") => {
            Defect::new("dataValue", ProblemCode::EntryValueNotFinite, "")
        }
        why => unreadable(why),
    };
    let entry: Entry<'_> = serde_json::from_str(text).map_err(wrong)?;
    let Speaker(enterprise) = serde_json::from_str(text).map_err(wrong)?;
    Ok(Record { enterprise, entry })
}

/// The attribute that a terminal's envelope carries and a row has for itself.
struct Speaker<'a>(Scalar<'a>);

impl<'de: 'a, 'a> Deserialize<'de> for Speaker<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SpeakerVisitor;
        impl<'de> Visitor<'de> for SpeakerVisitor {
            type Value = Speaker<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Speaker<'de>, A::Error> {
                let mut speaker = Speaker(Scalar::Missing);
                while let Some(key) = map.next_key::<Cow<'de, str>>()? {
                    if key_is(&key, "enterpriseCode") {
                        speaker.0 = map.next_value()?;
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
