//! Files as they come: characters, separators, lines, titles, sheets, old workbooks, pages; and files made to hurt.

use std::io::Write;

use nengce_shared::problem::ProblemCode;
use zip::write::SimpleFileOptions;

use crate::import::limits::Limits;
use crate::import::sheet::{Choice, Sheet};

fn read(bytes: &[u8]) -> Sheet {
    Sheet::read(bytes).unwrap_or_else(|it| panic!("{it:?}"))
}

fn fixture(name: &str) -> Vec<u8> {
    let file =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures").join(name);
    std::fs::read(&file).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn lines(sheet: &Sheet) -> Vec<u32> {
    sheet.rows.iter().map(|it| it.line).collect()
}

fn table(sheet: &Sheet) -> Vec<Vec<String>> {
    let row = |it: &crate::import::sheet::Row| it.cells().map(str::to_owned).collect();
    sheet.rows.iter().map(row).collect()
}

#[test]
fn lines_are_those_of_the_file_however_they_end() {
    for (text, expected) in [
        ("date,kwh\n2026-01-01,1\n2026-01-02,bad\n", vec![2, 3]),
        ("date,kwh\r\n2026-01-01,1\r\n2026-01-02,bad\r\n", vec![2, 3]),
        ("date,kwh\r2026-01-01,1\r2026-01-02,bad\r", vec![2, 3]),
        ("date,kwh\r\n\r\n2026-01-01,1\r\n\r\n\r\n2026-01-02,bad\r\n\r\n", vec![3, 6]),
        ("\n\ndate,kwh\n2026-01-01,1\n,\n2026-01-02,bad\n,,\n", vec![4, 6]),
        ("date,kwh\r\n2026-01-01,\"1\r\n\"\r\n2026-01-02,bad\r\n", vec![2, 4]),
        ("sep=;\r\ndate;kwh\r\n2026-01-01;1\r\n", vec![3]),
    ] {
        let sheet = read(text.as_bytes());
        assert_eq!(lines(&sheet), expected, "{text:?}");
        assert_eq!(sheet.header, ["date", "kwh"], "{text:?}");
    }
}

#[test]
fn the_characters_of_a_file_are_found_and_said() {
    let text = "日期,用电量\n2026-03-01,101\n";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let marked = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
    let gb = encoding_rs::GB18030.encode(text).0.into_owned();
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), "UTF-8"),
        (marked(b"\xef\xbb\xbf", text.as_bytes()), "UTF-8"),
        (gb, "GB18030"),
        (utf16.clone(), "UTF-16LE"),
        (marked(b"\xff\xfe", &utf16), "UTF-16LE"),
        (big.clone(), "UTF-16BE"),
        (marked(b"\xfe\xff", &big), "UTF-16BE"),
    ] {
        let sheet = read(&bytes);
        assert_eq!(sheet.found.encoding.as_deref(), Some(encoding));
        assert_eq!((sheet.header.join(","), sheet.rows.len()), ("日期,用电量".to_owned(), 1));
    }
    let broken = Sheet::read(b"a,b\n1,\xff\xff\xff\n").unwrap_err();
    assert!(broken.detail.contains("line 2"), "{broken:?}");
    assert_eq!(Sheet::read(b"%PDF-1.7").unwrap_err().code, ProblemCode::ImportFileUnreadable);
}

#[test]
fn headers_are_found_below_titles_and_above_units_and_totals_are_left_out() {
    let sheet = read(&fixture("title-units-and-total-rows-around-the-table.xlsx"));
    assert_eq!(sheet.header, ["日期", "用电量", "天然气"]);
    assert_eq!((sheet.found.header_line, lines(&sheet)), (3, vec![4, 5]));
    assert_eq!(sheet.found.total_lines, [6]);
    assert_eq!(sheet.found.title_unit.as_deref(), Some("kWh"));
    assert_eq!(table(&sheet)[0][0], "2026-03-01 00:00:00");
    assert_eq!(
        sheet.place(4, Some(1)),
        "Sheet1!B4".replace("Sheet1", sheet.found.sheet.as_deref().unwrap_or(""))
    );

    let text = "某公司 2026 年 3 月报表,,\n填报日期,2026-04-01,\n日期,用电量,天然气\n,kWh,Nm³\n2026-03-01,1,2\n小计,1,2\n合 计,1,2\n";
    let sheet = read(text.as_bytes());
    assert_eq!((sheet.found.header_line, sheet.found.units_line), (3, Some(4)));
    assert_eq!(sheet.units, [None, Some("kWh".to_owned()), Some("Nm³".to_owned())]);
    assert_eq!((lines(&sheet), sheet.found.total_lines.clone()), (vec![5], vec![6, 7]));

    let choice = Choice { header_line: Some(4), ..Choice::default() };
    let chosen = Sheet::read_as(text.as_bytes(), &choice, &Limits::default()).unwrap();
    assert_eq!(chosen.header, ["日期", "kWh", "Nm³"], "an empty heading is the one above it");
}

#[test]
fn sheets_are_listed_and_the_one_with_the_table_is_read() {
    let bytes = fixture("the-table-on-the-second-sheet.xlsx");
    let sheet = read(&bytes);
    let names: Vec<&str> = sheet.found.sheets.iter().map(|it| it.name.as_str()).collect();
    assert_eq!((names.len(), sheet.header.join(",")), (2, "日期,用电量".to_owned()));
    assert_eq!(sheet.found.sheet.as_deref(), names.get(1).copied());
    let choice = Choice { sheet: Some(names[0].to_owned()), ..Choice::default() };
    let cover = Sheet::read_as(&bytes, &choice, &Limits::default()).unwrap();
    assert_eq!(cover.found.sheet.as_deref(), Some(names[0]));
    let missing = Choice { sheet: Some("没有".to_owned()), ..Choice::default() };
    let error = Sheet::read_as(&bytes, &missing, &Limits::default()).unwrap_err();
    assert!(error.detail.contains(names[1]), "{error:?}");
}

#[test]
fn old_workbooks_are_read_as_calamine_reads_them() {
    use calamine::{Reader, Xls};
    let bytes = fixture("an-old-workbook.xls");
    let sheet = read(&bytes);
    assert_eq!(sheet.header, ["日期", "用电量(kWh)", "天然气(m3)"]);
    assert_eq!(
        table(&sheet),
        [["2026-03-01 00:00:00", "101", "11.5"], ["2026-03-02 00:00:00", "102", "12"]]
    );
    assert_eq!(
        (sheet.found.sheet.as_deref(), sheet.found.total_lines.clone()),
        (Some("数据"), vec![4])
    );
    // Its header claims 4,294,967,295 rows, for which calamine would ask for memory.
    let mut honest = bytes.clone();
    let claim = [0x00, 0x02, 0x0e, 0x00, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff];
    while let Some(at) = honest.windows(claim.len()).position(|it| it == claim) {
        honest[at] = 0x99;
    }
    let mut book: Xls<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(honest)).unwrap();
    let range = book.worksheet_range("数据").unwrap();
    assert_eq!(range.get_value((1, 1)).map(ToString::to_string).as_deref(), Some("101"));
    assert_eq!(range.get_value((2, 2)).map(ToString::to_string).as_deref(), Some("12"));

    let cut = Sheet::read(&fixture("an-old-workbook-cut-to-its-head.xls")).unwrap_err();
    assert_eq!(cut.code, ProblemCode::ImportFileUnreadable);
}

#[test]
fn pages_named_like_workbooks_are_read() {
    let sheet = read(&fixture("a-page-named-like-a-workbook.xls"));
    assert_eq!(
        (sheet.header.join(","), table(&sheet)),
        ("日期,用电量".to_owned(), vec![vec!["2026-03-01".to_owned(), "101".to_owned()]])
    );
    let page = "<html><style>td{}</style><table><tr><td>x</td></tr></table><table><tr><th colspan=2>标题</th></tr>\
                <tr><th>日期<th>用电量&#40;kWh&#41;</tr><tr><td>2026-03-01<td>1&nbsp;</tr></table></html>";
    let sheet = read(page.as_bytes());
    assert_eq!((sheet.header.join(","), lines(&sheet)), ("日期,用电量(kWh)".to_owned(), vec![3]));
    let xml = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"x\"><Worksheet><Table>\
               <Row><Cell><Data>日期</Data></Cell><Cell><Data>电</Data></Cell></Row>\
               <Row ss:Index=\"4\"><Cell><Data>2026-03-01</Data></Cell><Cell><Data>5</Data></Cell></Row></Table></Worksheet></Workbook>";
    assert_eq!(lines(&read(xml.as_bytes())), [4]);
    assert!(Sheet::read(b"<html><body>login</body></html>").is_err());
}

/// A workbook whose one sheet has this XML as its data.
fn workbook(rows: &str, strings: Option<&str>) -> Vec<u8> {
    let parts = [
        ("[Content_Types].xml", r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#.to_owned()),
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#.to_owned(),
        ),
        ("xl/workbook.xml", r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#.to_owned()),
        ("xl/_rels/workbook.xml.rels", r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#.to_owned()),
        ("xl/worksheets/sheet1.xml", format!(r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#)),
    ];
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    let mut put = |name: &str, text: &str| {
        writer.start_file(name, options).expect("a part");
        writer.write_all(text.as_bytes()).expect("its text");
    };
    for (name, text) in &parts {
        put(name, text);
    }
    if let Some(strings) = strings {
        let list = format!(
            r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{strings}</sst>"#
        );
        put("xl/sharedStrings.xml", &list);
    }
    writer.finish().expect("a package").into_inner()
}

fn inline(cell: &str, text: &str) -> String {
    format!(r#"<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

/// The limit that refuses a file.
fn rejected(bytes: &[u8], limits: &Limits) -> String {
    let problem = Sheet::read_as(bytes, &Choice::default(), limits).unwrap_err();
    assert_eq!(problem.code, ProblemCode::ImportTooLarge, "{problem:?}");
    problem.detail
}

#[test]
fn cells_far_apart_cost_nothing_and_every_limit_is_named_with_its_place() {
    let far = format!(
        r#"<row r="1">{}{}</row><row r="1048576">{}</row>"#,
        inline("A1", "日期"),
        inline("B1", "电"),
        inline("A1048576", "2026-03-01")
    );
    let sheet = read(&workbook(&far, None));
    assert_eq!(lines(&sheet), [1_048_576]);
    let wide = format!(
        r#"<row r="1">{}</row><row r="1048576">{}</row>"#,
        inline("A1", "x"),
        inline("XFD1048576", "y")
    );
    let said = rejected(&workbook(&wide, None), &Limits::default());
    assert!(said.contains("max_import_columns") && said.contains("S!XFD1048576"), "{said}");
    let beyond = r#"<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>"#;
    assert!(Sheet::read(&workbook(beyond, None)).is_err());

    let long = workbook(&format!(r#"<row r="1">{}</row>"#, inline("A1", &"x".repeat(1_000))), None);
    let small = |change: fn(&mut Limits)| {
        let mut limits = Limits::default();
        change(&mut limits);
        limits
    };
    assert!(rejected(&long, &small(|it| it.cell_bytes = 900)).contains("max_import_cell_bytes"));
    assert!(
        rejected(&long, &small(|it| it.unpacked_bytes = 1_500))
            .contains("max_import_unpacked_bytes")
    );
    assert!(rejected(&long, &small(|it| it.parts = 4)).contains("max_import_parts"));
    // The runs of a rich text are one cell.
    let runs = r#"<r><rPr><b/></rPr><t>xxxxxxxxxx</t></r>"#.repeat(100);
    let rich = workbook("", Some(&format!("<si>{runs}</si>")));
    assert!(rejected(&rich, &small(|it| it.cell_bytes = 900)).contains("max_import_cell_bytes"));
    let many = workbook("", Some(&"<si><t>a</t></si>".repeat(50)));
    assert!(
        rejected(&many, &small(|it| it.shared_strings = 10)).contains("max_import_shared_strings")
    );
    // A text of many cells counts in each.
    let cells: String = (1..=200)
        .map(|it| format!(r#"<row r="{it}"><c r="A{it}" t="s"><v>0</v></c></row>"#))
        .collect();
    let shared = workbook(&cells, Some(&format!("<si><t>{}</t></si>", "x".repeat(1_000))));
    assert!(
        rejected(&shared, &small(|it| it.text_bytes = 100_000)).contains("max_import_text_bytes")
    );

    let rows = "a,b\n1,2\n".repeat(100);
    assert!(rejected(rows.as_bytes(), &small(|it| it.rows = 10)).contains("max_import_rows"));
    assert!(rejected(rows.as_bytes(), &small(|it| it.cells = 10)).contains("max_import_cells"));
    let open = format!("a,b\n1,\"{}", "x\n".repeat(1_000));
    let said = rejected(open.as_bytes(), &small(|it| it.cell_bytes = 900));
    assert!(said.contains("quotation mark") && said.starts_with("2"), "{said}");
}

#[test]
fn a_package_that_unpacks_to_far_more_than_was_sent_is_left_unread() {
    let bomb =
        workbook(&format!(r#"<row r="1">{}</row>"#, inline("A1", &"x".repeat(20_000_000))), None);
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    assert!(rejected(&bomb, &Limits::default()).contains("max_import_cell_bytes"));
    let cells = workbook(&r#"<c r="A1"/>"#.repeat(3_000_000), None);
    let limits = Limits { unpacked_bytes: 8 << 20, ..Limits::default() };
    assert!(rejected(&cells, &limits).contains("max_import_unpacked_bytes"));
    let entities =
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    let _whatever = Sheet::read(&workbook(
        &format!("{entities}<row r=\"1\">{}</row>", inline("A1", "&b;")),
        None,
    ));
}

#[test]
fn damaged_workbooks_are_unreadable_and_never_more() {
    let whole = [fixture("an-old-workbook.xls"), fixture("the-table-on-the-second-sheet.xlsx")];
    for bytes in whole {
        for at in (0..bytes.len()).step_by(3) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1 << (at % 8);
            if let Err(problem) = Sheet::read(&damaged) {
                let known = [ProblemCode::ImportFileUnreadable, ProblemCode::ImportTooLarge];
                assert!(known.contains(&problem.code), "{problem:?}");
            }
        }
        for end in (0..bytes.len()).step_by(97) {
            drop(Sheet::read(&bytes[..end]));
        }
    }
}
