//! Checks the rows of a bulk upload and hands them over in bounded pieces.

use nengce_messages::{Problem, Reading, Rejected};
use nengce_shared::problem::ProblemCode;

use super::same_period;
use super::{Limits, Row, Source, Take};
use crate::import::readings::records::{self, Record};

/// Rows that are checked before they are handed over.
const PIECE_ROWS: usize = 20_000;

/// Bytes of rejected rows and reasons in one piece; more are handed over sooner.
const MOST_REJECTED_BYTES_PER_PART: usize = 8 << 20;

/// Rows that are checked and handed over piece by piece.
pub(super) struct Pieces<'a, 'b> {
    pub source: &'a Source<'a>,
    pub number: u32,
    pub rejected: u32,
    pub rejected_bytes: usize,
    pub rows: Vec<Row>,
    pub take: &'b mut Take<'b>,
}

impl Pieces<'_, '_> {
    pub(super) fn hand_over(&mut self) -> bool {
        self.rejected_bytes = 0;
        same_period::reject_duplicates(&mut self.rows, self.source.bounds.ends.is_some());
        self.rows.is_empty() || (self.take)(std::mem::take(&mut self.rows))
    }

    /// Counts a row; whether it is still to be done.
    pub(super) fn next(&mut self) -> bool {
        self.number += 1;
        self.number > self.source.skip
    }

    /// Why the reading ended before the file did.
    pub(super) fn end(&self) -> Result<(), Problem> {
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
    pub(super) fn put(&mut self, record: &Record<'_>, entry: impl FnOnce() -> String) -> bool {
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

    pub(super) fn refuse(&mut self, problem: Problem, entry: String) -> bool {
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
}
