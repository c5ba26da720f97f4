//! Reads an HTML page or an XML workbook of 2003 that is named like a workbook, as many systems export `.xls`. Takes
//! the table with the most cells.

use super::grid::{Filling, Row};
use super::workbook::unreadable;
use crate::import::limits::Limits;
use crate::import::problem::FileProblem;

/// How far into the text its kind is looked for.
const HEAD: usize = 16 << 10;

pub fn is_page(text: &str) -> bool {
    let text = text.trim_start();
    if !text.starts_with('<') {
        return false;
    }
    let end = (0..=text.len().min(HEAD)).rev().find(|it| text.is_char_boundary(*it));
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
pub fn rows(text: &str, limits: &Limits) -> Result<Vec<Row>, FileProblem> {
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
    let mut done: Vec<Table> = Vec::new();
    let mut open: Vec<Table> = Vec::new();
    let (mut cell, mut kept): (Option<String>, usize) = (None, 0);
    let (mut spans, mut tables, mut lines) = (0, 0, 0);
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        if let Some(cell) = &mut cell {
            cell.push_str(&rest[..start]);
            if cell.len() > limits.cell_bytes {
                return Err(crate::import::limits::cell_too_long(limits, ""));
            }
        }
        rest = &rest[start..];
        if let Some(behind) = rest.strip_prefix("<!--") {
            rest = behind.split_once("-->").map_or("", |it| it.1);
            continue;
        }
        let Some(end) = rest.find('>') else { break };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        let closes = tag.starts_with('/');
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(|it| it.is_ascii_alphanumeric() || *it == ':')
            .collect::<String>()
            .to_ascii_lowercase();
        let name = name.strip_prefix("ss:").unwrap_or(&name);
        if matches!(name, "style" | "script" | "styles") && !closes && !tag.ends_with('/') {
            rest = rest.find("</").map_or("", |it| &rest[it..]);
            continue;
        }
        let begins = matches!(name, "td" | "th" | "cell") && !closes;
        let ends_cell = begins
            || matches!(name, "tr" | "row" | "table")
            || (closes && matches!(name, "td" | "th" | "cell"));
        if ends_cell && let Some(text) = cell.take() {
            kept += 1;
            if kept > limits.cells {
                return Err(crate::import::limits::too_many_cells(limits, ""));
            }
            if let Some(row) = open.last_mut().and_then(|it| it.rows.last_mut()) {
                let text = entities(&text);
                row.1.push(text.split_whitespace().collect::<Vec<_>>().join(" "));
                let wide = row.1.len() + std::mem::take(&mut spans) as usize;
                row.1.resize(wide.min(limits.columns + 1), String::new());
            }
        }
        match (name, closes) {
            ("table", false) => {
                tables += 1;
                if tables > MAX_TABLES {
                    return Err(unreadable("网页中表格过多 / the page holds too many tables"));
                }
                open.push(Table::default());
            }
            ("table", true) => done.extend(open.pop()),
            ("tr" | "row", false) => {
                if let Some(table) = open.last_mut() {
                    table.line =
                        attribute(tag, "ss:index").unwrap_or(table.line + 1).max(table.line + 1);
                    table.rows.push((table.line, Vec::new()));
                    lines += 1;
                    if lines > limits.rows {
                        return Err(crate::import::limits::too_many_rows(limits, ""));
                    }
                }
            }
            ("br", _) => {
                if let Some(cell) = &mut cell {
                    cell.push(' ');
                }
            }
            _ => {}
        }
        if begins && let Some(table) = open.last_mut() {
            table.skip_reached();
        }
        if begins && let Some(row) = open.last_mut().and_then(|it| it.rows.last_mut()) {
            // A cell that spans columns stands in the first of them.
            if let Some(index) = attribute(tag, "ss:index") {
                let at = (index as usize).saturating_sub(1).min(limits.columns + 1);
                if row.1.len() < at {
                    row.1.resize(at, String::new());
                }
            }
            if row.1.len() > limits.columns {
                return Err(crate::import::limits::too_many_columns(limits, &row.0.to_string()));
            }
            match tag.ends_with('/') {
                true => row.1.push(String::new()),
                false => cell = Some(String::new()),
            }
            let across = attribute(tag, "colspan").map(|it| it.saturating_sub(1));
            spans = across.or_else(|| attribute(tag, "ss:mergeacross")).unwrap_or(0);
            let high = attribute(tag, "rowspan").unwrap_or(1) as usize;
            if let Some(table) = open.last_mut().filter(|_| !tag.ends_with('/')) {
                table.span((spans as usize + 1).min(limits.columns + 1), high);
            }
        }
    }
    done.extend(open);
    Ok(done)
}

/// A number among a tag's attributes.
fn attribute(tag: &str, name: &str) -> Option<u32> {
    let lower = tag.to_ascii_lowercase();
    let at = lower.find(&format!("{name}="))? + name.len() + 1;
    let value = lower[at..].trim_start_matches(['"', '\'']);
    let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|it| it == b';');
        let found = end.and_then(|end| Some((entity(&rest[1..end])?, end)));
        match found {
            Some((it, end)) => {
                plain.push(it);
                rest = &rest[end + 1..];
            }
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn entity(name: &str) -> Option<char> {
    let code = |it: u32| char::from_u32(it);
    if let Some(digits) = name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")) {
        return code(u32::from_str_radix(digits, 16).ok()?);
    }
    if let Some(digits) = name.strip_prefix('#') {
        return code(digits.parse().ok()?);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "sup3" => '³',
        "sup2" => '²',
        "middot" => '·',
        "minus" => '−',
        "mdash" => '—',
        "ndash" => '–',
        _ => return None,
    })
}
