//! Reads one dictionary file with named columns in any order, and reports every bad cell with its line. It knows no
//! particular dictionary.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

/// The reason why a row of a dictionary cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowProblem {
    /// The line in the file, counted from 1 with the header.
    pub line: u64,
    /// The column.
    pub field: String,
    /// One of `unreadable`, `missing_column`, `unknown_column`, `empty`, `wrong_type`, `not_listed`, `duplicate`,
    /// `overlap`, `gap`, `dangling`.
    pub code: &'static str,
    /// The reason in Chinese.
    pub reason_zh: String,
    /// The reason in English.
    pub reason_en: String,
}

impl RowProblem {
    /// A problem at a line and a column.
    pub fn new(
        line: u64,
        field: &str,
        code: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self { line, field: field.to_owned(), code, reason_zh: zh.into(), reason_en: en.into() }
    }
}

impl fmt::Display for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, {}: {} ({})", self.line, self.field, self.reason_en, self.reason_zh)
    }
}

/// The origin of a value, which every row of every dictionary states.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Provenance {
    /// The edition of the source, such as `GB/T 2589-2020`.
    pub edition: String,
    /// The document or data set.
    pub source: String,
    /// The same in Chinese; `source` where the row names none.
    pub source_zh: String,
    /// One of [`CERTAINTIES`].
    pub certainty: String,
}

/// The words by which a row states how certain its value is.
pub const CERTAINTIES: [&str; 8] = [
    "found",
    "found-secondary",
    "inferred",
    "recalled",
    "measured",
    "assumed",
    "operator",
    "unknown",
];

/// A row of a dictionary that can read itself.
pub(super) trait Entry: Sized {
    /// The required columns, apart from those of the provenance.
    const COLUMNS: &'static [&'static str];
    /// The key that must be unique within the file.
    fn key(&self) -> String;
    /// Reads a row; unreadable cells become problems of the row.
    fn read(row: &mut Fields<'_>) -> Self;
}

/// A row with its line in the file, so that later checks can name it.
#[derive(Debug, Clone)]
pub(super) struct NumberedRow<T> {
    /// The line in the file, counted from 1 with the header.
    pub line: u64,
    /// The row.
    pub row: T,
}

/// A row while it is read; an unreadable cell gives a default value and a problem.
pub(super) struct Fields<'a> {
    line: u64,
    header: &'a csv::StringRecord,
    record: &'a csv::StringRecord,
    problems: &'a mut Vec<RowProblem>,
}

impl Fields<'_> {
    /// The text of a cell, which may be empty.
    pub(super) fn optional_text(&self, column: &str) -> String {
        let at = self.header.iter().position(|it| it == column);
        at.and_then(|it| self.record.get(it)).unwrap_or_default().trim().to_owned()
    }

    /// The text of a cell that must not be empty.
    pub(super) fn text(&mut self, column: &str) -> String {
        let text = self.optional_text(column);
        if text.is_empty() {
            self.refuse(column, "empty", "不能为空", "must not be empty");
        }
        text
    }

    /// Reads exactly `digits` decimal digits.
    pub(super) fn digits(&mut self, column: &str, digits: usize) -> String {
        let text = self.text(column);
        if !text.is_empty() && (text.len() != digits || !text.bytes().all(|it| it.is_ascii_digit()))
        {
            self.refuse(
                column,
                "wrong_type",
                format!("「{text}」应为 {digits} 位数字"),
                format!("'{text}' must be {digits} digits"),
            );
        }
        text
    }

    /// The number of a cell that must not be empty.
    pub(super) fn number(&mut self, column: &str) -> f64 {
        self.text(column);
        self.optional_number(column).unwrap_or_default()
    }

    /// The number of a cell, or `None` where it is empty.
    pub(super) fn optional_number(&mut self, column: &str) -> Option<f64> {
        let value: f64 = self.optional(column, "数值", "a number")?;
        if value.is_finite() {
            return Some(value);
        }
        self.refuse(column, "wrong_type", "应为有限数值", "must be a finite number");
        None
    }

    /// The date of a cell that must not be empty.
    pub(super) fn date(&mut self, column: &str) -> Date {
        self.text(column);
        self.optional_date(column).unwrap_or(Date::ZERO)
    }

    /// The date of a cell, or `None` where it is empty.
    pub(super) fn optional_date(&mut self, column: &str) -> Option<Date> {
        self.optional(column, "YYYY-MM-DD 日期", "a date YYYY-MM-DD")
    }

    /// The value of a cell, or `None` where it is empty; `zh` and `en` name the expected type.
    pub(super) fn optional<T: FromStr>(&mut self, column: &str, zh: &str, en: &str) -> Option<T> {
        let text = self.optional_text(column);
        if text.is_empty() {
            return None;
        }
        let value = text.parse().ok();
        if value.is_none() {
            self.refuse(
                column,
                "wrong_type",
                format!("「{text}」应为{zh}"),
                format!("'{text}' must be {en}"),
            );
        }
        value
    }

    /// Reads a word of a closed list.
    pub(super) fn one_of(&mut self, column: &str, words: &[&str]) -> String {
        let text = self.text(column);
        if !text.is_empty() && !words.contains(&text.as_str()) {
            let list = words.join(", ");
            self.refuse(
                column,
                "not_listed",
                format!("「{text}」不在可选值中：{list}"),
                format!("'{text}' is none of {list}"),
            );
        }
        text
    }

    /// The provenance that the row states.
    pub(super) fn provenance(&mut self) -> Provenance {
        let source = self.text("source");
        let source_zh = Some(self.optional_text(SOURCE_ZH)).filter(|it| !it.is_empty());
        Provenance {
            edition: self.text("edition"),
            source_zh: source_zh.unwrap_or_else(|| source.clone()),
            source,
            certainty: self.one_of("certainty", &CERTAINTIES),
        }
    }

    /// Adds a problem at a column.
    pub(super) fn refuse(
        &mut self,
        column: &str,
        code: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        self.problems.push(RowProblem::new(self.line, column, code, zh, en));
    }
}

const PROVENANCE: [&str; 3] = ["edition", "source", "certainty"];

/// A column of the provenance that a file may leave out.
const SOURCE_ZH: &str = "source_zh";

/// Reads all rows of a file.
///
/// # Errors
/// Every column and row that cannot be used.
pub(super) fn read_table<T: Entry>(content: &str) -> Result<Vec<NumberedRow<T>>, Vec<RowProblem>> {
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(content.as_bytes());
    let header = reader.headers().map_err(|error| vec![unreadable(1, &error)])?.clone();
    let mut problems = header_problems::<T>(&header);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut rows: Vec<NumberedRow<T>> = Vec::new();
    let mut seen = std::collections::HashMap::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                problems.push(unreadable(line, &error));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let before = problems.len();
        let row = T::read(&mut Fields {
            line,
            header: &header,
            record: &record,
            problems: &mut problems,
        });
        if problems.len() > before {
            continue;
        }
        if let Some(first) = seen.insert(row.key(), line) {
            problems.push(RowProblem::new(
                line,
                T::COLUMNS[0],
                "duplicate",
                format!("与第 {first} 行重复（{}）", row.key()),
                format!("repeats line {first} ({})", row.key()),
            ));
        }
        rows.push(NumberedRow { line, row });
    }
    if rows.is_empty() && problems.is_empty() {
        problems.push(RowProblem::new(1, T::COLUMNS[0], "empty", "没有数据行", "holds no rows"));
    }
    if problems.is_empty() { Ok(rows) } else { Err(problems) }
}

fn header_problems<T: Entry>(header: &csv::StringRecord) -> Vec<RowProblem> {
    let wanted: Vec<&str> = T::COLUMNS.iter().chain(&PROVENANCE).copied().collect();
    let missing =
        wanted.iter().filter(|it| !header.iter().any(|found| found == **it)).map(|column| {
            RowProblem::new(
                1,
                column,
                "missing_column",
                format!("缺少列 {column}"),
                format!("column {column} is missing"),
            )
        });
    let known = |it: &str| it == SOURCE_ZH || wanted.contains(&it);
    let unknown = header.iter().filter(|it| !known(it)).map(|column| {
        RowProblem::new(
            1,
            column,
            "unknown_column",
            format!("未知列 {column}"),
            format!("column {column} is not known"),
        )
    });
    missing.chain(unknown).collect()
}

fn unreadable(line: u64, error: &csv::Error) -> RowProblem {
    RowProblem::new(
        line,
        "",
        "unreadable",
        format!("无法读取：{error}"),
        format!("cannot be read: {error}"),
    )
}
