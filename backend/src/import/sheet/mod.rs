//! Reads a table from CSV, XLSX, old XLS or an HTML page: a header, and rows of text with their lines. Reports what was
//! found and what was left out.

mod cfb;
mod grid;
mod html;
mod layout;
mod open;
mod package;
mod text;
mod workbook;
mod xls;

use std::panic::AssertUnwindSafe;

use nengce_messages::echo;
use nengce_shared::api::imports::ImportSheet;
use nengce_shared::problem::ProblemCode;
use nengce_shared::quantity::{self, Heading};

use crate::import::limits::Limits;
use crate::import::problem::FileProblem;
pub use grid::Row;
pub use grid::letters;
use layout::Layout;
use open::Grid;
use workbook::unreadable;

#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Names by which columns are found.
    pub header: Vec<String>,
    /// The header as the file has it.
    pub titles: Vec<String>,
    /// What the row of units, or the title, says of each column.
    pub units: Vec<Option<String>>,
    pub rows: Vec<Row>,
    pub format: Format,
    pub found: Found,
}

/// What was read of the file, and what was passed over.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// `UTF-8`, `GB18030`, …; none for a workbook.
    pub encoding: Option<String>,
    /// All sheets, those that are hidden last.
    pub sheets: Vec<ImportSheet>,
    pub sheet: Option<String>,
    pub header_line: u32,
    pub units_line: Option<u32>,
    /// A unit that stands in a title for the whole table.
    pub title_unit: Option<String>,
    /// Lines of rows that add up others.
    pub total_lines: Vec<u32>,
}

/// How the file was written; rejected rows go back the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// With its delimiter.
    Csv(u8),
    Xlsx,
    Xls,
    Html,
}

impl Format {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv(_) => "csv",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Html => "html",
        }
    }
}

/// What a person chose of the file; nothing: as it is found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    pub sheet: Option<String>,
    pub header_line: Option<u32>,
}

impl Sheet {
    /// Reads a file with the default limits and nothing chosen.
    pub fn read(bytes: &[u8]) -> Result<Self, FileProblem> {
        Self::read_as(bytes, &Choice::default(), &Limits::default())
    }

    /// Reads by what the bytes are, whatever the file is called. A reader that panics says only that the file is damaged.
    pub fn read_as(bytes: &[u8], choice: &Choice, limits: &Limits) -> Result<Self, FileProblem> {
        if bytes.iter().all(u8::is_ascii_whitespace) || bytes == b"\xef\xbb\xbf" {
            return Err(unreadable("文件是空的 / the file is empty"));
        }
        let read = || open::grid(bytes, choice, limits);
        let grid = std::panic::catch_unwind(AssertUnwindSafe(read))
            .unwrap_or_else(|_| Err(unreadable("文件损坏 / the file is damaged")))?;
        Self::of(grid, choice)
    }

    fn of(grid: Grid, choice: &Choice) -> Result<Self, FileProblem> {
        let mut rows = grid.rows;
        let layout = match layout::find(&rows, choice.header_line) {
            Some(it) => it,
            None if choice.header_line.is_some() => {
                let line = choice.header_line.unwrap_or(0);
                return Err(FileProblem::new(
                    ProblemCode::ImportColumnMissing,
                    format!("第 {line} 行没有内容 / line {line} is empty"),
                ));
            }
            None => Layout::default(),
        };
        let titles: Vec<String> = rows
            .get(layout.header)
            .map(|it| it.cells().map(str::to_owned).collect())
            .unwrap_or_default();
        // A heading that is merged over two rows stands in the upper one.
        let above = layout.header.checked_sub(1).map(|it| &rows[it]).filter(|it| it.filled() > 1);
        let merged = |(at, title): (usize, String)| match above {
            Some(above) if title.is_empty() => above.cell(at).to_owned(),
            _ => title,
        };
        let titles: Vec<String> = titles.into_iter().enumerate().map(merged).collect();
        let unit_of = |at: usize| {
            let cell = rows.get(layout.units?)?.cell(at);
            let plain = cell.trim_matches(['(', ')', '（', '）', '[', ']']);
            (!plain.is_empty()).then(|| plain.to_owned())
        };
        let units = (0..titles.len()).map(unit_of).collect();
        let mut found = Found {
            encoding: grid.encoding,
            sheets: grid.sheets,
            sheet: grid.sheet,
            header_line: rows.get(layout.header).map_or(0, |it| it.line),
            units_line: layout.units.map(|it| rows[it].line),
            title_unit: layout.title_unit,
            total_lines: Vec::new(),
        };
        rows.drain(..layout.data.min(rows.len()));
        rows.retain(|row| {
            let total = layout::is_total(row);
            if total {
                found.total_lines.push(row.line);
            }
            !total
        });
        Ok(Self { header: titles.clone(), titles, units, rows, format: grid.format, found })
    }

    /// The unit that a column's heading, the row below it, or a title that fits states.
    pub fn stated_unit(&self, at: usize, fits: impl Fn(&str) -> bool) -> Option<String> {
        let heading = Heading::of(&self.titles[at]);
        // A heading that is nothing but letters of a unit may as well be a name.
        let named = !heading.name.is_empty();
        let heading = heading.unit.filter(|it| named || fits(it));
        let below = || self.units.get(at).cloned().flatten();
        let title = || quantity::in_title(self.found.title_unit.as_deref()?, fits);
        heading.or_else(below).or_else(|| title().map(str::to_owned))
    }

    /// Takes a column under another name from now on.
    pub fn rename(&mut self, column: &str, to: &str) -> Result<(), FileProblem> {
        let at = self.column(column)?;
        self.header[at] = to.to_owned();
        Ok(())
    }

    /// Where a column stands: by its exact name, else without regard to case, blanks and a star before it.
    pub fn column(&self, name: &str) -> Result<usize, FileProblem> {
        let there = || echo(&self.header.join(", "));
        if name.trim().is_empty() {
            let words = format!("列名为空 / no name is given（{}）", there());
            return Err(FileProblem::new(ProblemCode::ImportColumnMissing, words));
        }
        let exact = |it: &str| it == name;
        let near = |it: &str| plain(it) == plain(name);
        let places = |fits: &dyn Fn(&str) -> bool| -> Vec<usize> {
            let all = self.header.iter().enumerate();
            all.filter(|(_, it)| fits(it)).map(|(at, _)| at).collect()
        };
        let mut found = places(&exact);
        if found.is_empty() {
            found = places(&near);
        }
        match found[..] {
            [at] => Ok(at),
            [] => Err(FileProblem::new(
                ProblemCode::ImportColumnMissing,
                format!("{}（{}）", echo(name), there()),
            )),
            _ => {
                let places: Vec<String> = found.iter().map(|it| letters(*it)).collect();
                Err(FileProblem::new(
                    ProblemCode::ImportColumnDuplicate,
                    format!("{}（{}）", echo(name), places.join(", ")),
                ))
            }
        }
    }

    /// Where a cell stands as the file's program shows it: `Sheet1!B5`, or `B5`.
    pub fn place(&self, line: u32, column: Option<usize>) -> String {
        let cell = column.map_or_else(|| line.to_string(), |it| format!("{}{line}", letters(it)));
        match &self.found.sheet {
            Some(sheet) => format!("{sheet}!{cell}"),
            None => cell,
        }
    }
}

fn plain(name: &str) -> String {
    let name = name.trim().trim_start_matches(['*', '＊']).trim();
    name.to_lowercase()
}
