//! `GET /api/openapi.json`: the whole document as a snapshot, and every operation of it answering.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::city::City;
use nengce_tests::support::wait::wait_for;
use serde_json::Value;

/// The document as lines: a short object or list is on one line, so that a review shows a changed field as one changed
/// line.
fn print_lines(name: &str, value: &Value, indent: usize, lines: &mut String) {
    const WIDTH: usize = 180;
    let key = format!("{:indent$}{name}: ", "");
    let text = value.to_string();
    let parts: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, it)| (name.clone(), it)).collect(),
        Value::Array(items) => items.iter().map(|it| ("-".to_owned(), it)).collect(),
        _ => Vec::new(),
    };
    if parts.is_empty() || key.len() + text.len() <= WIDTH {
        lines.push_str(&format!("{key}{text}\n"));
        return;
    }
    lines.push_str(&format!("{}\n", key.trim_end()));
    for (name, part) in parts {
        print_lines(&name, part, indent + 2, lines);
    }
}

/// The snapshot shows a change of the API in review. `INSTA_UPDATE=always cargo xtask test api -- openapi` accepts it.
#[test]
fn the_document_is_the_one_of_the_snapshot() {
    let document = TestApp::shared().get("/api/openapi.json").ok();
    let mut lines = String::new();
    for (name, part) in document.as_object().expect("a document") {
        print_lines(name, part, 0, &mut lines);
    }
    insta::assert_snapshot!("openapi", lines);
}

#[test]
fn the_endpoints_that_others_build_on_are_described() {
    let document = TestApp::shared().get("/api/openapi.json").ok();
    let paths = document["paths"].as_object().expect("paths");
    for path in [
        "/register",
        "/versionCheck",
        "/uploadConfigData",
        "/uploadEnergyData",
        "/uploadMeteringData",
        "/downloadBaseData",
        "/downloadConfigData",
        "/api/v1/units",
        "/api/v1/dual-control",
        "/api/v1/intensity",
        "/api/v1/intensity/decomposition",
        "/api/v1/devices",
        "/api/v1/uploads",
        "/healthz",
        "/readyz",
        "/metrics",
    ] {
        assert!(paths.contains_key(path), "{path} is not described");
    }
    for start in
        ["/api/v1/units/{", "/api/v1/benchmarks/{", "/api/v1/uploads/{", "/api/v1/devices/{"]
    {
        assert!(paths.keys().any(|it| it.starts_with(start)), "{start} is not described");
    }
}

/// The permissions that the servers of the tests give to everybody.
const PUBLISHED: [&str; 8] =
    ["open", "names", "figures", "unit_data", "quality", "uploads", "devices", "replacements"];

#[test]
fn every_described_read_answers() {
    let city = City::new();
    let document = city.app.get("/api/openapi.json").ok();
    let unit = &city.units[0].code;
    let finding = first_finding(&city);
    for (path, item) in document["paths"].as_object().expect("paths") {
        // A stream of events has no end; its own test reads it.
        let is_stream =
            |item: &Value| item["responses"]["200"]["content"].get("text/event-stream").is_some();
        if item.get("get").is_none_or(is_stream) {
            continue;
        }
        let permission = item["get"]["x-permission"].as_str().unwrap_or("open");
        if !PUBLISHED.contains(&permission) {
            let closed = city.app.get(&path.replace(['{', '}'], ""));
            assert!(
                matches!(closed.status, 400 | 401),
                "{path} is read without a token: {}",
                closed.text()
            );
            continue;
        }
        let mut address = path
            .replace("{enterprise_code}", unit)
            .replace("{enterpriseCode}", unit)
            .replace("{code}", unit);
        address = address
            .replace("{subject}", "0201")
            .replace("{product}", "0201")
            .replace("{product_or_industry}", "0201");
        address = address
            .replace("{id}", "1")
            .replace("{upload_id}", "1")
            .replace("{finding_id}", &finding.to_string())
            .replace("{name}", "factors");
        let required = item["get"]["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
        let query: Vec<String> = required
            .iter()
            .filter(|p| p["in"] == "query" && p["required"] == true)
            .map(|p| format!("{}={}", p["name"].as_str().unwrap_or_default(), value_of(p)))
            .collect();
        if !query.is_empty() {
            address = format!("{address}?{}", query.join("&"));
        }
        assert!(!address.contains('{'), "a path parameter without an example: {path}");
        let answer = city.app.get(&address);
        assert_eq!(answer.status, 200, "{address}: {}", answer.text());
    }
}

/// The quality worker works behind the writer: its first finding comes a moment after the upload.
fn first_finding(city: &City) -> Value {
    wait_for("a finding", || {
        let list = city.app.get("/api/v1/quality/findings?state=all").ok();
        Some(list["rows"][0]["finding_id"].clone()).filter(|it| !it.is_null())
    })
}

fn value_of(parameter: &Value) -> &str {
    match parameter["name"].as_str() {
        Some("data_code") => "00-00-0000-023300-11",
        Some("by") => "region",
        _ => "2025",
    }
}

#[test]
fn the_docs_need_nothing_from_outside() {
    let app = TestApp::shared();
    let page = app.get("/api/docs");
    assert_eq!(page.status, 200);
    let html = page.text();
    assert!(
        page.header("content-type").starts_with("text/html"),
        "{}",
        page.header("content-type")
    );
    for outside in ["src=\"http", "src=\"//", "href=\"http", "url(http", "@import"] {
        assert!(!html.contains(outside), "the docs load {outside}…");
    }
    assert!(
        html.contains("/api/v1/units"),
        "the docs list the endpoints without a script of others"
    );
}
