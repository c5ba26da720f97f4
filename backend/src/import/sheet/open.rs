//! Opens a file by what its bytes are, whatever its name says, and takes the rows of one sheet.

use nengce_shared::api::imports::ImportSheet;

use super::grid::Row;
use super::package::{self, Kind};
use super::workbook::{Book, find_sheet, unreadable};
use super::{Choice, Format, html, layout, text, xls};
use crate::import::limits::Limits;
use crate::import::problem::FileProblem;

/// The rows of a sheet before its header is found.
pub(super) struct Grid {
    pub rows: Vec<Row>,
    pub format: Format,
    pub encoding: Option<String>,
    pub sheets: Vec<ImportSheet>,
    pub sheet: Option<String>,
}

/// Rows of a sheet that are looked at to tell a table from a cover.
const LOOK_ROWS: usize = 60;
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

pub(super) fn grid(bytes: &[u8], choice: &Choice, limits: &Limits) -> Result<Grid, FileProblem> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return match package::check(bytes, limits)? {
            Kind::Xlsx => workbook(bytes, choice, limits),
            Kind::Xlsb => Err(unreadable("XLSB：请另存为 .xlsx / this is XLSB: save it as .xlsx")),
            Kind::Ods => Err(unreadable("ODS：请另存为 .xlsx / this is ODS: save it as .xlsx")),
            Kind::Other => Err(unreadable(
                "是压缩包，不是工作簿；请解压后导入 / a package that is no workbook; unpack it first",
            )),
        };
    }
    if bytes.starts_with(OLE) || xls::is_bare(bytes) {
        let (sheets, sheet, rows) = xls::read(bytes, choice.sheet.as_deref(), limits)?;
        return Ok(Grid { rows, format: Format::Xls, encoding: None, sheets, sheet: Some(sheet) });
    }
    if let Some(what) = foreign(bytes) {
        return Err(unreadable(what));
    }
    let (text, encoding) = text::decode(bytes)?;
    let (rows, format) = if html::is_page(&text) {
        (html::rows(&text, limits)?, Format::Html)
    } else {
        let (rows, separator) = text::rows(&text, limits)?;
        (rows, Format::Csv(separator))
    };
    Ok(Grid {
        rows,
        format,
        encoding: Some(encoding.name().to_uppercase()),
        sheets: Vec::new(),
        sheet: None,
    })
}

/// Files of other kinds are told what they are.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 7] = [
        (b"%PDF", "PDF：请导出为表格 / this is PDF: export a table"),
        (b"\x1f\x8b", "gzip：请先解压 / this is gzip: unpack it first"),
        (b"Rar!", "RAR：请先解压 / this is RAR: unpack it first"),
        (b"7z\xbc\xaf", "7z：请先解压 / this is 7z: unpack it first"),
        (b"\x89PNG", "PNG 图片 / this is a PNG picture"),
        (b"\xff\xd8\xff", "JPEG 图片 / this is a JPEG picture"),
        (b"PAR1", "Parquet：请用批量接口 / this is Parquet: use the bulk interface"),
    ];
    let found = kinds.iter().find(|(magic, _)| bytes.starts_with(magic));
    found.map(|it| it.1)
}

/// The sheet that was chosen, else the first visible one with a table of at least two rows and columns.
fn workbook(bytes: &[u8], choice: &Choice, limits: &Limits) -> Result<Grid, FileProblem> {
    let mut book = Book::open(bytes, limits)?;
    let mut sheets = book.sheets.clone();
    sheets.sort_by_key(|it| it.hidden);
    let sheet = match &choice.sheet {
        Some(name) => find_sheet(&sheets, name)?,
        None => {
            let looks = |it: &&ImportSheet| {
                let rows = book.rows(&it.name, LOOK_ROWS, limits);
                rows.is_ok_and(|it| layout::is_table(&it))
            };
            let first = sheets.first().map(|it| it.name.clone());
            let tables = sheets.iter().find(looks).map(|it| it.name.clone());
            tables.or(first).ok_or_else(|| unreadable("没有工作表 / no worksheet"))?
        }
    };
    Ok(Grid {
        rows: book.rows(&sheet, usize::MAX, limits)?,
        format: Format::Xlsx,
        encoding: None,
        sheets,
        sheet: Some(sheet),
    })
}
