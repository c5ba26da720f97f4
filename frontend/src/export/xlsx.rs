//! A one-sheet XLSX of a table, written by hand: stored (uncompressed) zip entries of the least OOXML that spreadsheets open.

use super::{Caption, Cell, TableData};

/// The file's bytes.
pub fn bytes(caption: &Caption, table: &TableData) -> Vec<u8> {
    let sheet = sheet(caption, table);
    zip(&[
        (
            "[Content_Types].xml",
            r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Nengce" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}

fn sheet(caption: &Caption, table: &TableData) -> String {
    let mut out = String::from(
        r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#,
    );
    for line in [&caption.title, &caption.subtitle, &caption.filters, &caption.source] {
        if !line.is_empty() {
            row(&mut out, &[Cell::text(line.clone())]);
        }
    }
    let head: Vec<Cell> = table.titles().into_iter().map(Cell::Text).collect();
    row(&mut out, &head);
    for cells in &table.rows {
        row(&mut out, cells);
    }
    out.push_str("</sheetData></worksheet>");
    out
}

fn row(out: &mut String, cells: &[Cell]) {
    out.push_str("<row>");
    for cell in cells {
        match (cell, cell.number()) {
            (Cell::Text(text), _) => {
                out.push_str("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">");
                escape(out, text);
                out.push_str("</t></is></c>");
            }
            (_, Some(number)) => out.push_str(&format!("<c><v>{number}</v></c>")),
            (_, None) => out.push_str("<c/>"),
        }
    }
    out.push_str("</row>");
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if c < ' ' && c != '\n' && c != '\t' => {}
            c => out.push(c),
        }
    }
}

/// A zip of stored entries, dated 1980-01-01: the same table gives the same bytes.
fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in entries {
        let at = out.len() as u32;
        let mut common = Vec::new();
        for field in [20u16, 0x0800, 0, 0, 0x21] {
            common.extend(field.to_le_bytes());
        }
        for field in [crc32(text.as_bytes()), text.len() as u32, text.len() as u32] {
            common.extend(field.to_le_bytes());
        }
        common.extend((name.len() as u16).to_le_bytes());
        common.extend(0u16.to_le_bytes());
        out.extend(0x0403_4b50u32.to_le_bytes());
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(text.as_bytes());
        directory.extend(0x0201_4b50u32.to_le_bytes());
        directory.extend(20u16.to_le_bytes());
        directory.extend(&common);
        directory.extend([0u8; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let at = out.len() as u32;
    out.extend(&directory);
    out.extend(0x0605_4b50u32.to_le_bytes());
    out.extend([0u8; 4]);
    for _ in 0..2 {
        out.extend((entries.len() as u16).to_le_bytes());
    }
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend(0u16.to_le_bytes());
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_published_one() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn text_is_escaped_and_missing_figures_are_empty_cells() {
        let table = TableData {
            head: vec!["a<b".to_owned()],
            rows: vec![vec![Cell::Figure(Some(1.5), 1)], vec![Cell::Figure(None, 1)]],
        };
        let xml = sheet(&Caption::default(), &table);
        assert!(xml.contains("a&lt;b"), "{xml}");
        assert!(xml.contains("<row><c><v>1.5000</v></c></row><row><c/></row>"), "{xml}");
    }

    #[test]
    fn the_zip_ends_with_a_directory_of_every_entry() {
        let file = bytes(&Caption::default(), &TableData::default());
        let end = &file[file.len() - 22..];
        assert_eq!(&end[..4], &0x0605_4b50u32.to_le_bytes());
        assert_eq!(u16::from_le_bytes([end[10], end[11]]), 5);
        let at = u32::from_le_bytes([end[16], end[17], end[18], end[19]]) as usize;
        assert_eq!(&file[at..at + 4], &0x0201_4b50u32.to_le_bytes());
    }
}
