//! Where in a grid the table is: the header's row, a row of units below it, totals that are no data, and what titles say.

use nengce_shared::quantity::Unit;

use super::grid::Row;

/// Rows in which a header is looked for.
const HEADER_WITHIN: usize = 40;

/// A table found in a grid; places are indexes into its rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Layout {
    pub header: usize,
    /// The row below the header that names units.
    pub units: Option<usize>,
    /// The first row of data.
    pub data: usize,
    /// A unit that a title states for the whole table.
    pub title_unit: Option<String>,
}

/// Words of a row that adds up other rows.
const TOTAL_WORDS: [&str; 17] = [
    "合计",
    "总计",
    "小计",
    "累计",
    "共计",
    "总和",
    "平均",
    "平均值",
    "最大值",
    "最小值",
    "本月合计",
    "本年合计",
    "全年合计",
    "total",
    "sum",
    "subtotal",
    "average",
];

/// Whether a row adds up others: its first text says so.
pub(super) fn is_total(row: &Row) -> bool {
    let first = row.cells().find(|it| !it.is_empty()).unwrap_or_default();
    let plain: String =
        first.chars().filter(|it| !it.is_whitespace() && !matches!(it, ':' | '：' | '*')).collect();
    TOTAL_WORDS.contains(&plain.to_lowercase().as_str())
}

/// Finds the table; `line` is what a person chose as the header's line.
pub(super) fn find(rows: &[Row], line: Option<u32>) -> Option<Layout> {
    let chosen = line.map(|line| rows.iter().position(|it| it.line == line));
    let header = match chosen {
        Some(found) => found?,
        None => guess(rows)?,
    };
    let units = Some(header + 1).filter(|at| rows.get(*at).is_some_and(names_units));
    let data = units.map_or(header + 1, |it| it + 1);
    let title_unit = rows[..header].iter().rev().find_map(stated_unit);
    Some(Layout { header, units, data, title_unit })
}

/// The first row of words that has data right below it; else the fullest of the first rows.
fn guess(rows: &[Row]) -> Option<usize> {
    let head = &rows[..rows.len().min(HEADER_WITHIN)];
    let good = |at: &usize| is_header(&rows[*at]) && has_data_below(rows, *at);
    if let Some(found) = (0..head.len()).find(good) {
        return Some(found);
    }
    let widest = head.iter().map(Row::filled).max()?;
    head.iter().position(|it| it.filled() == widest)
}

fn is_header(row: &Row) -> bool {
    row.filled() >= 2 && row.cells().all(|it| it.is_empty() || !is_data(it)) && !is_units(row)
}

fn has_data_below(rows: &[Row], header: usize) -> bool {
    let behind = 1 + usize::from(rows.get(header + 1).is_some_and(names_units));
    let below = rows.get(header + behind);
    below.is_some_and(|row| {
        let named = |at: usize| !rows[header].cell(at).is_empty();
        let data = (0..row.len()).filter(|at| is_data(row.cell(*at)));
        // Data stand under names; a lone figure beside a title does not make it a header.
        let (under, beside) =
            data.fold(
                (0, 0),
                |(under, beside), at| {
                    if named(at) { (under + 1, beside) } else { (under, beside + 1) }
                },
            );
        under > beside && row.filled() >= 2
    })
}

/// A number, or something that begins as a date does.
fn is_data(text: &str) -> bool {
    nengce_shared::cell::number(text).is_ok_and(|it| it.is_some())
        || nengce_shared::cell::looks_like_date(text)
}

/// A row that holds nothing but units, and perhaps the word for it first.
fn is_units(row: &Row) -> bool {
    let mut units = 0;
    for cell in row.cells().filter(|it| !it.is_empty()) {
        let plain = cell.trim_matches(['(', ')', '（', '）', '[', ']']);
        let word =
            matches!(plain, "单位" | "计量单位" | "unit" | "Unit" | "units" | "-" | "—" | "/");
        if !word && Unit::parse(plain).is_err() {
            return false;
        }
        units += usize::from(!word);
    }
    units > 0
}

/// As `is_units` in the row below a header, where remarks on columns that hold no quantities may stand too.
fn names_units(row: &Row) -> bool {
    let first = row.cell(0);
    let apart = first.is_empty() || matches!(first, "单位" | "计量单位" | "unit" | "Unit" | "-");
    let rate = |it: &str| it.split_once('/').is_some_and(|it| Unit::parse(it.0).is_ok());
    let unit = |it: &str| {
        let plain = it.trim_matches(['(', ')', '（', '）', '[', ']']);
        Unit::parse(plain).is_ok() || rate(plain)
    };
    is_units(row) || (apart && row.cells().any(unit) && !row.cells().any(is_data))
}

/// `单位：万千瓦时` in a title, `计量单位` with the unit in the next cell, `单位：MWh、GJ`.
fn stated_unit(row: &Row) -> Option<String> {
    let known = |text: &str| {
        let text = text.trim_matches(|it: char| it.is_whitespace() || "：:()（）[]".contains(it));
        let mut parts = text.split(['、', '，', ',', ';', '；']);
        parts.all(|it| Unit::parse(it).is_ok()).then(|| text.to_owned())
    };
    let said = |cell: &str| {
        let word = ["单位", "Unit", "unit"].into_iter().find_map(|it| cell.split_once(it));
        word.map(|(_, after)| after.trim_start_matches('s').to_owned())
    };
    (0..row.len()).find_map(|at| {
        let after = said(row.cell(at))?;
        known(&after).or_else(|| known(row.cell(at + 1)).filter(|_| after.len() < 4))
    })
}

/// A header with data below it.
pub(super) fn is_table(rows: &[Row]) -> bool {
    find(rows, None).is_some_and(|it| rows.len() > it.data && rows[it.header].filled() >= 2)
}
