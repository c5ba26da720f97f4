//! Texts that would mean something to a database, a header, a file system, a spreadsheet, a browser or a log stay texts.

use nengce_tests::support::answer::Answer;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use nengce_tests::support::person::try_sign_in;
use nengce_tests::support::raw::exchange;
use serde_json::{Value, json};

/// What a parameter is filled with, one after the other.
const PAYLOADS: [&str; 4] = [
    "' OR '1'='1",
    "1; drop table unit; --",
    "x\r\nx-injected: 1\r\n\r\n<script>alert(1)</script>",
    "../../../../etc/passwd\0",
];

/// Names that a spreadsheet would run.
const FORMULAS: [&str; 4] =
    ["=cmd|'/c calc'!A1", "+1+cmd|' /C calc'!A0", "@SUM(1+1)*cmd", "\t=1+1"];

fn encoded(text: &str) -> String {
    text.bytes().map(|it| format!("%{it:02X}")).collect()
}

/// Each address of a GET of the API document with a payload in one of its parameters.
fn addresses(document: &Value, payload: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        if !path.starts_with("/api/v1/") || path == "/api/v1/events" || item["get"].is_null() {
            continue;
        }
        let filled = path.replace('{', "\0").split('\0').enumerate().fold(
            String::new(),
            |all, (at, part)| match part.split_once('}') {
                Some((_, rest)) if at > 0 => all + &encoded(payload) + rest,
                _ => all + part,
            },
        );
        let parameters = item["get"]["parameters"].as_array();
        let names = parameters.into_iter().flatten().filter(|it| it["in"] == "query");
        let names = names.filter_map(|it| it["name"].as_str());
        found.extend(names.map(|name| format!("{filled}?{name}={}", encoded(payload))));
        found.push(filled);
    }
    found
}

#[track_caller]
fn check_plain(answer: &Answer) {
    assert!(answer.status < 500, "{}: {} {}", answer.what, answer.status, answer.text());
    assert_eq!(answer.header("x-injected"), "", "{}", answer.what);
    assert!(!answer.header("content-type").contains("html"), "{}", answer.what);
    assert!(!answer.text().contains("root:x:0"), "{}", answer.what);
}

#[test]
fn parameters_are_values_for_the_database_the_headers_and_the_file_system() {
    let app = TestApp::new();
    let unit = Enterprise::new("注入厂");
    app.terminal(&unit).upload(&[day(ELECTRICITY, "2025-01-01", 1.0)]).received();
    let document = app.get("/api/openapi.json").ok();
    let mut tried = 0;
    for payload in PAYLOADS {
        for address in addresses(&document, payload) {
            check_plain(&app.admin_get(&address));
            tried += 1;
        }
        let file = format!("/api/v1/imports/economy?file={}", encoded(payload));
        check_plain(&app.admin_post(&file, b"a,b\n1,2\n".to_vec(), "text/csv"));
        let profile = format!("/api/v1/import-profiles/{}", encoded(payload));
        check_plain(&app.admin("PUT", &profile, b"{}".to_vec()));
        let folder = json!({"folder": payload}).to_string().into_bytes();
        let backup = app.admin("POST", "/api/v1/maintenance/backup", folder);
        assert!(backup.status >= 400 || !payload.contains(".."), "{}", backup.text());
    }
    assert!(tried > 500, "{tried}");
    let units = app.admin_get("/api/v1/units").ok();
    assert_eq!(units["rows"].as_array().map(Vec::len), Some(1), "{units}");
    assert!(!app.server.folder().join("etc").exists());
}

#[test]
fn no_path_leads_out_of_the_web_files() {
    let app = TestApp::shared();
    for path in [
        "/../../../../etc/passwd",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/styles/..%5c..%5cetc%5cpasswd",
        "//etc/passwd",
        "/styles/%00../../etc/passwd",
    ] {
        let head = format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        let answer = exchange(&app, head.as_bytes());
        assert!(answer.status < 500, "{path}: {}", answer.status);
        assert!(!answer.text().contains("root:x:0"), "{path}");
    }
}

#[test]
fn names_are_no_formulas_in_files_and_no_markup_in_answers() {
    let app = TestApp::new();
    let markup = "<img src=x onerror=alert(1)>";
    for name in FORMULAS.iter().chain([&markup]) {
        let terminal = app.terminal(&Enterprise::new(name));
        terminal.upload(&[day(ELECTRICITY, "2025-01-01", 1.0)]).received();
    }
    for path in ["/api/v1/units", "/api/v1/devices", "/api/v1/uploads", "/api/v1/audit"] {
        let table = app.admin_get(&format!("{path}?format=csv"));
        assert!(table.header("content-disposition").starts_with("attachment"), "{path}");
        assert_eq!(table.header("x-content-type-options"), "nosniff");
        let mut reader = csv::ReaderBuilder::new().from_reader(table.body.as_slice());
        let mut cells = 0;
        for record in reader.records() {
            for cell in &record.expect("a record") {
                let is_number = cell.parse::<f64>().is_ok();
                let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
                assert!(is_number || !begins, "{path}: {cell}");
                cells += 1;
            }
        }
        assert!(cells > 5, "{path}: {cells}");
        let book = app.admin_get(&format!("{path}?format=xlsx"));
        let mut parts = zip::ZipArchive::new(std::io::Cursor::new(&book.body)).expect("a package");
        let mut sheet = parts.by_name("xl/worksheets/sheet1.xml").expect("a sheet");
        let text = std::io::read_to_string(&mut sheet).expect("a text");
        assert!(!text.contains("<f>") && !text.contains("<f "), "{path}: a formula");
    }
    let list = app.admin_get("/api/v1/units");
    assert!(
        list.text().contains(markup) && list.header("content-type").starts_with("application/json")
    );
}

#[test]
fn nobody_writes_lines_or_colours_into_the_log() {
    let app = TestApp::with_environment(&[("NENGCE_LOG", "debug"), ("NO_COLOR", "1")]);
    let forged = "x\n2026-01-01T00:00:00Z FORGED nengce\r\nFORGED \u{1b}[31mred";
    let body = json!({"name": forged, "password": forged});
    try_sign_in(&app, &body, "").problem(401, "sign_in_refused");
    app.post("/register", &json!({"enterpriseCode": forged, "region": forged}));
    let named = json!({"enterpriseCode": Enterprise::new("").code, "enterpriseName": forged, "region": "120116"});
    app.post("/register", &named);
    app.post(&format!("/{}", encoded(forged)), &json!({}));
    app.get(&format!("/api/v1/units/{}", encoded(forged)));
    let terminal = app.terminal(&Enterprise::new("日志厂"));
    let configured = json!({"deviceId": terminal.device_id, "enterpriseName": forged});
    app.post("/uploadConfigData", &configured);
    let token = json!({"name": forged, "all_units": true, "units": []}).to_string();
    app.admin_post("/api/v1/tokens", token.into_bytes(), "application/json");
    let log = app.server.log();
    assert!(log.contains("FORGED"), "the log names what was tried");
    let wrong = log.lines().find(|it| it.contains("FORGED nengce") && it.starts_with("2026-01-01"));
    assert!(wrong.is_none() && !log.lines().any(|it| it.starts_with("FORGED")), "{wrong:?}");
    assert!(!log.contains('\u{1b}'), "no control characters");
}
