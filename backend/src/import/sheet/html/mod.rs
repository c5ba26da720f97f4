//! Reads an HTML page or an XML workbook of 2003 that is named like a workbook, as many systems export `.xls`. Takes
//! the table with the most cells.

mod markup;

use super::grid::{Filling, Row};
use super::workbook::unreadable;
use crate::import::limits::{self, Limits};
use crate::import::problem::FileProblem;
use markup::{Tag, entities};

/// How far into the text its kind is looked for.
const HEAD_BYTES: usize = 16 << 10;

pub(super) fn is_page(text: &str) -> bool {
    let text = text.trim_start();
    if !text.starts_with('<') {
        return false;
    }
    let end = (0..=text.len().min(HEAD_BYTES)).rev().find(|it| text.is_char_boundary(*it));
    let head = text[..end.unwrap_or(0)].to_ascii_lowercase();
    [
        "<html",
        "<table",
        "<!doctype html",
        "<meta",
        "<head",
        "<workbook",
        "<ss:workbook",
        "excel.sheet",
    ]
    .iter()
    .any(|it| head.contains(it))
}

/// Tables of a page, nested ones included.
const MAX_TABLES: usize = 10_000;

#[derive(Default)]
struct Table {
    rows: Vec<(u32, Vec<String>)>,
    line: u32,
    /// By column, how many rows from the table's first a cell above reaches.
    reach: Vec<usize>,
}

impl Table {
    /// Columns that cells of earlier rows reach into are empty in this one.
    fn skip_reached(&mut self) {
        let below = self.rows.len();
        if let Some((_, cells)) = self.rows.last_mut() {
            while self.reach.get(cells.len()).is_some_and(|it| *it >= below) {
                cells.push(String::new());
            }
        }
    }

    /// A cell that begins in this row is as wide and as high.
    fn span(&mut self, wide: usize, high: usize) {
        let first = self.rows.last().map_or(0, |it| it.1.len());
        let last = self.rows.len().saturating_add(high.saturating_sub(1));
        if high > 1 && self.reach.len() < first + wide {
            self.reach.resize(first + wide, 0);
        }
        if high > 1 {
            self.reach[first..first + wide].fill(last);
        }
    }
}

/// The rows of the table that has most cells; nested tables are read as tables of their own.
pub(super) fn rows(text: &str, limits: &Limits) -> Result<Vec<Row>, FileProblem> {
    let tables = tables(text, limits)?;
    let cells =
        |it: &Table| -> usize { it.rows.iter().map(|row| row.1.len()).filter(|it| *it > 1).sum() };
    let table = tables.into_iter().rev().max_by_key(cells).ok_or_else(|| {
        unreadable("是网页，但里面没有表格 / this is an HTML page without a table")
    })?;
    let mut filling = Filling::new(limits);
    for (line, cells) in &table.rows {
        let row = Row::new(*line, cells.iter().map(String::as_str));
        filling.push(row, || format!("{line}"))?;
    }
    Ok(filling.finish())
}

fn tables(text: &str, limits: &Limits) -> Result<Vec<Table>, FileProblem> {
    let mut page = Page {
        limits,
        done: Vec::new(),
        open: Vec::new(),
        cell: None,
        columns_right: 0,
        cells: 0,
        rows: 0,
        tables: 0,
    };
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        page.text(&rest[..start])?;
        rest = &rest[start..];
        if let Some(behind) = rest.strip_prefix("<!--") {
            rest = behind.split_once("-->").map_or("", |it| it.1);
            continue;
        }
        let Some(end) = rest.find('>') else { break };
        let tag = Tag::of(&rest[1..end]);
        rest = &rest[end + 1..];
        if matches!(tag.name.as_str(), "style" | "script" | "styles") && tag.has_content() {
            rest = rest.find("</").map_or("", |it| &rest[it..]);
            continue;
        }
        page.tag(&tag)?;
    }
    page.done.extend(page.open);
    Ok(page.done)
}

/// A page while it is read.
struct Page<'a> {
    limits: &'a Limits,
    done: Vec<Table>,
    /// Tables that are not closed yet, the innermost last.
    open: Vec<Table>,
    /// The text of the cell that is not closed yet.
    cell: Option<String>,
    /// Columns to the right that this cell spans.
    columns_right: u32,
    cells: usize,
    rows: usize,
    tables: usize,
}

impl Page<'_> {
    fn row(&mut self) -> Option<&mut (u32, Vec<String>)> {
        self.open.last_mut()?.rows.last_mut()
    }

    fn text(&mut self, text: &str) -> Result<(), FileProblem> {
        if let Some(cell) = &mut self.cell {
            cell.push_str(text);
            if cell.len() > self.limits.cell_bytes {
                return Err(limits::cell_too_long(self.limits, ""));
            }
        }
        Ok(())
    }

    fn tag(&mut self, tag: &Tag<'_>) -> Result<(), FileProblem> {
        if tag.is_of_cell() || matches!(tag.name.as_str(), "tr" | "row" | "table") {
            self.end_cell()?;
        }
        match (tag.name.as_str(), tag.closes) {
            ("table", false) => {
                self.tables += 1;
                if self.tables > MAX_TABLES {
                    return Err(unreadable("网页中表格过多 / the page holds too many tables"));
                }
                self.open.push(Table::default());
            }
            ("table", true) => self.done.extend(self.open.pop()),
            ("tr" | "row", false) => self.begin_row(tag)?,
            ("td" | "th" | "cell", false) => self.begin_cell(tag)?,
            ("br", _) => {
                if let Some(cell) = &mut self.cell {
                    cell.push(' ');
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn begin_row(&mut self, tag: &Tag<'_>) -> Result<(), FileProblem> {
        if let Some(table) = self.open.last_mut() {
            let next = table.line + 1;
            table.line = tag.attribute("ss:index").unwrap_or(next).max(next);
            table.rows.push((table.line, Vec::new()));
            self.rows += 1;
            if self.rows > self.limits.rows {
                return Err(limits::too_many_rows(self.limits, ""));
            }
        }
        Ok(())
    }

    fn begin_cell(&mut self, tag: &Tag<'_>) -> Result<(), FileProblem> {
        let limits = self.limits;
        let Some(table) = self.open.last_mut() else {
            return Ok(());
        };
        table.skip_reached();
        let Some((line, cells)) = table.rows.last_mut() else {
            return Ok(());
        };
        if let Some(index) = tag.attribute("ss:index") {
            let at = (index as usize).saturating_sub(1).min(limits.columns + 1);
            if cells.len() < at {
                cells.resize(at, String::new());
            }
        }
        if cells.len() > limits.columns {
            return Err(limits::too_many_columns(limits, &line.to_string()));
        }
        // A cell that spans columns stands in the first of them.
        let across = tag.attribute("colspan").map(|it| it.saturating_sub(1));
        self.columns_right = across.or_else(|| tag.attribute("ss:mergeacross")).unwrap_or(0);
        if tag.has_content() {
            self.cell = Some(String::new());
            let high = tag.attribute("rowspan").unwrap_or(1) as usize;
            table.span((self.columns_right as usize + 1).min(limits.columns + 1), high);
        } else {
            cells.push(String::new());
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), FileProblem> {
        let Some(text) = self.cell.take() else {
            return Ok(());
        };
        self.cells += 1;
        if self.cells > self.limits.cells {
            return Err(limits::too_many_cells(self.limits, ""));
        }
        let most = self.limits.columns + 1;
        let columns_right = std::mem::take(&mut self.columns_right) as usize;
        if let Some((_, cells)) = self.row() {
            cells.push(entities(&text).split_whitespace().collect::<Vec<_>>().join(" "));
            let wide = cells.len() + columns_right;
            cells.resize(wide.min(most), String::new());
        }
        Ok(())
    }
}
