//! `/api/v1/imports/{kind}/preview` and `…/jobs`, `/api/v1/import-profiles`.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use nengce_tests::support::sources::workspace;
use serde_json::{Value, json};

fn fixture(name: &str) -> Vec<u8> {
    let file = workspace().join("tests/fixtures").join(name);
    std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn mapping(unit: &str) -> Value {
    json!({"kind": "readings", "unit": unit, "time_column": "time", "interval": "1h",
           "items": [{"column": "kwh", "data_code": ELECTRICITY, "multiplier": 0.0001}], "fields": []})
}

fn encoded(mapping: &Value) -> String {
    mapping.to_string().bytes().map(|it| format!("%{it:02X}")).collect()
}

fn start(app: &TestApp, kind: &str, query: &str, bytes: Vec<u8>) -> Value {
    let path = format!("/api/v1/imports/{kind}/jobs?{query}");
    let answer = app.admin_post(&path, bytes, "application/octet-stream");
    assert_eq!(answer.status, 202, "{}", answer.text());
    app.ended_job(&answer.json()["job_id"])
}

#[test]
fn a_preview_marks_every_problem_at_its_cell_and_stores_nothing() {
    let app = TestApp::shared();
    let unit = Enterprise::new("预览").code;
    let file = fixture("cells-of-the-wrong-type.csv");
    let bare = app.admin_post("/api/v1/imports/readings/preview", file.clone(), "text/csv").ok();
    assert_eq!((&bare["mapping"], &bare["rows_bad"]), (&Value::Null, &json!(0)));
    assert!(bare["columns"].as_array().is_some_and(|it| it.contains(&json!("kwh"))));
    let path =
        format!("/api/v1/imports/readings/preview?file=m.csv&mapping={}", encoded(&mapping(&unit)));
    let preview = app.admin_post(&path, file, "text/csv").ok();
    assert_eq!(preview["rows_total"], 6, "{preview}");
    assert_eq!((&preview["rows_good"], &preview["readings"]), (&json!(2), &json!(2)));
    assert_eq!(preview["creates_unit"], true);
    let rows = preview["rows"].as_array().expect("rows");
    let at = |line: u64| {
        let row = rows.iter().find(|row| row["line"] == line).expect("a row");
        row["problems"].clone()
    };
    assert_eq!(at(2), json!([]));
    let kwh = preview["columns"].as_array().and_then(|it| it.iter().position(|it| it == "kwh"));
    assert_eq!(at(3)[0]["code"], "import_value_unreadable");
    assert_eq!(at(3)[0]["column"].as_u64(), kwh.map(|it| it as u64));
    assert_eq!(at(5)[0]["code"], "import_date_unreadable");
    app.get(&format!("/api/v1/units/{unit}")).problem(404, "not_found");
    app.post_bytes(&path, Vec::new(), &[]).problem(401, "unauthorised");
}

#[test]
fn a_preview_counts_values_that_replace_others_and_odd_ones() {
    let app = TestApp::shared();
    let unit = Enterprise::new("预览替换");
    let terminal = app.terminal(&unit);
    terminal
        .upload(&[day(ELECTRICITY, "2025-03-01", 1.0), day(ELECTRICITY, "2025-03-02", 2.0)])
        .received();
    let mapping = json!({"kind": "readings", "unit": unit.code, "time_column": "time", "stat_type": 1,
        "items": [{"column": "kwh", "data_code": ELECTRICITY, "multiplier": 0.0001}], "fields": []});
    let file = "time,kwh\n2025-03-01,10000\n2025-03-02,30000\n2025-03-03,-10000\n2025-03-04,0\n";
    let path = format!("/api/v1/imports/readings/preview?file=m.csv&mapping={}", encoded(&mapping));
    let preview = app.admin_post(&path, file.into(), "text/csv").ok();
    let series = &preview["series"][0];
    let counts = ["readings", "replaces", "negative", "zero"].map(|it| series[it].as_u64());
    assert_eq!(counts, [4, 1, 1, 1].map(Some), "{preview}");
    // 3 · 10^4 kWh at 1.229 and 2.85 tce
    for (basis, expected) in [("tce_calorific", 3.687), ("tce_equivalent", 8.55)] {
        let tce = series[basis].as_f64().expect("tce");
        assert!((tce - expected).abs() < 1e-9, "{basis}: {tce}");
    }
}

#[test]
fn a_job_commits_what_is_good_and_the_rest_comes_back_to_be_mended() {
    let app = TestApp::shared();
    let unit = Enterprise::new("任务").code;
    let query = format!("file=m.csv&mapping={}", encoded(&mapping(&unit)));
    let job = start(&app, "readings", &query, fixture("cells-of-the-wrong-type.csv"));
    assert_eq!(
        (&job["state"], &job["stored"], &job["created_units"]),
        (&json!("done"), &json!(2), &json!(1)),
        "{job}"
    );
    assert_eq!((&job["rows_done"], &job["rows_total"]), (&json!(6), &json!(6)));
    let refused = app.admin_get(job["rejected_file"].as_str().expect("refused rows"));
    assert_eq!(refused.status, 200);
    let mended = refused
        .text()
        .replace("n/a", "2")
        .replace("02:00,,", "02:00,3,")
        .replace("2025-13-01", "2025-03-01")
        .replace("04:07", "04:00");
    let again = start(&app, "readings", &query, mended.into_bytes());
    assert_eq!((&again["stored"], &again["rejected"]), (&json!(4), &json!(0)), "{again}");
    assert_eq!(again["rejected_file"], Value::Null);
    let list = app.get(&format!("/api/v1/units/{unit}/readings?limit=100")).ok();
    assert_eq!(list["page"]["total"], 6);
}

#[test]
fn refused_rows_of_a_workbook_come_back_as_a_workbook() {
    let app = TestApp::shared();
    let unit = Enterprise::new("任务").code;
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (line, (time, kwh, code)) in [
        ("time", "kwh", "编号"),
        ("2025-03-01 00:00", "100", "911201120000000191"),
        ("2025-03-01 01:00", "n/a", "911201120000000191"),
    ]
    .into_iter()
    .enumerate()
    {
        for (column, text) in [time, kwh, code].into_iter().enumerate() {
            sheet.write_string(line as u32, column as u16, text).expect("a cell");
        }
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    let query = format!("file=m.xlsx&mapping={}", encoded(&mapping(&unit)));
    let job = start(&app, "readings", &query, bytes);
    assert_eq!((&job["stored"], &job["rejected"]), (&json!(1), &json!(1)), "{job}");
    let refused = app.admin_get(job["rejected_file"].as_str().expect("refused rows"));
    assert!(refused.body.starts_with(b"PK"), "a workbook");
    let path = format!("/api/v1/imports/readings/preview?mapping={}", encoded(&mapping(&unit)));
    let back = app.admin_post(&path, refused.body, "application/octet-stream").ok();
    assert_eq!(back["format"], "xlsx");
    assert_eq!(
        back["columns"],
        json!(["time", "kwh", "编号", "_line", "_reason_zh", "_reason_en"])
    );
    assert_eq!(back["rows"][0]["cells"][2], "911201120000000191", "no digit is lost");
}

#[test]
fn a_row_per_value_names_its_own_unit_through_a_saved_profile() {
    let app = TestApp::shared();
    let first = app.terminal(&Enterprise::new("多家")).enterprise.code;
    let second = app.terminal(&Enterprise::new("多家")).enterprise.code;
    let unknown = Enterprise::new("未知").code;
    let file = format!(
        "企业;编码;周期;日期;数值\n{first};{ELECTRICITY};1;2025-03-01;5\n{second};{ELECTRICITY};1;2025/3/1;6\n\
         {unknown};{ELECTRICITY};1;2025-03-01;7\n{first};{ELECTRICITY};1;2025-03-01;8\n"
    );
    let field = |field: &str, column: &str| json!({"field": field, "column": column});
    let mapping = json!({"kind": "records", "items": [], "fields": [
        field("enterpriseCode", "企业"), field("dataCode", "编码"), field("statType", "周期"),
        field("statDate", "日期"), field("dataValue", "数值")]});
    let body = json!({"mapping": mapping, "columns": ["企业", "编码", "周期", "日期", "数值"]});
    let saved =
        app.admin("PUT", "/api/v1/import-profiles/day-list", body.to_string().into_bytes()).ok();
    assert_eq!(saved["name"], "day-list");
    let bare = app
        .admin_post("/api/v1/imports/records/preview", file.clone().into_bytes(), "text/csv")
        .ok();
    assert_eq!(bare["profile"], "day-list", "the header is known");
    let job = start(&app, "records", "profile=day-list", file.into_bytes());
    assert_eq!((&job["stored"], &job["rejected"]), (&json!(2), &json!(2)), "{job}");
    let codes: Vec<&Value> =
        job["problems"].as_array().expect("problems").iter().map(|it| &it["code"]).collect();
    assert_eq!(codes, [&json!("import_unit_unknown"), &json!("entry_duplicate")]);
    let refused = app.admin_get(job["rejected_file"].as_str().expect("refused rows"));
    assert!(refused.text().contains("企业;编码;周期;日期;数值;_line"), "{}", refused.text());
    for (unit, value) in [(&first, 5.0), (&second, 6.0)] {
        let list = app.get(&format!("/api/v1/units/{unit}/readings?data_code={ELECTRICITY}")).ok();
        assert_eq!(list["rows"][0]["value"], value);
    }
    let gone = app.admin("DELETE", "/api/v1/import-profiles/day-list", Vec::new()).ok();
    assert!(!gone["rows"].to_string().contains("day-list"));
    app.admin_get("/api/v1/import-profiles/day-list").problem(404, "not_found");
    app.get("/api/v1/import-profiles").problem(401, "unauthorised");
}

#[test]
fn a_file_that_cannot_be_read_ends_its_job_with_a_reason() {
    let app = TestApp::shared();
    let unit = Enterprise::new("任务").code;
    let query = format!("mapping={}", encoded(&mapping(&unit)));
    let job = start(&app, "readings", &query, fixture("one-column-name-twice.csv"));
    assert_eq!(
        (&job["state"], &job["error"]["code"]),
        (&json!("failed"), &json!("import_column_duplicate"))
    );
    let wrong = json!({"kind": "readings", "unit": unit, "items": [], "fields": []});
    let path = format!("/api/v1/imports/readings/preview?mapping={}", encoded(&wrong));
    let body = app
        .admin_post(&path, fixture("one-stamp-twice.csv"), "text/csv")
        .problem(400, "parameter_invalid");
    assert_eq!(body["errors"][0]["field"], "time_column");
}
