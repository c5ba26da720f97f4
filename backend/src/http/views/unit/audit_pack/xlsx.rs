//! The pack as a workbook: a cover with links, the tables of the form, the energy flow with its picture, the checks last.
//! Each sheet is A4, as wide as one page, with its heads on every page.

use nengce_shared::api::audit_pack::{AuditPack, PackCell, PackSheet};
use rust_xlsxwriter::{
    Color, Format, FormatAlign, FormatBorder, Image, Workbook, Worksheet, XlsxError,
};

use super::figure;
use super::layout::{
    self, FIGURE, FORM_LINES, caption, characters, head_lines, number_format, sheet_name, state,
    widths,
};

const A4: u8 = 9;
/// The row of the heads, counted from 0: `nengce_core::audit_pack::address` counts on it.
const HEAD: u32 = 2;
/// Points of a line of text.
const LINE: f64 = 14.0;
const SONG: &str = "宋体";
const HEI: &str = "黑体";
/// Pixels of a character of a column's width, of a usual row and of a usual column in 宋体 of eleven points, the default font of
/// the workbook. Widths are counted in its digits; a font that a machine lacks would draw the picture out.
const CHARACTER: f64 = 8.0;
const USUAL: (u32, u32) = (18, 72);
/// Pixels of an A4 page across between its margins, at 96 an inch.
const WIDEST_PICTURE: f64 = 1_000.0;
/// Rows of a table that share a page with the picture, at most.
const ROWS_WITH_PICTURE: usize = 16;
/// Pixels of a row under the picture; not those of a usual row, whose height each program chooses.
const ROW: f64 = 21.0;

/// The formats of all sheets.
struct Formats {
    title: Format,
    plain: Format,
    head: Format,
    cell: Format,
    number: Format,
    note: Format,
}

impl Formats {
    fn new() -> Self {
        let song = || Format::new().set_font_name(SONG).set_font_size(10);
        let framed = || song().set_border(FormatBorder::Thin).set_text_wrap();
        let middle = FormatAlign::VerticalCenter;
        Self {
            title: Format::new()
                .set_font_name(HEI)
                .set_font_size(14)
                .set_align(FormatAlign::Center)
                .set_align(middle),
            plain: song().set_align(middle),
            head: framed()
                .set_font_name(HEI)
                .set_align(FormatAlign::Center)
                .set_align(middle)
                .set_background_color(Color::RGB(0xE4_E8_EB)),
            cell: framed().set_align(FormatAlign::Left).set_align(middle).set_indent(1),
            number: song()
                .set_border(FormatBorder::Thin)
                .set_align(FormatAlign::Right)
                .set_align(middle)
                .set_indent(1),
            note: song().set_font_size(9).set_text_wrap().set_align(FormatAlign::Top),
        }
    }
}

pub(super) fn bytes(pack: &AuditPack) -> Result<Vec<u8>, XlsxError> {
    let (mut book, formats, checks) = (Workbook::new(), Formats::new(), layout::checks(pack));
    let font = Format::new().set_font_name(SONG).set_font_size(11);
    book.set_default_format(&font, USUAL.0, USUAL.1)?;
    let tables: Vec<&PackSheet> = pack.sheets.iter().chain([&checks]).collect();
    cover(book.add_worksheet(), pack, &tables, &formats)?;
    for table in tables {
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(table))?;
        let end = write(sheet, pack, table, &formats)?;
        if table.no == FIGURE
            && let Some((png, width, height)) = figure::png(pack)
        {
            // The picture is as wide as the table, which fills the page; beyond a page's pixels it would only be shrunk again.
            let columns: usize = widths(table).iter().sum();
            let scale = (columns as f64 * CHARACTER).min(WIDEST_PICTURE) / width;
            // The picture has two pixels for each one of its size.
            let image = Image::new_from_buffer(&png)?
                .set_scale_width(scale / 2.0)
                .set_scale_height(scale / 2.0)
                .set_alt_text("能源流向图");
            // A row of its own height: a picture is placed by the rows under it.
            for row in 0..(height * scale / ROW).ceil() as u32 + 2 {
                sheet.set_row_height_pixels(end + 1 + row, ROW as u32)?;
            }
            sheet.insert_image(end + 1, 0, &image)?;
            // No page cuts the picture: it shares one with a short table, and follows a long one on its own.
            match table.rows.len() {
                ..=ROWS_WITH_PICTURE => sheet.set_print_fit_to_pages(1, 1),
                _ => sheet.set_page_breaks(&[end + 1])?,
            };
        }
    }
    book.save_to_buffer()
}

fn page(sheet: &mut Worksheet, is_landscape: bool, name: &str) {
    if is_landscape {
        sheet.set_landscape();
    }
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_margins(0.6, 0.6, 0.7, 0.7, 0.3, 0.3);
    sheet.set_footer(format!("&L{}&R第 &P 页 共 &N 页", name.replace('&', "&&")));
}

/// Title, year and unit, and a row for each table with how far it is filled.
fn cover(
    sheet: &mut Worksheet,
    pack: &AuditPack,
    tables: &[&PackSheet],
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name("封面")?;
    for (column, width) in (0u16..).zip([12.0, 40.0, 24.0]) {
        sheet.set_column_width(column, width)?;
    }
    let title = formats.title.clone().set_font_size(20);
    sheet.set_row_height(0, 42)?;
    sheet.merge_range(0, 0, 0, 2, "能源审计资料包", &title)?;
    let facts = [
        ("单位", pack.name.clone()),
        ("信用代码", pack.enterprise_code.clone()),
        ("审计年", format!("{} 年（对比年 {} 年）", pack.year, pack.year - 1)),
        ("编制日", format!("{}，数据版本 {}", pack.made_on, pack.data_version)),
        ("说明", "由在线监测数据预填；空白格为平台未知，由用能单位填写。".to_owned()),
    ];
    for (row, (name, value)) in (1u32..).zip(&facts) {
        sheet.write_with_format(row, 0, *name, &formats.plain)?;
        sheet.merge_range(row, 1, row, 2, value, &formats.plain)?;
    }
    let first = facts.len() as u32 + 2;
    for (column, head) in (0u16..).zip(["表号", "表名", "填写情况"]) {
        sheet.write_with_format(first, column, head, &formats.head)?;
    }
    for (row, table) in (first + 1..).zip(tables) {
        let number = if table.no == FIGURE { "图" } else { &table.no };
        sheet.write_string_with_format(row, 0, number, &formats.cell)?;
        let link = format!("internal:'{}'!A1", sheet_name(table));
        let link = rust_xlsxwriter::Url::new(link).set_text(&table.title.zh);
        sheet.write_url_with_format(row, 1, &link, &formats.cell)?;
        sheet.write_with_format(row, 2, state(table), &formats.cell)?;
    }
    page(sheet, false, &pack.name);
    Ok(())
}

/// A table; the row after its notes.
fn write(
    sheet: &mut Worksheet,
    pack: &AuditPack,
    table: &PackSheet,
    formats: &Formats,
) -> Result<u32, XlsxError> {
    let widths = widths(table);
    let last = widths.len().saturating_sub(1) as u16;
    for (column, width) in (0u16..).zip(&widths) {
        sheet.set_column_width(column, *width as f64)?;
    }
    sheet.merge_range(0, 0, 0, last, &caption(table), &formats.title)?;
    sheet.set_row_height(0, 26)?;
    let about = format!("填报单位：{}　　审计年：{} 年", pack.name, pack.year);
    sheet.merge_range(1, 0, 1, last, &about, &formats.plain)?;
    let lines = |text: &str, width: usize| characters(text).div_ceil(width.max(1)).max(1);
    let is_broken = table.head.len() > 7;
    let parts = |head: &str| match is_broken {
        true => head_lines(head).iter().map(|it| (*it).to_owned()).collect(),
        false => vec![head.to_owned()],
    };
    let height = |(head, width): (&String, &usize)| -> usize {
        parts(head).iter().map(|it| lines(it, width - 1)).sum()
    };
    let highest = table.head.iter().zip(&widths).map(height).max();
    sheet.set_row_height(HEAD, highest.unwrap_or(1) as f64 * LINE + 6.0)?;
    for (column, head) in (0u16..).zip(&table.head) {
        sheet.write_string_with_format(HEAD, column, parts(head).join("\n"), &formats.head)?;
    }
    let blank =
        vec![vec![PackCell { text: None, number: None, percent: false }; widths.len()]; FORM_LINES];
    let rows = if table.rows.is_empty() { &blank } else { &table.rows };
    for (line, row) in (HEAD + 1..).zip(rows) {
        let tall = row
            .iter()
            .zip(&widths)
            .filter_map(|(it, width)| Some(lines(it.text.as_ref()?, width - 2)));
        sheet.set_row_height(line, tall.max().unwrap_or(1) as f64 * LINE + 4.0)?;
        for (column, cell) in (0u16..).zip(row) {
            write_cell(sheet, (line, column), cell, formats)?;
        }
    }
    let mut line = HEAD + 1 + rows.len() as u32;
    let whole: usize = widths.iter().sum();
    for (at, note) in table.notes.iter().enumerate() {
        let text = format!("注{}：{}", at + 1, note.zh);
        // A width counts characters of eleven points, and a note has nine.
        let lines = lines(&text, whole * 11 / 10);
        sheet.merge_range(line, 0, line, last, &text, &formats.note)?;
        sheet.set_row_height(line, lines as f64 * 13.0 + 3.0)?;
        line += 1;
    }
    sheet.set_freeze_panes(HEAD + 1, 0)?;
    sheet.set_repeat_rows(HEAD, HEAD)?;
    page(sheet, layout::is_landscape(table), &format!("{} {}", pack.name, caption(table)));
    Ok(line)
}

fn write_cell(
    sheet: &mut Worksheet,
    (line, column): (u32, u16),
    cell: &PackCell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match (&cell.text, cell.number) {
        (Some(text), _) => sheet.write_string_with_format(line, column, text, &formats.cell)?,
        (None, Some(it)) => {
            let format = formats.number.clone().set_num_format(number_format(cell));
            sheet.write_number_with_format(line, column, it, &format)?
        }
        (None, None) => sheet.write_blank(line, column, &formats.cell)?,
    };
    Ok(())
}
