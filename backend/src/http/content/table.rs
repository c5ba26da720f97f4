//! Any list as a table: CSV with a byte-order mark, Parquet, and a workbook (`workbook.rs`); headers zh or en.
//! Figures go out at full precision; a missing one is an empty cell.

use nengce_shared::lang::Lang;
use nengce_shared::parquet;

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
    /// Whether its figures are fractions that a workbook shows as percentages.
    pub percent: bool,
}

impl<T> Column<T> {
    pub const fn new(zh: &'static str, en: &'static str, cell: fn(&T, Lang) -> Cell) -> Self {
        Self { zh, en, cell, percent: false }
    }

    /// A column of fractions.
    pub const fn percent(zh: &'static str, en: &'static str, cell: fn(&T, Lang) -> Cell) -> Self {
        Self { zh, en, cell, percent: true }
    }
}

/// A table ready to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Base of the file name.
    pub name: String,
    /// Named lines that describe the table: above the head of a workbook, metadata of a Parquet file.
    pub notes: Vec<(String, String)>,
    pub head: Vec<String>,
    /// For each column whether its figures are fractions.
    pub percent: Vec<bool>,
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    pub fn new(name: &str, head: Vec<String>, rows: Vec<Vec<Cell>>) -> Self {
        Self { name: name.to_owned(), notes: Vec::new(), head, percent: Vec::new(), rows }
    }

    /// Rows laid out in columns.
    pub fn of<'a, T: 'a>(
        name: &str,
        rows: impl IntoIterator<Item = &'a T>,
        columns: &[Column<T>],
        lang: Lang,
    ) -> Self {
        Self {
            name: name.to_owned(),
            notes: Vec::new(),
            head: columns.iter().map(|it| lang.pick(it.zh, it.en).to_owned()).collect(),
            percent: columns.iter().map(|it| it.percent).collect(),
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

    /// The file is named for what it covers too: `units` of `120116` → `units-120116`.
    pub fn about(mut self, words: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        for word in words {
            let plain = |it: char| if it.is_ascii_alphanumeric() { it } else { '-' };
            self.name.push('-');
            self.name.extend(word.as_ref().chars().map(plain));
        }
        self
    }

    /// Parquet: the headers with their units as the column names, figures as doubles, a missing one as null.
    pub fn parquet(&self) -> Vec<u8> {
        let mut notes: Vec<(&str, &str)> =
            self.notes.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        if notes.is_empty() {
            notes.push(("title", &self.name));
        }
        parquet::write(&notes, &self.head, &self.rows)
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
    fn a_name_says_what_the_file_covers() {
        assert_eq!(
            table().about(["120116,120119", "2025-01-01"]).name,
            "x-120116-120119-2025-01-01"
        );
    }
}
