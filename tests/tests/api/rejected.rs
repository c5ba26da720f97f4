//! The file of an upload's rejected entries: mended in its cells, it is imported as it is.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day, with};
use nengce_tests::support::terminal::Terminal;
use serde_json::{Value, json};

type Cells = Vec<Vec<String>>;

/// What is wrong with each entry, in its Chinese and English head, its cell as sent, as mended, and the reason.
const WRONG: [(&str, &str, &str, &str, &str); 5] = [
    (
        "数据编码",
        "dataCode",
        "00-00-0000-02330-11",
        ELECTRICITY,
        "是不是 00-00-0000-023300-11（电力）？",
    ),
    ("采集频率", "statType", "7", "1", "应为 0（实时）、1（日）、2（月）或 3（年）"),
    ("数据时间", "statDate", "2099-03-03 00:00:00", "2025-03-03 00:00:00", "现在是 "),
    ("有效", "valid", "maybe", "true", "应为 true 或 false"),
    ("数据值", "dataValue", "many", "5", "应为数字"),
];

/// Sends a good entry and one of each wrong kind; the number of the upload.
fn send(app: &TestApp, terminal: &Terminal<'_>) -> u64 {
    let mut entries = vec![day(ELECTRICITY, "2025-02-28", 0.5)];
    for (date, (_, field, sent, ..)) in (1u32..).zip(WRONG) {
        let entry = day(ELECTRICITY, &format!("2025-03-{date:02}"), f64::from(date));
        entries.push(with(entry, field, json!(sent)));
    }
    terminal.upload(&entries).refused();
    let list = app.get(&format!("/api/v1/uploads?kind=energy&unit={}", terminal.enterprise.code));
    list.ok()["rows"][0]["upload_id"].as_u64().expect("an upload")
}

fn read_csv(bytes: &[u8]) -> Cells {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| row.iter().map(|it| it.trim_start_matches('\u{feff}').to_owned()).collect())
        .collect()
}

fn write_csv(cells: &Cells) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in cells {
        writer.write_record(row).expect("written");
    }
    writer.into_inner().expect("bytes")
}

fn read_xlsx(bytes: &[u8]) -> Cells {
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let sheet = book.worksheet_range_at(0).expect("a sheet").expect("it is read");
    let text = |it: &Data| it.to_string();
    sheet.rows().map(|row| row.iter().map(text).collect()).collect()
}

fn write_xlsx(cells: &Cells) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (line, row) in (0u32..).zip(cells) {
        for (column, cell) in (0u16..).zip(row) {
            sheet.write_string(line, column, cell).expect("written");
        }
    }
    book.save_to_buffer().expect("bytes")
}

fn import(app: &TestApp, file: Vec<u8>) -> Value {
    app.admin_post("/api/v1/imports/records?file=mended", file, "application/octet-stream").ok()
}

#[track_caller]
fn check_round_trip(
    format: &str,
    lang: &str,
    read: fn(&[u8]) -> Cells,
    write: fn(&Cells) -> Vec<u8>,
) {
    let app = TestApp::shared();
    let terminal = app.terminal(&Enterprise::new("改正").collects(ELECTRICITY, 1));
    let id = send(&app, &terminal);
    let path = format!("/api/v1/uploads/{id}/rejected");
    let list = app.get(&path).ok();
    for (row, (_, field, _, _, reason)) in list["rows"].as_array().expect("rows").iter().zip(WRONG)
    {
        assert_eq!(row["field"], field, "{row}");
        assert!(row["reason_zh"].as_str().is_some_and(|it| it.contains(reason)), "{reason}: {row}");
    }
    let file = app.get(&format!("{path}?format={format}&lang={lang}"));
    assert_eq!(file.status, 200);
    let mut cells = read(&file.body);
    assert_eq!(cells.len(), 1 + WRONG.len());
    // As it is, every row is rejected again, and none is stored.
    let report = import(&app, file.body);
    assert_eq!((&report["accepted"], &report["rejected"]), (&json!(0), &json!(5)), "{report}");

    let head = cells[0].clone();
    for (row, (zh, en, sent, right, _)) in cells[1..].iter_mut().zip(WRONG) {
        let name = if lang == "zh" { zh } else { en };
        let at =
            head.iter().position(|it| it == name).unwrap_or_else(|| panic!("{name}: {head:?}"));
        assert_eq!(row[at], sent, "{name}");
        row[at] = right.to_owned();
    }
    let report = import(&app, write(&cells));
    assert_eq!((&report["accepted"], &report["rejected"]), (&json!(5), &json!(0)), "{report}");
    let readings = terminal.readings(ELECTRICITY, 1);
    let mut found: Vec<f64> = readings.iter().filter_map(|it| it["value"].as_f64()).collect();
    found.sort_by(f64::total_cmp);
    assert_eq!(found, [0.5, 1.0, 2.0, 3.0, 4.0, 5.0], "{readings:?}");
    assert!(readings.iter().all(|it| it["valid"] == true), "{readings:?}");
}

#[test]
fn a_mended_file_is_imported_as_it_is() {
    check_round_trip("csv", "zh", read_csv, write_csv);
    check_round_trip("csv", "en", read_csv, write_csv);
    check_round_trip("xlsx", "zh", read_xlsx, write_xlsx);
    check_round_trip("xlsx", "en", read_xlsx, write_xlsx);
}
