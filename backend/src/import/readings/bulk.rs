//! Uploads of industry systems as rows: NDJSON, CSV, Parquet or Arrow IPC, read from a file in bounded pieces.
//! Every row is checked by the one function for records; nothing of a row is kept but its reading or its refusal.

use std::cell::Cell;
use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use flate2::read::MultiGzDecoder;
use nengce_core::ingest::{Bounds, Problem, Reading, Rejected};
use nengce_core::reference::Dictionaries;
use nengce_shared::problem::ProblemCode;

use super::bulk_text::{Bounded, KEPT_BYTES, LOOK_AHEAD_BYTES, UpTo, read_line, shown, skip_line};
use super::records::{self, Columns, Record, Units};
use super::same_period;
use crate::store::imports::column_files::{self, Failure, TextRows};

/// Rows that are checked before they are handed over.
pub const PIECE_ROWS: usize = 20_000;

/// Text unpacks to so many times the bytes allowed as sent.
const UNPACKED_TIMES: u64 = 8;

/// Bytes of rejected rows and reasons in one piece; more are handed over sooner.
const MOST_REJECTED_BYTES_PER_PART: usize = 8 << 20;

/// What an upload may hold.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of the file as sent.
    pub bytes: u64,
    pub rows: u32,
    /// Bytes of one row of text, or of one cell of a columnar file.
    pub row_bytes: u64,
    /// Rows rejected; with more the upload ends.
    pub rejected: u32,
    pub columnar: column_files::Bounds,
}

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
    pub limits: Limits,
    /// Rows that an earlier run of the same upload has done.
    pub skip: u32,
    pub bounds: Bounds,
    pub units: &'a Units<'a>,
    pub dictionaries: &'a Dictionaries,
}

/// Takes pieces of rows; false: no more are wanted.
pub type Take<'a> = dyn FnMut(Vec<Row>) -> bool + 'a;

impl Source<'_> {
    /// Reads to the end; a problem is one of the file as a whole, after the rows handed over before.
    pub fn read(&self, take: &mut Take<'_>) -> Result<(), Problem> {
        let mut pieces = Pieces {
            source: self,
            number: 0,
            rejected: 0,
            rejected_bytes: 0,
            rows: Vec::new(),
            take,
        };
        let done = match self.format {
            Format::Ndjson => self.text().and_then(|it| pieces.ndjson(it)),
            Format::Csv => self.text().and_then(|it| pieces.csv(it)),
            Format::Parquet | Format::Arrow => pieces.columnar(&self.path),
        };
        // What was read before a problem counts.
        pieces.hand_over();
        done?;
        pieces.end()
    }

    fn text(&self) -> Result<Box<dyn BufRead>, Problem> {
        let file = File::open(&self.path).map_err(|error| broken(&error))?;
        let most = self.limits.bytes.saturating_mul(UNPACKED_TIMES);
        Ok(if self.gzip {
            let plain = MultiGzDecoder::new(BufReader::new(file));
            Box::new(BufReader::new(Bounded { plain, left: most }))
        } else {
            Box::new(BufReader::new(file))
        })
    }
}

fn broken(error: &dyn fmt::Display) -> Problem {
    let why = error.to_string();
    Problem::new("body", ProblemCode::BodyEncodingBroken, "").hint(&*why, &*why)
}

struct Pieces<'a, 'b> {
    source: &'a Source<'a>,
    number: u32,
    rejected: u32,
    rejected_bytes: usize,
    rows: Vec<Row>,
    take: &'b mut Take<'b>,
}

impl Pieces<'_, '_> {
    fn hand_over(&mut self) -> bool {
        self.rejected_bytes = 0;
        same_period::reject_duplicates(&mut self.rows, self.source.bounds.ends.is_some());
        self.rows.is_empty() || (self.take)(std::mem::take(&mut self.rows))
    }

    /// Counts a row; whether it is still to be done.
    fn next(&mut self) -> bool {
        self.number += 1;
        self.number > self.source.skip
    }

    /// Why the reading ended before the file did.
    fn end(&self) -> Result<(), Problem> {
        let Limits { rows, rejected, .. } = self.source.limits;
        let place = self.number;
        let beyond = |key: &str, most: u32, zh: &str, en: &str| {
            Err(Problem::new("body", ProblemCode::TooManyEntries, "").hint(
                format!("第 {place} 条：{key} = {most}，{zh}"),
                format!("row {place}: {key} = {most}; {en}"),
            ))
        };
        match () {
            () if self.number > rows => {
                beyond("max_bulk_rows", rows, "请分批发送", "send it in parts")
            }
            () if self.rejected > rejected => beyond(
                "max_bulk_rejected_rows",
                rejected,
                "拒收过多，请先核对列名与格式",
                "too many rows are rejected: check the columns and their forms first",
            ),
            () => Ok(()),
        }
    }

    /// Checks a record; false: no more are wanted.
    fn put(&mut self, record: &Record<'_>, entry: impl FnOnce() -> String) -> bool {
        let source = self.source;
        match records::check(record, source.units, source.dictionaries, &source.bounds) {
            Ok((unit, reading)) => self.push(unit, Ok(reading)),
            Err(problem) => {
                let unit = record.enterprise.text();
                let unit = unit.and_then(|it| (source.units)(&it).ok()).unwrap_or(0);
                self.push(unit, Err(Box::new(problem.at(self.number, entry()))))
            }
        }
    }

    fn refuse(&mut self, problem: Problem, entry: String) -> bool {
        self.push(0, Err(Box::new(problem.at(self.number, entry))))
    }

    fn push(&mut self, unit: i32, reading: Result<Reading, Box<Rejected>>) -> bool {
        if let Err(it) = &reading {
            self.rejected += 1;
            self.rejected_bytes += it.entry.len() + it.reason_zh.len() + it.reason_en.len();
        }
        self.rows.push(Row { number: self.number, unit, reading });
        let full =
            self.rows.len() >= PIECE_ROWS || self.rejected_bytes >= MOST_REJECTED_BYTES_PER_PART;
        let more = !full || self.hand_over();
        more && self.end().is_ok()
    }

    fn ndjson(&mut self, mut text: Box<dyn BufRead>) -> Result<(), Problem> {
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

    fn csv(&mut self, text: Box<dyn BufRead>) -> Result<(), Problem> {
        let most = self.source.limits.row_bytes;
        // A quotation mark left open would take the rest of the file for one cell.
        let allowed = Rc::new(Cell::new(most + LOOK_AHEAD_BYTES));
        let text = UpTo { text, read: 0, allowed: Rc::clone(&allowed) };
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .buffer_capacity(LOOK_AHEAD_BYTES as usize)
            .from_reader(text);
        let failed = |number: u32, error: &csv::Error| match error.kind() {
            csv::ErrorKind::Io(it) if it.kind() == std::io::ErrorKind::FileTooLarge => {
                Problem::new("row", ProblemCode::EntryTooLong, "").hint(
                    format!(
                        "第 {} 条：max_bulk_row_bytes = {most}，是否有引号未闭合？",
                        number + 1
                    ),
                    format!(
                        "row {}: max_bulk_row_bytes = {most}; is a quotation mark left open?",
                        number + 1
                    ),
                )
            }
            _ => broken(error),
        };
        let header = reader.headers().map_err(|error| failed(0, &error))?;
        let header: Vec<String> =
            header.iter().map(|it| it.trim_start_matches('\u{feff}').trim().to_owned()).collect();
        let columns = columns(&header)?;
        let mut line = csv::StringRecord::new();
        loop {
            allowed.set(reader.position().byte() + most + LOOK_AHEAD_BYTES);
            match reader.read_record(&mut line) {
                Ok(false) => return Ok(()),
                Ok(true) if !self.next() => {}
                Ok(true) => {
                    let record = columns.record(|at| line.get(at));
                    let entry = || shown(line.iter());
                    let (found, wanted) = (line.len(), header.len());
                    let surplus = line.iter().skip(wanted).any(|it| !it.trim().is_empty());
                    let more = match surplus {
                        false => self.put(&record, entry),
                        // A comma inside a value pushes the rest of its row aside.
                        true => {
                            let problem = Problem::new("row", ProblemCode::ImportRowLength, "").hint(
                                format!("{found} 列，表头 {wanted} 列；数值内的逗号须加引号"),
                                format!("{found} fields, the header has {wanted}; commas of a value need quotes"),
                            );
                            self.refuse(problem, entry())
                        }
                    };
                    if !more {
                        return Ok(());
                    }
                }
                Err(error) if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) => {
                    let problem = Problem::new("row", ProblemCode::EntryFieldUnreadable, "UTF-8");
                    if self.next() && !self.refuse(problem, String::new()) {
                        return Ok(());
                    }
                }
                Err(error) => return Err(failed(self.number, &error)),
            }
        }
    }

    fn columnar(&mut self, path: &Path) -> Result<(), Problem> {
        let (format, bounds) = (self.source.format, self.source.limits.columnar);
        let mut reader = Columnar { pieces: self, columns: None };
        let done = match format {
            Format::Parquet => column_files::parquet(path, &bounds, &mut reader),
            _ => column_files::arrow(path, &bounds, &mut reader),
        };
        done.map_err(|failure| match failure {
            Failure::Reader(problem) => problem,
            Failure::Unreadable(why) => {
                Problem::new("body", ProblemCode::ImportFileUnreadable, "").hint(&*why, &*why)
            }
        })
    }
}

fn columns(header: &[String]) -> Result<Columns, Problem> {
    Columns::of(header, &[]).map_err(|it| Problem::new("header", it.code, it.detail))
}

struct Columnar<'a, 'b, 'c> {
    pieces: &'a mut Pieces<'b, 'c>,
    columns: Option<Columns>,
}

impl column_files::Reader<Problem> for Columnar<'_, '_, '_> {
    /// Only the fields of a record become text, in the order of the file.
    fn header(&mut self, names: Vec<String>) -> Result<Vec<usize>, Problem> {
        let mut wanted: Vec<usize> = columns(&names)?.places().collect();
        wanted.sort_unstable();
        wanted.dedup();
        let names: Vec<String> = wanted.iter().map(|it| names[*it].clone()).collect();
        self.columns = Some(columns(&names)?);
        Ok(wanted)
    }

    fn batch(&mut self, rows: &TextRows) -> Result<bool, Problem> {
        let Some(columns) = &self.columns else {
            return Ok(false);
        };
        for row in 0..rows.rows {
            if !self.pieces.next() {
                continue;
            }
            let record = columns.record(|at| rows.cell(row, at));
            let entry = || shown((0..rows.columns()).map(|at| rows.cell(row, at).unwrap_or("")));
            if !self.pieces.put(&record, entry) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
