//! `GET /api/openapi.json`: the whole URL surface as a snapshot, and every operation of it answering.

use std::time::{Duration, Instant};

use nengce_tests::support::app::TestApp;
use nengce_tests::support::city::City;
use nengce_tests::support::sources::workspace;
use serde_json::Value;

/// `GET /path?parameter,…` and so on, one line an operation, in the order of paths.
fn surface(document: &Value) -> String {
    let mut lines = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item
            .as_object()
            .expect("operations")
            .iter()
            .filter(|(method, _)| *method != "parameters")
        {
            let parameters =
                operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
            let names: Vec<&str> = parameters
                .iter()
                .filter(|p| p["in"] == "query")
                .filter_map(|p| p["name"].as_str())
                .collect();
            let query =
                if names.is_empty() { String::new() } else { format!("?{}", names.join("&")) };
            lines.push(format!("{} {path}{query}", method.to_uppercase()));
        }
    }
    lines.sort();
    lines.join("\n") + "\n"
}

/// A change of the surface is seen in review: run with `UPDATE_SNAPSHOTS=1` to accept it.
#[test]
fn the_surface_is_the_one_of_the_snapshot() {
    let document = TestApp::shared().get("/api/openapi.json").ok();
    assert!(
        document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")),
        "{}",
        document["openapi"]
    );
    let file = workspace().join("tests/tests/api/openapi.snapshot.txt");
    let found = surface(&document);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&file, &found).expect("the snapshot is written");
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(found, expected, "the URL surface changed; UPDATE_SNAPSHOTS=1 accepts it");
}

#[test]
fn the_issue_s_endpoints_are_described() {
    let document = TestApp::shared().get("/api/openapi.json").ok();
    let surface = surface(&document);
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
        let described = surface.lines().any(|line| line.split([' ', '?']).nth(1) == Some(path));
        assert!(described, "{path} is not described:\n{surface}");
    }
    for start in
        ["/api/v1/units/{", "/api/v1/benchmarks/{", "/api/v1/uploads/{", "/api/v1/devices/{"]
    {
        assert!(surface.contains(start), "{start} is not described:\n{surface}");
    }
}

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
        if item["get"].get("security").is_some() {
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

/// The judge works behind the writer: its first finding comes a moment after the upload.
fn first_finding(city: &City) -> Value {
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        let list = city.app.get("/api/v1/quality/findings?state=all").ok();
        let id = list["rows"][0]["finding_id"].clone();
        if !id.is_null() {
            return id;
        }
        assert!(Instant::now() < until, "nothing was found: {list}");
        std::thread::sleep(Duration::from_millis(100));
    }
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
