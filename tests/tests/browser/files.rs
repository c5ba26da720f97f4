//! The files that a panel's menu offers: XLSX and Parquet come from the server and hold what the panel shows.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use nengce_tests::support::browser::Browser;
use parquet::file::reader::{FileReader, SerializedFileReader};

use crate::stage::stage;

/// Keeps the name and the bytes of each file that the page saves.
pub(crate) const KEEP_FILES: &str = "window.files = [];
    URL.createObjectURL = (blob) => { window.blob = blob; return 'blob:test'; };
    URL.revokeObjectURL = () => {};
    HTMLAnchorElement.prototype.click = function () {
        const name = this.download;
        window.blob.arrayBuffer().then((it) => window.files.push([name, Array.from(new Uint8Array(it))]));
    };";

pub(crate) fn save(browser: &Browser, panel: &str, format: &str) -> (String, Vec<u8>) {
    let count = browser.value("window.files.length");
    browser.click(&format!("document.querySelector('{panel} .panel-tools .menu button')"));
    browser.click(&format!("all('{panel} .pop button').find(it => text(it) === '{format}')"));
    browser.wait(&format!("window.files.length > {count}"));
    let file = browser.value("window.files.at(-1)");
    let bytes = file[1].as_array().expect("bytes");
    let bytes = bytes.iter().filter_map(|it| u8::try_from(it.as_u64()?).ok()).collect();
    (file[0].as_str().unwrap_or_default().to_owned(), bytes)
}

#[test]
fn the_ranking_of_targets_is_a_workbook_with_a_column_for_each_part_of_the_score() {
    let stage = stage();
    let browser = stage.visit("/targets");
    browser.run(KEEP_FILES);
    let shown = browser.value("all('#ranking tbody tr').length").as_u64();
    let (name, bytes) = save(&browser, "#ranking", "XLSX");
    assert!(name.starts_with("监察对象_排序_") && name.ends_with(".xlsx"), "{name}");
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let sheet = book.worksheet_range_at(0).expect("a sheet").expect("its cells");
    let rows: Vec<&[Data]> = sheet.rows().collect();
    let head = rows.iter().position(|it| it[0] == Data::String("位次".into())).expect("a head");
    let at = |title: &str| {
        let found = rows[head].iter().position(|it| *it == Data::String(title.into()));
        found.unwrap_or_else(|| panic!("{title}: {:?}", rows[head]))
    };
    let figure = |row: usize, column: usize| match rows[row][column] {
        Data::Float(it) => it,
        Data::Int(it) => it as f64,
        _ => panic!("{:?}", rows[row]),
    };
    assert_eq!(Some((rows.len() - head - 1) as u64), shown);
    let code = rows[head + 1][at("统一社会信用代码")].to_string();
    assert_eq!((code.len(), rows[head + 1][at("类别")].to_string().is_empty()), (18, false));
    let parts: f64 = (at("分") + 1..at("理由")).map(|it| figure(head + 1, it)).sum();
    assert!((parts - figure(head + 1, at("分"))).abs() < 0.1, "{:?}", rows[head + 1]);

    let (name, bytes) = save(&browser, "#ranking", "Parquet");
    assert!(name.ends_with(".parquet"), "{name}");
    let file = SerializedFileReader::new(bytes::Bytes::from(bytes)).expect("a file");
    assert_eq!(file.metadata().file_metadata().num_rows() as u64, shown.unwrap_or_default());
    let (name, bytes) = save(&browser, "#ranking", "CSV");
    assert!(name.ends_with(".csv") && bytes.starts_with(&[0xEF, 0xBB, 0xBF]), "{name}");
}
