//! A table as it is in a file, before it is understood: rows of text with their line numbers, stored densely and
//! bounded.

use crate::import::limits::{self, Limits};
use crate::import::problem::FileProblem;

/// One row: its line in the file, counted from 1, and its cells, one text with the end of each.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    pub line: u32,
    text: Box<str>,
    ends: Box<[u32]>,
}

impl Row {
    pub fn new<'a>(line: u32, cells: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut text, mut ends) = (String::new(), Vec::new());
        for cell in cells {
            text.push_str(cell);
            ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        }
        Self { line, text: text.into(), ends: ends.into() }
    }

    /// The cell's text without blanks around it; `None` beyond the row's end.
    pub fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)? as usize;
        let start = at.checked_sub(1).map_or(0, |it| self.ends[it] as usize);
        Some(self.text[start..end].trim())
    }

    /// As `get`, and empty beyond the row's end.
    pub fn cell(&self, at: usize) -> &str {
        self.get(at).unwrap_or_default()
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.cell(at))
    }

    /// Nothing but blanks.
    pub fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }

    /// How many cells have a text.
    pub fn filled(&self) -> usize {
        self.cells().filter(|it| !it.is_empty()).count()
    }
}

/// Takes rows in, one after the other, within the limits.
#[derive(Debug)]
pub(super) struct Filling<'a> {
    limits: &'a Limits,
    rows: Vec<Row>,
    cells: usize,
    bytes: usize,
}

impl<'a> Filling<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self { limits, rows: Vec::new(), cells: 0, bytes: 0 }
    }

    /// Adds a row; blank ones are left out. `place` is asked only when the row goes beyond a limit.
    pub(super) fn push(&mut self, row: Row, place: impl Fn() -> String) -> Result<(), FileProblem> {
        let limits = self.limits;
        if row.is_blank() {
            return Ok(());
        }
        if row.len() > limits.columns {
            return Err(limits::too_many_columns(limits, &place()));
        }
        if row.text.len() > limits.cell_bytes
            && (0..row.len()).any(|at| row.cell(at).len() > limits.cell_bytes)
        {
            return Err(limits::cell_too_long(limits, &place()));
        }
        if self.rows.len() >= limits.rows {
            return Err(limits::too_many_rows(limits, &place()));
        }
        self.cells += row.len();
        if self.cells > limits.cells {
            return Err(limits::too_many_cells(limits, &place()));
        }
        self.bytes += row.text.len();
        if self.bytes > limits.text_bytes {
            return Err(limits::too_much_text(limits, &place()));
        }
        self.rows.push(row);
        Ok(())
    }

    pub(super) fn finish(self) -> Vec<Row> {
        self.rows
    }
}

/// The letters of a column as a workbook's program shows them.
pub fn letters(mut at: usize) -> String {
    let mut found = Vec::new();
    loop {
        found.push(b'A' + (at % 26) as u8);
        match (at / 26).checked_sub(1) {
            Some(next) => at = next,
            None => break,
        }
    }
    found.iter().rev().map(|it| char::from(*it)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_workbooks_name_them() {
        let found: Vec<String> = [0, 25, 26, 701, 702, 16_383].map(letters).to_vec();
        assert_eq!(found, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn a_row_gives_its_cells_back() {
        let row = Row::new(3, ["日期", "", " 1 "]);
        assert_eq!((row.get(0), row.get(1), row.get(2)), (Some("日期"), Some(""), Some("1")));
        assert_eq!((row.get(3), row.len(), row.filled()), (None, 3, 2));
        assert!(Row::new(1, ["", " "]).is_blank());
    }
}
