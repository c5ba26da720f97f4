//! CSV of a table: UTF-8 with a byte order mark (spreadsheets need it for Chinese), figures plain, missing ones empty.
//! Texts that a spreadsheet would run as a formula are guarded as in the server's files.

use nengce_shared::cell::guarded;

use super::{Caption, Cell, TableData};

/// The file's text: the caption as comment-like rows, the head, the rows.
pub fn text(caption: &Caption, table: &TableData) -> String {
    let mut out = String::from("\u{feff}");
    for line in [&caption.title, &caption.subtitle, &caption.filters, &caption.source] {
        if !line.is_empty() {
            out.push_str(&format!("# {}\r\n", line.replace(['\r', '\n'], " ")));
        }
    }
    row(&mut out, table.titles().iter().map(|it| guarded(it).into_owned()));
    for cells in &table.rows {
        row(
            &mut out,
            cells.iter().map(|cell| match cell {
                Cell::Text(text) => guarded(text).into_owned(),
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
    if field.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn texts_that_would_be_formulas_are_guarded_as_the_server_does() {
        for (cell, field) in [
            ("-a1", "'-a1"),
            ("-", "'-"),
            ("+5.0%", "'+5.0%"),
            ("\r=1", "\"'\r=1\""),
            ("-5", "-5"),
            ("甲厂", "甲厂"),
        ] {
            let table =
                TableData { head: vec!["名称".to_owned()], rows: vec![vec![Cell::text(cell)]] };
            let file = text(&Caption::default(), &table);
            assert_eq!(file, format!("\u{feff}名称\r\n{field}\r\n"));
        }
    }
}
