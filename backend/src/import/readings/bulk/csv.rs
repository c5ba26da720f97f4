//! Reads a bulk upload of CSV. The bound of a row also holds where a quotation mark is left open.

use std::cell::Cell;
use std::io::{BufRead, Read};
use std::rc::Rc;

use nengce_messages::Problem;
use nengce_shared::problem::ProblemCode;

use super::pieces::Pieces;
use super::{broken, columns, shown};

/// How far the reader of CSV reads ahead.
const LOOK_AHEAD_BYTES: u64 = 16 << 10;

/// Ends in an error beyond a place that moves on with every row.
struct UpTo {
    text: Box<dyn BufRead>,
    read: u64,
    allowed: Rc<Cell<u64>>,
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

impl Pieces<'_, '_> {
    pub(super) fn csv(&mut self, text: Box<dyn BufRead>) -> Result<(), Problem> {
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
}
