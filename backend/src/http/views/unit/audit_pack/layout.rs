//! What workbook and report share: names of tables, widths of columns, how figures are shown, and the checks as a table.

use nengce_shared::api::audit_pack::{AuditPack, PackCell, PackSheet, PackText};
use nengce_shared::number;

/// Widths of columns in half-width characters; a longer text is wrapped.
const NARROWEST: usize = 8;
const WIDEST: usize = 38;
/// Rows that are measured for the widths.
const MEASURED_ROWS: usize = 1_000;
/// A table wider than this, in half-width characters, lies across.
const UPRIGHT: usize = 92;
/// Empty lines of a form.
pub(super) const FORM_LINES: usize = 8;

/// The name of the table of checks, and of the table under the figure.
pub(super) const CHECKS: &str = "校核";
pub(super) const FIGURE: &str = "fig";

/// `表 11.1 能源购入消费存储`.
pub(super) fn caption(sheet: &PackSheet) -> String {
    match sheet.no.as_str() {
        FIGURE => format!("附表 {}（节点与流向）", sheet.title.zh),
        CHECKS => format!("附表 {}", sheet.title.zh),
        no => format!("表 {no} {}", sheet.title.zh),
    }
}

/// The name of the sheet in the workbook.
pub(super) fn sheet_name(sheet: &PackSheet) -> String {
    match sheet.no.as_str() {
        FIGURE => "能源流向图".to_owned(),
        CHECKS => CHECKS.to_owned(),
        no => format!("{no} {}", sheet.title.zh),
    }
}

/// How far a table is filled, in words.
pub(super) fn state(sheet: &PackSheet) -> &'static str {
    match sheet.state.as_str() {
        "filled" => "已由数据填写",
        "partly" => "部分由数据填写",
        _ => "待单位填写",
    }
}

/// Half-width characters: a Chinese one takes two.
pub(super) fn characters(text: &str) -> usize {
    text.chars().map(|it| if it.is_ascii() { 1 } else { 2 }).sum()
}

/// As many decimals as tell the figures of a form apart.
fn decimals(value: f64) -> usize {
    match value.abs() {
        it if it >= 1_000.0 => 1,
        it if it >= 10.0 => 2,
        _ => 4,
    }
}

/// The number format of a figure in a workbook.
pub(super) fn number_format(cell: &PackCell) -> &'static str {
    match cell.number.map(|it| (it.fract() == 0.0, decimals(it))) {
        _ if cell.percent => "0.0%",
        Some((true, _)) | None => "#,##0",
        Some((_, 1)) => "#,##0.0",
        Some((_, 2)) => "0.00",
        Some(_) => "0.0000",
    }
}

/// A cell in words, as the workbook shows it.
pub(super) fn shown(cell: &PackCell) -> String {
    match (&cell.text, cell.number) {
        (Some(text), _) => text.clone(),
        (None, Some(it)) if cell.percent => number::percent(Some(it)),
        (None, Some(it)) if it.fract() == 0.0 => number::grouped(it, 0),
        (None, Some(it)) => number::grouped(it, decimals(it)),
        (None, None) => String::new(),
    }
}

/// The lines of a head: its unit, in brackets, stands on a line of its own where a head has to be broken.
pub(super) fn head_lines(head: &str) -> Vec<&str> {
    match head.find(['(', '（']).filter(|_| characters(head) > NARROWEST) {
        Some(at) if at > 0 => {
            let (name, unit) = head.split_at(at);
            // 「(kgce/单位，当量)」 is broken behind its comma.
            let comma = unit.find('，').filter(|_| characters(unit) > 2 * NARROWEST);
            match comma.map(|it| unit.split_at(it + '，'.len_utf8())) {
                Some((unit, basis)) => vec![name, unit, basis],
                None => vec![name, unit],
            }
        }
        _ => vec![head],
    }
}

/// The width of each column; heads may stand in three lines.
pub(super) fn widths(sheet: &PackSheet) -> Vec<usize> {
    let of = |(column, head): (usize, &String)| {
        let cells = sheet.rows.iter().take(MEASURED_ROWS).filter_map(|row| row.get(column));
        let widest = cells.map(|it| characters(&shown(it)) + 3).max().unwrap_or(0);
        let least = if sheet.rows.is_empty() { 12 } else { NARROWEST };
        let lines = head_lines(head);
        let longest = lines.iter().map(|it| characters(it)).max().unwrap_or(0);
        let head = match sheet.head.len() {
            0..=7 => characters(head),
            _ if lines.len() > 1 => longest,
            8..=11 => longest.div_ceil(2),
            // Six Chinese characters stand in one line: broken, one of them would stand alone.
            _ if longest <= 12 => longest,
            _ => longest.div_ceil(3) + 1,
        };
        widest.max(head + 2).clamp(least, WIDEST)
    };
    sheet.head.iter().enumerate().map(of).collect()
}

/// Whether the table lies across.
pub(super) fn is_landscape(sheet: &PackSheet) -> bool {
    sheet.no == FIGURE || widths(sheet).iter().sum::<usize>() > UPRIGHT
}

/// The checks as the last table.
pub(super) fn checks(pack: &AuditPack) -> PackSheet {
    let words = |text: &str| PackCell {
        text: Some(text.to_owned()).filter(|it| !it.is_empty()),
        number: None,
        percent: false,
    };
    let figure = |number| PackCell { text: None, number, percent: false };
    let head = ["表", "单元格", "校核内容", "结论", "本表数", "对照数", "单位", "原因", "处理"];
    let rows = pack.checks.iter().map(|it| {
        let verdict = match it.state.as_str() {
            "ok" => "通过",
            "wrong" => "不通过",
            _ => "无法校核",
        };
        vec![
            words(&it.sheet),
            words(it.cell.as_deref().unwrap_or("")),
            words(&it.title.zh),
            words(verdict),
            figure(it.found),
            figure(it.against),
            words(&it.unit),
            words(&it.reason.zh),
            words(&it.remedy.zh),
        ]
    });
    PackSheet {
        no: CHECKS.to_owned(),
        title: PackText { zh: "数据校核结果".to_owned(), en: "Cross-checks".to_owned() },
        state: "filled".to_owned(),
        head: head.map(str::to_owned).into(),
        rows: rows.collect(),
        notes: vec![PackText {
            zh: "单元格为同名工作表中的位置。“无法校核”表示缺少数据，不等于通过。".to_owned(),
            en: "Cells are those of the sheet of that number. What cannot be checked has not passed.".to_owned(),
        }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_head_is_broken_before_its_unit() {
        for (head, lines) in [
            ("购入量", &["购入量"][..]),
            ("净消费(tce，当量)", &["净消费", "(tce，当量)"]),
            ("折标系数(kgce/单位，当量)", &["折标系数", "(kgce/单位，", "当量)"]),
            ("单价(元)", &["单价(元)"]),
        ] {
            assert_eq!(head_lines(head), lines);
        }
    }

    #[test]
    fn a_figure_reads_alike_in_both_files() {
        let cell = |number: f64, percent| PackCell { text: None, number: Some(number), percent };
        for (number, percent, format, text) in [
            (12_345.678, false, "#,##0.0", "12,345.7"),
            (12.0, false, "#,##0", "12"),
            (45.678, false, "0.00", "45.68"),
            (0.12345, false, "0.0000", "0.1235"),
            (-0.025, true, "0.0%", "\u{2212}2.5%"),
        ] {
            let it = cell(number, percent);
            assert_eq!((number_format(&it), shown(&it).as_str()), (format, text));
        }
        assert_eq!(shown(&PackCell { text: None, number: None, percent: false }), "");
    }
}
