//! A CSV or XLSX file as a header and rows of text, each with its line.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use nengce_core::ingest::echo;
use nengce_shared::problem::ProblemCode;

use super::FileProblem;

#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Names by which columns are found.
    pub header: Vec<String>,
    /// The header as the file has it.
    pub titles: Vec<String>,
    pub rows: Vec<Row>,
    pub format: Format,
}

/// How the file was written; refused rows go back the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// With its delimiter.
    Csv(u8),
    Xlsx,
}

impl Format {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv(_) => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Counted from 1, the header included.
    pub line: u32,
    pub cells: Vec<String>,
}

impl Sheet {
    /// Reads XLSX by its signature, everything else as UTF-8 CSV.
    pub fn read(bytes: &[u8]) -> Result<Self, FileProblem> {
        let sheet = if bytes.starts_with(b"PK\x03\x04") {
            workbook(bytes)?
        } else {
            text(bytes)?
        };
        for (at, name) in sheet.header.iter().enumerate() {
            if !name.is_empty() && sheet.header[..at].contains(name) {
                return Err(FileProblem::new(
                    ProblemCode::ImportColumnDuplicate,
                    echo(name),
                ));
            }
        }
        Ok(sheet)
    }

    /// Takes a column under another name from now on.
    pub fn rename(&mut self, column: &str, to: &str) -> Result<(), FileProblem> {
        let at = self.column(column)?;
        self.header[at] = to.to_owned();
        Ok(())
    }

    /// Where a column stands: by its exact name, else without regard to case and blanks around it.
    pub fn column(&self, name: &str) -> Result<usize, FileProblem> {
        let near = |it: &String| it.trim().eq_ignore_ascii_case(name.trim());
        self.header
            .iter()
            .position(|it| it == name)
            .or_else(|| self.header.iter().position(near))
            .ok_or_else(|| {
                let (name, there) = (echo(name), echo(&self.header.join(", ")));
                FileProblem::new(
                    ProblemCode::ImportColumnMissing,
                    format!("{name}（{there}）"),
                )
            })
    }
}

fn unreadable(error: impl std::fmt::Display) -> FileProblem {
    FileProblem::new(ProblemCode::ImportFileUnreadable, error.to_string())
}

fn text(bytes: &[u8]) -> Result<Sheet, FileProblem> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes)
        .map_err(|error| unreadable(format!("UTF-8: {error}; 另存为 UTF-8 / save it as UTF-8")))?;
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|it| first.bytes().filter(|byte| byte == it).count())
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .map_err(unreadable)?
        .iter()
        .map(|it| it.trim().to_owned())
        .collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let line = record.position().map_or(0, csv::Position::line);
        rows.push(Row {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            cells: record.iter().map(|it| it.trim().to_owned()).collect(),
        });
    }
    Ok(Sheet {
        titles: header.clone(),
        header,
        rows,
        format: Format::Csv(delimiter),
    })
}

fn workbook(bytes: &[u8]) -> Result<Sheet, FileProblem> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes))
        .map_err(|it: calamine::XlsxError| unreadable(it))?;
    let range = book
        .worksheet_range_at(0)
        .ok_or_else(|| unreadable("no worksheet"))?
        .map_err(unreadable)?;
    let start = range.start().map_or(0, |it| it.0);
    let mut lines = range.rows();
    let header: Vec<String> = lines
        .next()
        .unwrap_or_default()
        .iter()
        .map(|it| cell(it).trim().to_owned())
        .collect();
    let rows = lines
        .enumerate()
        .map(|(at, cells)| Row {
            line: start + at as u32 + 2,
            cells: cells.iter().map(cell).collect(),
        })
        .filter(|it| it.cells.iter().any(|cell| !cell.is_empty()))
        .collect();
    Ok(Sheet {
        titles: header.clone(),
        header,
        rows,
        format: Format::Xlsx,
    })
}

fn cell(it: &Data) -> String {
    match it {
        Data::Empty => String::new(),
        Data::DateTime(at) => moment(*at).unwrap_or_else(|| at.to_string()),
        other => other.to_string().trim().to_owned(),
    }
}

fn moment(at: calamine::ExcelDateTime) -> Option<String> {
    let (year, month, day, hour, minute, second, milli) = at.to_ymd_hms_milli();
    let date = jiff::civil::Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok()?;
    let time = jiff::civil::Time::new(hour as i8, minute as i8, second as i8, 0).ok()?;
    let carry = jiff::SignedDuration::from_secs(i64::from(milli >= 500));
    Some(
        date.to_datetime(time)
            .saturating_add(carry)
            .strftime("%Y-%m-%d %H:%M:%S")
            .to_string(),
    )
}
