//! Every list as JSON, CSV and XLSX; problems of the API are problem+json with a code of the closed table.

use nengce_shared::problem_code::ProblemCode;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::city::City;

const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[test]
fn every_list_comes_as_csv_and_xlsx() {
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
        assert!(
            reader.headers().is_ok_and(|head| head.len() > 2),
            "{list}: {text}"
        );
        assert!(
            reader.records().all(|row| row.is_ok()),
            "{list}: rows as long as the header"
        );
        let sheet = city.app.get(&format!("{list}?format=xlsx"));
        assert_eq!(
            (sheet.status, sheet.header("content-type")),
            (200, SHEET),
            "{list}"
        );
        assert_eq!(&sheet.body[..2], b"PK", "{list}");
    }
}

#[test]
fn problems_carry_a_code_of_the_table() {
    let app = TestApp::shared();
    let known = |code: &str| ProblemCode::ALL.iter().any(|known| known.as_str() == code);
    for (path, status, code) in [
        ("/api/v1/nothing", 404, "not_found"),
        (
            "/api/v1/dual-control?from=yesterday",
            400,
            "parameter_invalid",
        ),
        (
            "/api/v1/dual-control?from=2025-13",
            400,
            "parameter_invalid",
        ),
        ("/api/v1/dual-control?basis=both", 400, "parameter_invalid"),
        (
            "/api/v1/dual-control?bais=calorific",
            400,
            "parameter_unknown",
        ),
        ("/api/v1/dual-control?class=huge", 400, "parameter_invalid"),
        ("/api/v1/units/911201120000000191", 404, "not_found"),
        ("/api/v1/units/nonsense", 404, "not_found"),
    ] {
        assert!(known(code));
        app.get(path).problem(status, code);
    }
    let nearest = app.get("/api/v1/dual-control?bais=calorific").json();
    assert!(
        nearest.to_string().contains("basis"),
        "the nearest is named: {nearest}"
    );
    app.post_bytes("/api/v1/units", Vec::new(), &[])
        .problem(405, "method_not_allowed");
    app.get_with("/api/v1/units", &[("accept", "image/png")])
        .problem(406, "not_acceptable");
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
