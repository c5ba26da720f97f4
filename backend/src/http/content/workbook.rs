//! A table as a workbook of one sheet that is ready to read and to print: its notes, number formats, widths, a frozen
//! head with filters, A4 landscape with the head on every page. The values keep their full precision.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use super::table::{Cell, Table};

/// Widths in characters; a longer text is wrapped.
const NARROWEST: usize = 8;
const WIDEST: usize = 56;
/// Rows that are measured for the widths.
const MEASURED_ROWS: usize = 1_000;
const A4: u8 = 9;
/// Characters of the title that the footer shows.
const FOOTER_LENGTH: usize = 100;

pub fn bytes(table: &Table) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_border_bottom(FormatBorder::Thin);
    let top = Format::new().set_align(FormatAlign::Top);
    let wrapped = top.clone().set_text_wrap();
    for (line, (_, text)) in (0u32..).zip(&table.notes) {
        sheet.write_string(line, 0, text)?;
    }
    let head_line = table.notes.len() as u32;
    for (column, title) in (0u16..).zip(&table.head) {
        let at = usize::from(column);
        let width = width(table, at);
        let number = top.clone().set_num_format(number_format(table, at));
        sheet.set_column_width(column, width as f64)?;
        sheet.write_string_with_format(head_line, column, title, &head)?;
        for (line, row) in (head_line + 1..).zip(&table.rows) {
            match row.get(at) {
                Some(Cell::Text(text)) => {
                    let format = if characters(text) > width { &wrapped } else { &top };
                    sheet.write_string_with_format(line, column, text, format)?;
                }
                Some(Cell::Number(figure)) => {
                    sheet.write_number_with_format(line, column, *figure, &number)?;
                }
                Some(Cell::Missing) | None => {}
            }
        }
    }
    sheet.set_freeze_panes(head_line + 1, 0)?;
    if let (Some(last), false) = (table.head.len().checked_sub(1), table.rows.is_empty()) {
        sheet.autofilter(head_line, 0, head_line + table.rows.len() as u32, last as u16)?;
    }
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(head_line, head_line)?;
    let title = table.notes.first().map_or(&table.name, |(_, text)| text);
    let title: String = title.chars().take(FOOTER_LENGTH).collect();
    sheet.set_footer(format!("&L{}&R&P / &N", title.replace('&', "&&")));
    book.save_to_buffer()
}

/// Half-width characters: a Chinese one takes two.
fn characters(text: &str) -> usize {
    text.chars().map(|it| if it.is_ascii() { 1 } else { 2 }).sum()
}

/// A head may stand in two lines and has the button of the filter beside it.
fn width(table: &Table, at: usize) -> usize {
    let head = table.head.get(at).map_or(0, |it| characters(it).div_ceil(2) + 3);
    let cells = table.rows.iter().take(MEASURED_ROWS).filter_map(|row| row.get(at));
    let cell = |it: &Cell| match it {
        Cell::Text(text) => characters(text) + 1,
        Cell::Number(figure) => format!("{:.0}", figure.abs()).len() * 4 / 3 + 6,
        Cell::Missing => 0,
    };
    cells.map(cell).chain([head]).max().unwrap_or(0).clamp(NARROWEST, WIDEST)
}

/// Years, codes and counts whole; small figures with the decimals that tell them apart; shares as percentages.
fn number_format(table: &Table, at: usize) -> &'static str {
    if table.percent.get(at).copied().unwrap_or(false) {
        return "0.0%";
    }
    let figures = table.rows.iter().filter_map(|row| match row.get(at) {
        Some(Cell::Number(figure)) => Some(figure.abs()),
        _ => None,
    });
    let (mut largest, mut whole) = (0.0f64, true);
    for figure in figures {
        largest = largest.max(figure);
        whole &= figure.fract() == 0.0;
    }
    match largest {
        it if whole && it < 10_000.0 => "0",
        _ if whole => "#,##0",
        it if it >= 1_000.0 => "#,##0.0",
        it if it >= 10.0 => "0.00",
        _ => "0.0000",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(cells: &[Cell], percent: bool) -> Table {
        let rows = cells.iter().map(|it| vec![it.clone()]).collect();
        let table = Table::new("units", vec!["能耗 tce".to_owned()], rows);
        Table { percent: vec![percent], ..table }
    }

    #[test]
    fn a_format_suits_the_figures_of_its_column() {
        let of = |figures: &[f64], percent| {
            let cells: Vec<Cell> = figures.iter().map(|it| Cell::Number(*it)).collect();
            number_format(&table(&cells, percent), 0)
        };
        assert_eq!(of(&[2024.0, 2025.0], false), "0");
        assert_eq!(of(&[12_345.0], false), "#,##0");
        assert_eq!(of(&[12_345.25, 1.0], false), "#,##0.0");
        assert_eq!(of(&[361.25], false), "0.00");
        assert_eq!(of(&[-0.1234], false), "0.0000");
        assert_eq!(of(&[0.971], true), "0.0%");
    }

    #[test]
    fn a_column_is_as_wide_as_its_texts_within_bounds() {
        assert_eq!(width(&table(&["津澜钢铁".into()], false), 0), 9);
        assert_eq!(width(&table(&["句".repeat(99).as_str().into()], false), 0), WIDEST);
        assert_eq!(width(&table(&[Cell::Missing], false), 0), NARROWEST);
    }

    #[test]
    fn the_book_has_a_frozen_head_widths_and_formats_and_keeps_the_precision() {
        use calamine::Reader;
        use std::io::Read;
        let book = bytes(&table(&[Cell::Number(12_345.678_9)], false)).unwrap();
        let mut package = zip::ZipArchive::new(std::io::Cursor::new(&book)).unwrap();
        let mut part = |name: &str| {
            let mut text = String::new();
            package.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            text
        };
        let sheet = part("xl/worksheets/sheet1.xml");
        for wanted in ["<pane ySplit=\"1\"", "<cols>", "<autoFilter", "orientation=\"landscape\""] {
            assert!(sheet.contains(wanted), "{wanted}: {sheet}");
        }
        assert!(part("xl/styles.xml").contains("#,##0.0"));
        let mut read = calamine::Xlsx::new(std::io::Cursor::new(book)).unwrap();
        let range = read.worksheet_range_at(0).unwrap().unwrap();
        assert_eq!(range.get_value((1, 0)).unwrap().to_string(), "12345.6789");
    }
}
