//! Malicious files from an administrator or a system with a valid token are refused with the name of the limit, and the
//! memory of the real server does not grow.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::ELECTRICITY;
use nengce_tests::support::sources::workspace;
use serde_json::Value;
use zip::write::SimpleFileOptions;

use super::bulk::{send, token};

/// The server's own peak of resident memory.
fn peak_mib(app: &TestApp) -> u64 {
    let file = format!("/proc/{}/status", app.server.pid());
    let status = std::fs::read_to_string(file).expect("the server runs");
    let line = status.lines().find(|it| it.starts_with("VmHWM:"));
    let kib = line.and_then(|it| it.split_whitespace().nth(1)?.parse::<u64>().ok());
    kib.expect("VmHWM") / 1024
}

/// A workbook whose parts are written piece by piece, so that a small package may hold much.
fn workbook<'a>(
    sheet: &'a mut (dyn FnMut(&mut dyn Write) + 'a),
    strings: &'a mut (dyn FnMut(&mut dyn Write) + 'a),
) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    let book = format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#
    );
    let rels = format!(
        r#"<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#
    );
    let root = format!(
        r#"<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    for (name, text) in
        [("_rels/.rels", root), ("xl/workbook.xml", book), ("xl/_rels/workbook.xml.rels", rels)]
    {
        writer.start_file(name, options).expect("a part");
        writer.write_all(text.as_bytes()).expect("its text");
    }
    for (name, head, tail, fill) in [
        (
            "xl/worksheets/sheet1.xml",
            format!(r#"<worksheet xmlns="{MAIN}"><sheetData>"#),
            "</sheetData></worksheet>",
            sheet,
        ),
        ("xl/sharedStrings.xml", format!(r#"<sst xmlns="{MAIN}">"#), "</sst>", strings),
    ] {
        writer.start_file(name, options).expect("a part");
        writer.write_all(head.as_bytes()).expect("its head");
        fill(&mut writer);
        writer.write_all(tail.as_bytes()).expect("its tail");
    }
    writer.finish().expect("a package").into_inner()
}

fn put(to: &mut dyn Write, text: &str, times: usize) {
    let many = text.repeat(1_000);
    for _ in 0..times / 1_000 {
        to.write_all(many.as_bytes()).expect("it is written");
    }
}

#[test]
fn workbooks_made_to_fill_memory_are_refused_by_name_and_cost_nothing() {
    let app = TestApp::new();
    let before = peak_mib(&app);
    let nothing = &mut |_: &mut dyn Write| {};
    let cell =
        |at: &str, text: &str| format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let far = format!(
        r#"<row r="1">{}</row><row r="1048576">{}</row>"#,
        cell("A1", "x"),
        cell("XFD1048576", "y")
    );
    let beyond = r#"<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>"#;
    let files = [
        (
            "far apart",
            workbook(&mut |to| to.write_all(far.as_bytes()).expect("written"), nothing),
            "max_import_columns",
        ),
        (
            "a row beyond all",
            workbook(&mut |to| to.write_all(beyond.as_bytes()).expect("written"), nothing),
            "",
        ),
        (
            "one long cell",
            workbook(
                &mut |to| {
                    to.write_all(br#"<row r="1"><c r="A1" t="inlineStr"><is><t>"#)
                        .expect("written");
                    put(to, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 10_000_000);
                    to.write_all(b"</t></is></c></row>").expect("written");
                },
                nothing,
            ),
            "max_import_cell_bytes",
        ),
        (
            "cells without end",
            workbook(&mut |to| put(to, r#"<row><c><v>1</v></c></row>"#, 30_000_000), nothing),
            "max_import_",
        ),
        (
            "strings without end",
            workbook(nothing, &mut |to| put(to, "<si><t>a</t></si>", 20_000_000)),
            "max_import_shared_strings",
        ),
        (
            "a text in every cell",
            workbook(
                &mut |to| {
                    put(to, r#"<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>"#, 400_000)
                },
                &mut |to| {
                    to.write_all(format!("<si><t>{}</t></si>", "x".repeat(100_000)).as_bytes())
                        .expect("written");
                },
            ),
            "max_import_text_bytes",
        ),
    ];
    for (name, bytes, limit) in files {
        let answer =
            app.admin_post("/api/v1/imports/readings/preview", bytes, "application/octet-stream");
        assert!(matches!(answer.status, 400 | 413), "{name}: {} {}", answer.status, answer.text());
        assert!(answer.text().contains(limit), "{name}: {}", answer.text());
    }
    let after = peak_mib(&app);
    assert!(after < before + 400, "{before} MiB before, {after} MiB after");
    assert_eq!(app.get("/healthz").status, 200);
}

#[test]
fn a_row_without_end_ends_its_upload_and_not_the_writer() {
    let app = TestApp::new();
    let unit = app.terminal(&Enterprise::new("系统")).enterprise.code;
    let token = token(&app, &[unit.as_str()]);
    let before = peak_mib(&app);
    let head = "enterpriseCode,dataCode,statType,statDate,inputType,valid,dataValue\n";
    let good = format!("{unit},{ELECTRICITY},1,2025-03-01,1,1,1\n");
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(format!("{head}{good}{unit},\"").as_bytes()).expect("packed");
    // 2.2 GiB in one quoted field, 2.5 MB as sent with the best compression.
    let piece = vec![b'x'; 1 << 20];
    for _ in 0..2_250 {
        gzip.write_all(&piece).expect("packed");
    }
    let body = gzip.finish().expect("packed");
    let answer = send(&app, &token, "text/csv", body, &[("content-encoding", "gzip")]);
    let said = answer.json();
    assert_eq!((&said["responseCode"], &said["stored"]), (&"1".into(), &1.into()), "{said}");
    assert!(
        said["responseMessage"].as_str().is_some_and(|it| it.contains("max_bulk_row_bytes")),
        "{said}"
    );
    let more = format!("{head}{unit},{ELECTRICITY},1,2025-03-02,1,1,2\n");
    let stored = send(&app, &token, "text/csv", more.into_bytes(), &[]).received();
    assert_eq!(stored["stored"], 1, "the writer goes on");
    let after = peak_mib(&app);
    assert!(after < before + 200, "{before} MiB before, {after} MiB after");
}

#[test]
fn every_flipped_bit_of_an_arrow_or_parquet_file_is_answered_and_never_a_fault_of_the_server() {
    let app = TestApp::new();
    let token = token(&app, &[]);
    for (name, media) in [
        ("three-days.arrows", "application/vnd.apache.arrow.stream"),
        ("four-days-one-impossible.parquet", "application/vnd.apache.parquet"),
    ] {
        let whole =
            std::fs::read(workspace().join("tests/fixtures").join(name)).expect("a fixture");
        let step = (whole.len() / 190).max(1);
        for at in (0..whole.len()).step_by(step) {
            let mut damaged = whole.clone();
            damaged[at] ^= 1 << (at % 8);
            let answer = send(&app, &token, media, damaged, &[]);
            assert_eq!(answer.status, 200, "{name}, byte {at}: {}", answer.text());
            let said: Value = answer.json();
            let code = &said["errors"][0]["code"];
            assert_ne!(code, "internal", "{name}, byte {at}: {said}");
        }
    }
    assert_eq!(app.get("/healthz").status, 200);
}

#[test]
fn a_batch_that_claims_rows_without_bytes_is_unreadable() {
    use std::sync::Arc;

    use arrow_array::{NullArray, RecordBatch};
    use arrow_schema::{DataType, Field, Schema};

    let app = TestApp::new();
    let token = token(&app, &[]);
    let names = ["enterpriseCode", "dataCode", "statType", "statDate", "dataValue"];
    let fields: Vec<Field> = names.iter().map(|it| Field::new(*it, DataType::Null, true)).collect();
    let schema = Arc::new(Schema::new(fields));
    let nulls = (0..names.len()).map(|_| Arc::new(NullArray::new(2_000_000_000)) as _).collect();
    let batch = RecordBatch::try_new(Arc::clone(&schema), nulls).expect("a batch");
    let mut writer =
        arrow_ipc::writer::StreamWriter::try_new(Vec::new(), &schema).expect("a stream");
    writer.write(&batch).expect("written");
    let body = writer.into_inner().expect("written");
    let answer = send(&app, &token, "application/vnd.apache.arrow.stream", body, &[]);
    let said = answer.json();
    assert_eq!(said["errors"][0]["code"], "import_file_unreadable", "{said}");
    assert_eq!(said["rows"], 0, "{said}");
}
