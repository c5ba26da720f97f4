//! The notes about a file beside its rejected rows: how it was read, what was left out, what was converted.

use nengce_shared::api::imports::ImportNote;

use crate::import::sheet::{Found, Sheet};

pub fn note(zh: impl Into<String>, en: impl Into<String>) -> ImportNote {
    ImportNote { line: None, zh: zh.into(), en: en.into() }
}

pub fn at_line(line: u32, zh: impl Into<String>, en: impl Into<String>) -> ImportNote {
    ImportNote { line: Some(line), ..note(zh, en) }
}

/// Lines of left-out rows that are named one by one.
const MOST_LINES_NAMED: usize = 10;

/// How the file was read.
pub fn of_sheet(sheet: &Sheet) -> Vec<ImportNote> {
    let Found { encoding, sheets, sheet: name, header_line, units_line, title_unit, total_lines } =
        &sheet.found;
    let mut notes = Vec::new();
    if let Some(it) = encoding.as_deref().filter(|it| *it != "UTF-8") {
        notes.push(note(format!("按 {it} 字符集读取"), format!("read as {it}")));
    }
    if let Some(name) = name.as_deref().filter(|_| sheets.len() > 1) {
        let all: Vec<&str> = sheets.iter().map(|it| it.name.as_str()).collect();
        let all = all.join(", ");
        notes.push(note(
            format!("读取工作表「{name}」，共 {} 个：{all}", sheets.len()),
            format!("the sheet '{name}' is read, of {}: {all}", sheets.len()),
        ));
    }
    if *header_line > 1 {
        notes.push(note(
            format!("表头在第 {header_line} 行"),
            format!("the header is line {header_line}"),
        ));
    }
    if let Some(line) = units_line {
        notes.push(note(format!("第 {line} 行是单位"), format!("line {line} names units")));
    }
    if let Some(unit) = title_unit {
        notes
            .push(note(format!("标题写明单位：{unit}"), format!("a title states the unit {unit}")));
    }
    if !total_lines.is_empty() {
        let named: Vec<String> =
            total_lines.iter().take(MOST_LINES_NAMED).map(u32::to_string).collect();
        let (named, more) =
            (named.join(", "), if total_lines.len() > MOST_LINES_NAMED { " …" } else { "" });
        notes.push(note(
            format!("合计行不导入：第 {named}{more} 行"),
            format!("rows that add up others are left out: line {named}{more}"),
        ));
    }
    notes
}
