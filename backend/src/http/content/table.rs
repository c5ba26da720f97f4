//! Any list as a table: CSV with a byte-order mark, XLSX with a frozen header, Parquet; headers zh or en.
//! Figures go out at full precision; a missing one is an empty cell.

use nengce_shared::lang::Lang;
use nengce_shared::parquet;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// Media type of CSV as sent.
pub const CSV: &str = "text/csv; charset=utf-8";
/// Media type of XLSX.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub use nengce_shared::parquet::MEDIA as PARQUET;
/// The content of a cell.
pub use nengce_shared::parquet::Value as Cell;

/// A column of rows `T`: its two headers and how a row fills it.
pub struct Column<T> {
    pub zh: &'static str,
    pub en: &'static str,
    pub cell: fn(&T, Lang) -> Cell,
}

impl<T> Column<T> {
    pub const fn new(zh: &'static str, en: &'static str, cell: fn(&T, Lang) -> Cell) -> Self {
        Self { zh, en, cell }
    }
}

/// A table ready to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Base of the file name.
    pub name: String,
    pub head: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Rows laid out in columns.
    pub fn of<'a, T: 'a>(
        name: &str,
        rows: impl IntoIterator<Item = &'a T>,
        columns: &[Column<T>],
        lang: Lang,
    ) -> Self {
        Self {
            name: name.to_owned(),
            head: columns.iter().map(|it| lang.pick(it.zh, it.en).to_owned()).collect(),
            rows: rows
                .into_iter()
                .map(|row| columns.iter().map(|it| (it.cell)(row, lang)).collect())
                .collect(),
        }
    }

    /// CSV in UTF-8 with the byte-order mark that spreadsheets look for.
    pub fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer(vec![0xEF, 0xBB, 0xBF]);
        writer.write_record(&self.head)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|it| match it {
                Cell::Text(text) => nengce_shared::cell::guarded(text).into_owned(),
                Cell::Number(number) => number.to_string(),
                Cell::Missing => String::new(),
            }))?;
        }
        writer.into_inner().map_err(|error| error.into_error().into())
    }

    /// One sheet with a bold, frozen header.
    pub fn xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let bold = Format::new().set_bold();
        let sheet = book.add_worksheet();
        sheet.set_freeze_panes(1, 0)?;
        for (column, head) in (0u16..).zip(&self.head) {
            sheet.write_string_with_format(0, column, head, &bold)?;
        }
        for (line, row) in (1u32..).zip(&self.rows) {
            for (column, cell) in (0u16..).zip(row) {
                match cell {
                    Cell::Text(text) => sheet.write_string(line, column, text)?,
                    Cell::Number(number) => sheet.write_number(line, column, *number)?,
                    Cell::Missing => continue,
                };
            }
        }
        book.save_to_buffer()
    }

    /// Parquet: the headers with their units as the column names, figures as doubles, a missing one as null.
    pub fn parquet(&self) -> Vec<u8> {
        parquet::write(&[("title", &self.name)], &self.head, &self.rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let columns = [
            Column::new("名称", "Name", |it: &(&str, Option<f64>), _| it.0.into()),
            Column::new("能耗, tce", "Energy, tce", |it, _| it.1.into()),
        ];
        Table::of("x", &[("甲,厂", Some(1234.5)), ("=1+1", None)], &columns, Lang::Zh)
    }

    #[test]
    fn csv_has_a_mark_quotes_and_empty_cells() {
        let text = String::from_utf8(table().csv().unwrap()).unwrap();
        assert_eq!(text, "\u{feff}名称,\"能耗, tce\"\n\"甲,厂\",1234.5\n'=1+1,\n");
    }

    #[test]
    fn a_workbook_reads_back() {
        use calamine::Reader;
        let bytes = table().xlsx().unwrap();
        let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        assert_eq!(sheet.height(), 3);
        assert_eq!(sheet.get_value((1, 1)).unwrap().to_string(), "1234.5");
    }
}
