//! CSV of a table: UTF-8 with a byte order mark (spreadsheets need it for Chinese), figures plain, missing empty.

use super::{Caption, TableData};

/// The file's text: the caption as comment-like rows, the head, the rows.
pub fn text(caption: &Caption, table: &TableData) -> String {
    let mut out = String::from("\u{feff}");
    for line in [&caption.title, &caption.subtitle, &caption.filters, &caption.source] {
        if !line.is_empty() {
            out.push_str(&format!("# {}\r\n", line.replace(['\r', '\n'], " ")));
        }
    }
    row(&mut out, table.titles().into_iter());
    for cells in &table.rows {
        row(
            &mut out,
            cells.iter().map(|cell| match cell {
                super::Cell::Text(text) => text.clone(),
                figure => figure.number().unwrap_or_default(),
            }),
        );
    }
    out
}

fn row(out: &mut String, fields: impl Iterator<Item = String>) {
    let line: Vec<String> = fields.map(|field| quoted(&field)).collect();
    out.push_str(&line.join(","));
    out.push_str("\r\n");
}

fn quoted(field: &str) -> String {
    // A leading formula sign would run in a spreadsheet.
    let digits =
        |text: &str| text.bytes().all(|it| it.is_ascii_digit() || matches!(it, b'.' | b'%' | b','));
    let signed = field.strip_prefix(['+', '-']).is_some_and(digits);
    let field = match signed {
        true => field.to_owned(),
        false => nengce_shared::cell::guarded(field).into_owned(),
    };
    if field.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Cell;

    #[test]
    fn figures_are_plain_missing_is_empty_and_quotes_double() {
        let table = TableData {
            head: ["区", "能耗, 万tce", "同比"].map(str::to_owned).into(),
            rows: vec![
                vec![Cell::text("静海\"区\""), Cell::Figure(Some(1234.5), 1), Cell::Change(None)],
                vec![Cell::text("=1+1"), Cell::Figure(None, 1), Cell::Change(Some(-0.027))],
            ],
        };
        let caption = Caption { title: "双控".to_owned(), ..Caption::default() };
        assert_eq!(
            text(&caption, &table),
            "\u{feff}# 双控\r\n区,\"能耗, 万tce\",同比 %\r\n\"静海\"\"区\"\"\",1234.5000,\r\n'=1+1,,-2.7000\r\n"
        );
    }
}
