//! Workbooks (XLSX) as rows of text: sheets listed, one read cell by cell as it stands in the file, so that memory follows
//! what is there and not how far apart it stands.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetVisible, Xlsx, XlsxError};
use nengce_messages::echo;
use nengce_shared::api::imports::ImportSheet;
use nengce_shared::problem::ProblemCode;

use super::grid::{Filling, Row, letters};
use crate::import::limits::{self, Limits};
use crate::import::problem::FileProblem;

/// A workbook's sheets have no more rows than these.
const ROWS_OF_A_SHEET: u32 = 1 << 20;

pub(super) fn unreadable(error: impl std::fmt::Display) -> FileProblem {
    FileProblem::new(ProblemCode::ImportFileUnreadable, error.to_string())
}

pub(super) struct Book<'a> {
    book: Xlsx<Cursor<&'a [u8]>>,
    pub sheets: Vec<ImportSheet>,
}

impl<'a> Book<'a> {
    /// Opens a workbook whose package has been checked.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, FileProblem> {
        let book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes))
            .map_err(|it: XlsxError| unreadable(it))?;
        let sheets: Vec<ImportSheet> = book
            .sheets_metadata()
            .iter()
            .filter(|it| it.typ == calamine::SheetType::WorkSheet)
            .map(|it| ImportSheet {
                name: it.name.clone(),
                hidden: it.visible != SheetVisible::Visible,
            })
            .collect();
        if sheets.len() > limits.sheets {
            let (zh, en) = ("工作表过多", "too many sheets; split the workbook");
            return Err(limits::beyond("max_import_sheets", limits.sheets, "", zh, en));
        }
        Ok(Self { book, sheets })
    }

    /// The rows of a sheet that hold anything, at most `most` of them.
    pub(super) fn rows(
        &mut self,
        sheet: &str,
        most: usize,
        limits: &Limits,
    ) -> Result<Vec<Row>, FileProblem> {
        let mut reader = self.book.worksheet_cells_reader(sheet).map_err(unreadable)?;
        let mut filling = Filling::new(limits);
        let mut line = 0;
        let mut cells: Vec<String> = Vec::new();
        let mut taken = 0;
        while let Some(cell) = reader.next_cell().map_err(unreadable)? {
            let text = text(cell.get_value());
            if text.is_empty() {
                continue;
            }
            let (row, column) = cell.get_position();
            let column = column as usize;
            let place = || format!("{sheet}!{}{}", letters(column), u64::from(row) + 1);
            if row >= ROWS_OF_A_SHEET {
                return Err(limits::too_many_rows(limits, &place()));
            }
            if column >= limits.columns {
                return Err(limits::too_many_columns(limits, &place()));
            }
            if text.len() > limits.cell_bytes {
                return Err(limits::cell_too_long(limits, &place()));
            }
            if row + 1 != line {
                if row + 1 < line {
                    return Err(unreadable(format!(
                        "{}: 行的顺序颠倒 / rows are not in their order",
                        place()
                    )));
                }
                push(&mut filling, sheet, line, &mut cells)?;
                taken += usize::from(line > 0);
                if taken >= most {
                    return Ok(filling.finish());
                }
                line = row + 1;
            }
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            cells[column] = text;
        }
        push(&mut filling, sheet, line, &mut cells)?;
        Ok(filling.finish())
    }
}

fn push(
    filling: &mut Filling<'_>,
    sheet: &str,
    line: u32,
    cells: &mut Vec<String>,
) -> Result<(), FileProblem> {
    let row = Row::new(line, cells.iter().map(String::as_str));
    cells.clear();
    filling.push(row, || format!("{sheet}!{line}"))
}

fn text(it: &DataRef<'_>) -> String {
    match it {
        DataRef::Empty => String::new(),
        DataRef::String(it) | DataRef::DateTimeIso(it) | DataRef::DurationIso(it) => {
            it.trim().to_owned()
        }
        DataRef::SharedString(it) => it.trim().to_owned(),
        DataRef::DateTime(at) => moment(*at).unwrap_or_else(|| at.to_string()),
        DataRef::Int(it) => it.to_string(),
        DataRef::Float(it) => it.to_string(),
        DataRef::Bool(it) => it.to_string(),
        DataRef::Error(it) => it.to_string(),
    }
}

pub(super) fn moment(at: calamine::ExcelDateTime) -> Option<String> {
    let (year, month, day, hour, minute, second, milli) = at.to_ymd_hms_milli();
    let date = jiff::civil::Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok()?;
    let time = jiff::civil::Time::new(hour as i8, minute as i8, second as i8, 0).ok()?;
    let carry = jiff::SignedDuration::from_secs(i64::from(milli >= 500));
    Some(date.to_datetime(time).saturating_add(carry).strftime("%Y-%m-%d %H:%M:%S").to_string())
}

/// The sheet of a name, blanks around it aside.
pub(super) fn find_sheet(sheets: &[ImportSheet], name: &str) -> Result<String, FileProblem> {
    let found = sheets.iter().find(|it| it.name.trim() == name.trim());
    found.map(|it| it.name.clone()).ok_or_else(|| {
        let all: Vec<&str> = sheets.iter().map(|it| it.name.as_str()).collect();
        FileProblem::new(
            ProblemCode::ImportColumnMissing,
            format!("没有工作表「{}」 / no sheet of this name（{}）", echo(name), all.join(", ")),
        )
    })
}
