//! Every list as JSON, CSV, XLSX and Parquet; problems of the API are problem+json with a code of the closed table.

use bytes::Bytes;
use calamine::{Reader, Xlsx};
use nengce_shared::parquet::Value;
use nengce_shared::problem_code::ProblemCode;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::city::City;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day, days};
use nengce_tests::support::server::ADMIN_TOKEN;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::json;

const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[test]
fn every_list_comes_as_csv_xlsx_and_parquet() {
    let city = City::new();
    let unit = format!("/api/v1/units/{}", city.units[1].code);
    let lists = [
        "/api/v1/units".to_owned(),
        "/api/v1/devices".to_owned(),
        "/api/v1/uploads".to_owned(),
        "/api/v1/dual-control".to_owned(),
        "/api/v1/intensity".to_owned(),
        "/api/v1/intensity/decomposition".to_owned(),
        "/api/v1/benchmarks/0201".to_owned(),
        "/api/v1/inspection-targets".to_owned(),
        "/api/v1/uploads/1/rejected".to_owned(),
        format!("{unit}/energy"),
        format!("{unit}/readings"),
        format!("{unit}/calendar"),
        format!("{unit}/meters"),
    ];
    for list in lists {
        let csv = city.app.get_with(&list, &[("accept", "text/csv")]);
        assert_eq!(csv.status, 200, "{list}: {}", csv.text());
        assert!(
            csv.header("content-type").starts_with("text/csv"),
            "{list}: {}",
            csv.header("content-type")
        );
        let text = csv.text();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        assert!(reader.headers().is_ok_and(|head| head.len() > 2), "{list}: {text}");
        let head: Vec<String> = reader.headers().unwrap().iter().map(String::from).collect();
        let rows: Vec<Vec<String>> = reader
            .records()
            .map(|row| row.expect("as long as the header"))
            .map(|row| row.iter().map(String::from).collect())
            .collect();
        let sheet = city.app.get(&format!("{list}?format=xlsx"));
        assert_eq!((sheet.status, sheet.header("content-type")), (200, SHEET), "{list}");
        assert_eq!(&sheet.body[..2], b"PK", "{list}");
        let file = city.app.get(&format!("{list}?format=parquet"));
        assert_eq!(
            (file.status, file.header("content-type")),
            (200, nengce_shared::parquet::MEDIA),
            "{list}"
        );
        assert_eq!(read_back(file.body), (head, rows), "{list}");
    }
}

/// A Parquet file as the CSV of the same list would read: nulls empty, doubles in their shortest form.
fn read_back(bytes: Vec<u8>) -> (Vec<String>, Vec<Vec<String>>) {
    let reader = SerializedFileReader::new(Bytes::from(bytes)).expect("a Parquet file");
    let schema = reader.metadata().file_metadata().schema().clone();
    let head = schema.get_fields().iter().map(|it| it.name().to_owned());
    let rows = reader.get_row_iter(None).expect("rows").map(|row| {
        let row = row.expect("a row");
        let cell = |(_, field): (&String, &Field)| match field {
            Field::Null => String::new(),
            Field::Str(text) => text.clone(),
            Field::Double(number) => number.to_string(),
            other => panic!("neither text nor a figure: {other}"),
        };
        row.get_column_iter().map(cell).collect()
    });
    (head.collect(), rows.collect())
}

#[test]
fn parquet_keeps_numbers_text_nulls_and_notes_over_row_groups() {
    let text = |n: usize| match n % 3 {
        0 => Value::Missing,
        _ => Value::Text(format!("钢 {n}")),
    };
    let number = |n: usize| match n % 5 {
        0 => Value::Missing,
        _ => Value::Number(n as f64 * 0.1 - 7.0),
    };
    let rows: Vec<Vec<Value>> = (0..250_003).map(|n| vec![text(n), number(n)]).collect();
    let head = ["名称".to_owned(), "能耗, tce".to_owned()];
    let bytes = nengce_shared::parquet::write(&[("title", "试")], &head, &rows);
    let reader = SerializedFileReader::new(Bytes::from(bytes.clone())).expect("a Parquet file");
    let notes = reader.metadata().file_metadata().key_value_metadata();
    let notes = notes.expect("notes");
    assert_eq!((notes[0].key.as_str(), notes[0].value.as_deref()), ("title", Some("试")));
    assert!(reader.num_row_groups() > 1);
    let (names, read) = read_back(bytes);
    assert_eq!(names, head);
    let plain = |it: &Value| match it {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Missing => String::new(),
    };
    let wanted: Vec<Vec<String>> = rows.iter().map(|it| it.iter().map(plain).collect()).collect();
    assert!(read == wanted, "every cell as written");
    let (names, none) = read_back(nengce_shared::parquet::write(&[], &head, &[]));
    assert_eq!((names.len(), none.len()), (2, 0));
}

/// The portal's XLSX and Parquet files are written by the server.
#[test]
fn a_table_of_the_portal_becomes_a_file() {
    let app = TestApp::shared();
    let table = json!({
        "notes": [{"name": "title", "text": "试"}], "head": ["名称", "能耗, tce"],
        "rows": [["甲", 1.5], ["乙", null]],
    });
    let file = app.post("/api/v1/table-file?format=parquet", &table);
    let (names, rows) = read_back(file.body.clone());
    assert_eq!(names, ["名称", "能耗, tce"]);
    assert_eq!(rows, [["甲", "1.5"], ["乙", ""]]);
    let file = app.post("/api/v1/table-file?format=xlsx", &table);
    assert_eq!(file.status, 200);
    let mut book = Xlsx::new(std::io::Cursor::new(file.body)).expect("a workbook");
    let cells = book.worksheet_range_at(0).expect("a sheet").expect("its cells");
    let text = |row, column| cells.get((row, column)).map(ToString::to_string);
    assert_eq!(text(0, 0).as_deref(), Some("试"), "the note stands above the head");
    assert_eq!((text(1, 1).as_deref(), text(2, 1).as_deref()), (Some("能耗, tce"), Some("1.5")));
    for (path, body, status) in [
        ("/api/v1/table-file", &table, 400),
        ("/api/v1/table-file?format=csv", &table, 400),
        ("/api/v1/table-file?format=xlsx", &json!({"rows": 1}), 400),
        ("/api/v1/table-file?format=xlsx", &json!({"notes": [], "head": ["a"], "rows": [[]]}), 400),
        ("/api/v1/table-file?format=xlsx", &json!({"head": ["长".repeat(1 << 20)]}), 413),
    ] {
        assert_eq!(app.post(path, body).status, status, "{path}");
    }
}

/// A file holds at most `max_list_rows` rows, and a header states where the rest begins.
#[test]
fn a_file_of_a_list_is_bounded_and_says_where_it_goes_on() {
    let app = TestApp::with_environment(&[
        ("NENGCE_MAX_LIST_ROWS", "1"),
        ("NENGCE_REPLACEMENT_WINDOW_DAYS", "30"),
    ]);
    // Ten days of 2025 and then nothing, of two units: silence of each, and two old values that are sent anew.
    for name in ["一厂", "二厂"] {
        let terminal = app.terminal(&Enterprise::new(name).collects(ELECTRICITY, 1));
        terminal.upload(&days(ELECTRICITY, "2025-03-01", "2025-03-10", |_| 10.0)).received();
        terminal.upload(&[day(ELECTRICITY, "2025-03-01", 12.0)]).received();
    }
    app.wait_until_assessed();
    for list in [
        "/api/v1/replacements?",
        "/api/v1/quality/findings?state=all&",
        "/api/v1/quality/units?from=2025-03-01&to=2025-03-10&",
        "/api/v1/uploads?",
    ] {
        assert_eq!(app.get(list).ok()["page"]["next"], serde_json::Value::Null, "{list}");
        let mut lines = Vec::new();
        let mut cursor = String::new();
        for _ in 0..2 {
            let csv = app.get(&format!("{list}format=csv{cursor}"));
            assert_eq!(csv.text().lines().count(), 2, "{list}: {}", csv.text());
            lines.push(csv.text());
            cursor = format!("&cursor={}", csv.header("x-nengce-next"));
            let sheet = app.get(&format!("{list}format=xlsx"));
            assert!(!sheet.header("x-nengce-next").is_empty(), "{list}");
        }
        assert_ne!(lines[0], lines[1], "{list}");
    }
}

#[test]
fn problems_carry_a_code_of_the_table() {
    let app = TestApp::shared();
    let known = |code: &str| ProblemCode::ALL.iter().any(|known| known.as_str() == code);
    for (path, status, code) in [
        ("/api/v1/nothing", 404, "not_found"),
        ("/api/v1/dual-control?from=yesterday", 400, "parameter_invalid"),
        ("/api/v1/dual-control?from=2025-13", 400, "parameter_invalid"),
        ("/api/v1/dual-control?basis=both", 400, "parameter_invalid"),
        ("/api/v1/dual-control?bais=calorific", 400, "parameter_unknown"),
        ("/api/v1/dual-control?class=huge", 400, "parameter_invalid"),
        ("/api/v1/units/911201120000000191", 404, "not_found"),
        ("/api/v1/units/nonsense", 404, "not_found"),
    ] {
        assert!(known(code));
        app.get(path).problem(status, code);
    }
    let nearest = app.get("/api/v1/dual-control?bais=calorific").json();
    assert!(nearest.to_string().contains("basis"), "the nearest is named: {nearest}");
    app.post_bytes("/api/v1/units", Vec::new(), &[]).problem(405, "method_not_allowed");
    app.get_with("/api/v1/units", &[("accept", "image/png")]).problem(406, "not_acceptable");
}

/// Every operation of the API document that comes in formats negotiates them, and its language, in the same way.
#[test]
fn every_list_of_the_document_negotiates_alike() {
    let city = City::new();
    let document = city.app.get("/api/openapi.json").ok();
    let token = format!("Bearer {ADMIN_TOKEN}");
    let mut lists = 0;
    for (path, item) in document["paths"].as_object().expect("paths") {
        let formats = &item["get"]["responses"]["200"]["content"];
        // The tests of one unit's lists cover the other paths with parameters.
        if path.contains('{')
            || formats.get("text/csv").is_none()
            || formats.get("application/json").is_none()
        {
            continue;
        }
        lists += 1;
        let get = |accept: &str, language: &str| {
            let headers =
                [("accept", accept), ("accept-language", language), ("authorization", &token)];
            city.app.get_with(path, &headers)
        };
        get("text/html", "zh").problem(406, "not_acceptable");
        let browser = get("text/html,application/xhtml+xml,*/*;q=0.8", "zh");
        assert!(browser.header("content-type").starts_with("application/json"), "{path}");
        let [zh, en] = ["zh", "en"].map(|it| get("text/csv", it));
        for csv in [&zh, &en] {
            assert_eq!(csv.status, 200, "{path}: {}", csv.text());
            assert!(csv.header("content-type").starts_with("text/csv"), "{path}");
            assert!(csv.header("vary").contains("accept-language"), "{path}");
        }
        let head = |text: String| {
            text.lines().next().map(|it| it.trim_start_matches('\u{feff}').to_owned())
        };
        let (zh, en) = (head(zh.text()), head(en.text()));
        // The credit platform names its columns by words of its own.
        assert_eq!(zh == en, path == "/api/v1/credit-list/export", "{path}");
    }
    assert!(lists > 14, "{lists} lists");
}

#[test]
fn views_have_etags() {
    let app = TestApp::shared();
    for path in ["/api/v1/meta", "/api/v1/timeline", "/api/v1/dual-control"] {
        // Other tests write to the shared server: a tag may age between two requests, not ten times in a row.
        let again = (0..10).any(|_| {
            let tag = app.get(path).header("etag").to_owned();
            !tag.is_empty() && app.get_with(path, &[("if-none-match", &tag)]).status == 304
        });
        assert!(again, "{path}");
    }
}
