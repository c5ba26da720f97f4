//! Old workbooks (XLS of Excel 5 to 2003): the records of a sheet, cell by cell, whatever size its header claims.

mod records;
mod strings;

use encoding_rs::{Encoding, GBK, WINDOWS_1252};
use nengce_shared::api::imports::ImportSheet;

use super::cfb;
use super::grid::{Filling, Row, letters};
use super::layout::is_table;
use super::workbook::{find_sheet, moment, unreadable};
use crate::import::limits::{self, Limits};
use crate::import::problem::FileProblem;

use records::{BOF, CONTINUE, EOF, Records, compact, double, long, short, shows_date};
use strings::Cursor;

/// A stream of records without a container.
pub(super) fn is_bare(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x09, 0x08, 0x08, 0x00]) || bytes.starts_with(&[0x09, 0x08, 0x10, 0x00])
}

/// All sheets, the one that was read, and its rows.
pub(super) fn read(
    bytes: &[u8],
    wanted: Option<&str>,
    limits: &Limits,
) -> Result<(Vec<ImportSheet>, String, Vec<Row>), FileProblem> {
    let stream = match is_bare(bytes) {
        true => bytes.to_vec(),
        false => cfb::stream(bytes, &["Workbook", "Book"])
            .map_err(|why| unreadable(format!("XLS：{why}")))?,
    };
    let book = Book::of(&stream, limits)?;
    let mut sheets: Vec<ImportSheet> = book.sheets.iter().map(|it| it.name.clone()).collect();
    sheets.sort_by_key(|it| it.hidden);
    let rows_of = |name: &str| {
        let sheet = book.sheets.iter().find(|it| it.name.name == name);
        sheet.map_or(Ok(Vec::new()), |it| book.rows(it, limits))
    };
    if let Some(wanted) = wanted {
        let name = find_sheet(&sheets, wanted)?;
        let rows = rows_of(&name)?;
        return Ok((sheets, name, rows));
    }
    for sheet in &sheets {
        if let Some(rows) = rows_of(&sheet.name).ok().filter(|it| is_table(it)) {
            return Ok((sheets.clone(), sheet.name.clone(), rows));
        }
    }
    let first = sheets.first().map(|it| it.name.clone());
    let first = first.ok_or_else(|| unreadable("没有工作表 / no worksheet"))?;
    let rows = rows_of(&first)?;
    Ok((sheets, first, rows))
}

struct Sheet {
    name: ImportSheet,
    at: usize,
}

struct Book<'a> {
    stream: &'a [u8],
    unicode: bool,
    encoding: &'static Encoding,
    from_1904: bool,
    /// Of each cell style, whether it shows a date.
    dates: Vec<bool>,
    strings: Vec<String>,
    sheets: Vec<Sheet>,
}

enum Value {
    Shared(u32),
    Own(String),
}

impl<'a> Book<'a> {
    fn of(stream: &'a [u8], limits: &Limits) -> Result<Self, FileProblem> {
        let first = Records { stream, at: 0 }.next();
        let version = match first {
            Some((BOF, data)) => short(data, 0),
            _ => {
                return Err(unreadable(
                    "XLS：早于 Excel 5，请另存为 .xlsx / older than Excel 5: save it as .xlsx",
                ));
            }
        };
        let mut book = Self {
            stream,
            unicode: version >= 0x0600,
            encoding: GBK,
            from_1904: false,
            dates: Vec::new(),
            strings: Vec::new(),
            sheets: Vec::new(),
        };
        let (mut formats, mut styles, mut bounds) = (Vec::new(), Vec::new(), Vec::new());
        let mut records = Records { stream, at: 0 };
        while let Some((kind, data)) = records.next() {
            match kind {
                EOF => break,
                0x002f => {
                    return Err(unreadable(
                        "有密码保护，请去掉密码后导入 / protected by a password: remove it first",
                    ));
                }
                0x0042 if short(data, 0) == 1252 => book.encoding = WINDOWS_1252,
                0x0022 => book.from_1904 = short(data, 0) == 1,
                0x041e => formats
                    .push((short(data, 0), book.text(&data[2.min(data.len())..], book.unicode))),
                0x00e0 => styles.push(short(data, 2)),
                0x0085 => bounds.push(data),
                0x00fc => {
                    let mut parts = vec![data];
                    while let Some((CONTINUE, _)) = (Records { stream, at: records.at }).next() {
                        parts.extend(records.next().map(|it| it.1));
                    }
                    book.strings = Cursor::new(parts).table(limits)?;
                }
                _ => {}
            }
        }
        for data in bounds {
            let hidden = data.get(4).is_some_and(|it| it & 3 != 0);
            if data.get(5) != Some(&0) {
                continue;
            }
            let name = book.name(&data[6.min(data.len())..]);
            let at = long(data, 0) as usize;
            book.sheets.push(Sheet { name: ImportSheet { name, hidden }, at });
        }
        if book.sheets.len() > limits.sheets {
            let (zh, en) = ("工作表过多", "too many sheets; split the workbook");
            return Err(limits::beyond("max_import_sheets", limits.sheets, "", zh, en));
        }
        let is_date = |it: &u16| match formats.iter().find(|(at, _)| at == it) {
            Some((_, words)) => shows_date(words),
            None => matches!(it, 14..=22 | 27..=36 | 45..=47 | 50..=58),
        };
        book.dates = styles.iter().map(is_date).collect();
        Ok(book)
    }

    /// A text behind a length of two bytes, or of one.
    fn text(&self, data: &[u8], two: bool) -> String {
        let length = if two {
            usize::from(short(data, 0))
        } else {
            usize::from(*data.first().unwrap_or(&0))
        };
        self.letters(&data[(1 + usize::from(two)).min(data.len())..], length)
    }

    fn name(&self, data: &[u8]) -> String {
        let length = usize::from(*data.first().unwrap_or(&0));
        self.letters(&data[1.min(data.len())..], length)
    }

    fn letters(&self, data: &[u8], length: usize) -> String {
        if !self.unicode {
            return self.encoding.decode(&data[..length.min(data.len())]).0.into_owned();
        }
        let Some((flags, data)) = data.split_first() else {
            return String::new();
        };
        match flags & 1 {
            0 => data.iter().take(length).map(|it| char::from(*it)).collect(),
            _ => {
                let units = data.chunks_exact(2).take(length).map(|it| short(it, 0));
                char::decode_utf16(units).map(|it| it.unwrap_or('\u{fffd}')).collect()
            }
        }
    }

    fn number(&self, style: u16, value: f64) -> Value {
        let date = self.dates.get(usize::from(style)) == Some(&true);
        let shown = date.then(|| {
            let kind = calamine::ExcelDateTimeType::DateTime;
            moment(calamine::ExcelDateTime::new(value, kind, self.from_1904))
        });
        Value::Own(shown.flatten().unwrap_or_else(|| value.to_string()))
    }

    /// The rows of a sheet that hold anything.
    fn rows(&self, sheet: &Sheet, limits: &Limits) -> Result<Vec<Row>, FileProblem> {
        let mut cells: Vec<(u16, u16, Value)> = Vec::new();
        let mut depth = 0;
        let mut formula = None;
        let records = Records { stream: self.stream, at: sheet.at };
        for (kind, data) in records {
            let (row, column, style) = (short(data, 0), short(data, 2), short(data, 4));
            let value = match kind {
                BOF => {
                    depth += 1;
                    continue;
                }
                EOF if depth <= 1 => break,
                EOF => {
                    depth -= 1;
                    continue;
                }
                // A chart inside the sheet has records of its own.
                _ if depth > 1 => continue,
                0x0203 => self.number(style, double(data, 6)),
                0x027e => self.number(style, compact(long(data, 6))),
                0x00fd => Value::Shared(long(data, 6)),
                0x0204 | 0x00d6 => Value::Own(self.text(&data[6.min(data.len())..], true)),
                0x0205 if data.get(7) == Some(&0) => {
                    Value::Own((data.get(6) == Some(&1)).to_string())
                }
                0x0205 => Value::Own("#N/A".to_owned()),
                0x00bd => {
                    let last = data.len().saturating_sub(2);
                    for (at, pair) in
                        data.get(4..last).unwrap_or_default().chunks_exact(6).enumerate()
                    {
                        let at = column.saturating_add(u16::try_from(at).unwrap_or(u16::MAX));
                        cells.push((row, at, self.number(short(pair, 0), compact(long(pair, 2)))));
                    }
                    continue;
                }
                0x0006 => {
                    formula = Some((row, column));
                    match data.get(6..14) {
                        Some([0, _, _, _, _, _, 0xff, 0xff]) => continue,
                        Some([1, _, flag, _, _, _, 0xff, 0xff]) => {
                            Value::Own((*flag == 1).to_string())
                        }
                        Some([2, _, _, _, _, _, 0xff, 0xff]) => Value::Own("#N/A".to_owned()),
                        Some([3, _, _, _, _, _, 0xff, 0xff]) => continue,
                        _ => self.number(style, double(data, 6)),
                    }
                }
                0x0207 => {
                    if let Some((row, column)) = formula.take() {
                        cells.push((row, column, Value::Own(self.text(data, true))));
                    }
                    continue;
                }
                _ => continue,
            };
            cells.push((row, column, value));
            if cells.len() > limits.cells {
                return Err(limits::too_many_cells(limits, &sheet.name.name));
            }
        }
        cells.sort_by_key(|it| (it.0, it.1));
        self.fill(&sheet.name.name, &cells, limits)
    }

    fn fill(
        &self,
        name: &str,
        cells: &[(u16, u16, Value)],
        limits: &Limits,
    ) -> Result<Vec<Row>, FileProblem> {
        let mut filling = Filling::new(limits);
        for row in cells.chunk_by(|a, b| a.0 == b.0) {
            let line = u32::from(row[0].0) + 1;
            let width = usize::from(row[row.len() - 1].1) + 1;
            if width > limits.columns {
                let place = format!("{name}!{}{line}", letters(width - 1));
                return Err(limits::too_many_columns(limits, &place));
            }
            let mut texts = vec![""; width];
            for (_, column, value) in row {
                texts[usize::from(*column)] = match value {
                    Value::Own(it) => it.trim(),
                    Value::Shared(at) => self.strings.get(*at as usize).map_or("", |it| it.trim()),
                };
            }
            filling.push(Row::new(line, texts), || format!("{name}!{line}"))?;
        }
        Ok(filling.finish())
    }
}
