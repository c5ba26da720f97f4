//! Uploads of industry systems as rows: NDJSON, CSV, Parquet or Arrow IPC, read from a file in bounded pieces.
//! Every row is checked by the one function for records; nothing of a row is kept but its reading or its refusal.

mod columnar;
mod csv;
mod ndjson;
mod pieces;
mod same_period;

use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;

use flate2::read::MultiGzDecoder;
use nengce_core::reference::Dictionaries;
use nengce_messages::{Bounds, Problem, Reading, Rejected};
use nengce_shared::problem::ProblemCode;

use super::records::Columns;
use crate::import::checked_file::Units;
use crate::store::imports::column_files;
use pieces::Pieces;

/// Text unpacks to so many times the bytes allowed as sent.
const UNPACKED_TIMES: u64 = 8;

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

fn columns(header: &[String]) -> Result<Columns, Problem> {
    Columns::of(header, &[]).map_err(|it| Problem::new("header", it.code, it.detail))
}

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
