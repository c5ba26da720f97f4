//! The cells of a CSV or XLSX file as rows of text.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};

/// The most bytes of a point table.
const MAX_BYTES: usize = 8 << 20;

/// The rows of a file, or why it cannot be read, in Chinese and English.
pub(super) fn rows(bytes: &[u8]) -> Result<Vec<Vec<String>>, (String, String)> {
    if bytes.len() > MAX_BYTES {
        return Err(("文件超过 8 MB".into(), "the file is larger than 8 MB".into()));
    }
    if bytes.starts_with(b"PK") { of_xlsx(bytes) } else { of_csv(bytes) }
}

fn of_csv(bytes: &[u8]) -> Result<Vec<Vec<String>>, (String, String)> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|it| {
            (
                format!("CSV 无法读取（须为 UTF-8）：{it}"),
                format!("the CSV cannot be read (UTF-8 is needed): {it}"),
            )
        })?;
        rows.push(record.iter().map(|it| it.trim().to_owned()).collect());
    }
    Ok(rows)
}

fn of_xlsx(bytes: &[u8]) -> Result<Vec<Vec<String>>, (String, String)> {
    let bad = |it: calamine::XlsxError| {
        (format!("XLSX 无法读取：{it}"), format!("the XLSX cannot be read: {it}"))
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(bad)?;
    let Some(range) = book.worksheet_range_at(0) else {
        return Err(("没有工作表".into(), "there is no sheet".into()));
    };
    let range = range.map_err(bad)?;
    Ok(range.rows().map(|row| row.iter().map(text).collect()).collect())
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        other => other.to_string().trim().to_owned(),
    }
}
