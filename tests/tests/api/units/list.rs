//! `GET /api/v1/units`: filters, search, pages, formats.

use std::collections::BTreeSet;

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use serde_json::Value;

/// Seven units in two districts, two industries, two classes.
fn town() -> TestApp {
    let app = TestApp::new();
    for number in 1..=7 {
        let (region, industry) =
            if number <= 4 { ("120110", "C3110") } else { ("120118", "C3011") };
        let enterprise = Enterprise::numbered(number, &format!("第{number}厂"))
            .region(region)
            .industry(industry)
            .level(if number == 1 { 5 } else { 4 });
        let terminal = app.terminal(&enterprise);
        terminal.upload(&[day(ELECTRICITY, "2025-03-01", f64::from(number))]).received();
    }
    app
}

fn names(list: &Value) -> BTreeSet<String> {
    list["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| row["unit"]["name"].as_str().expect("a name").to_owned())
        .collect()
}

#[track_caller]
pub(super) fn check_filter(app: &TestApp, query: &str, numbers: &[u32]) {
    let expected: BTreeSet<String> = numbers.iter().map(|n| format!("第{n}厂")).collect();
    assert_eq!(names(&app.get(&format!("/api/v1/units?{query}")).ok()), expected, "{query}");
}

#[test]
fn the_list_filters_pages_and_exports() {
    let app = town();
    check_filter(&app, "", &[1, 2, 3, 4, 5, 6, 7]);
    check_filter(&app, "region=120118", &[5, 6, 7]);
    check_filter(&app, "industry=C31", &[1, 2, 3, 4]);
    check_filter(&app, "industry=C", &[1, 2, 3, 4, 5, 6, 7]);
    check_filter(&app, "class=thousand", &[1]);
    check_filter(&app, "region=120110&class=ten_thousand", &[2, 3, 4]);
    check_filter(&app, "q=第3", &[3]);
    check_filter(&app, &format!("q={}", Enterprise::numbered(6, "").code), &[6]);
    pages_cover_the_list_once(&app);
    formats_carry_the_same_rows(&app);
    an_unknown_parameter_names_the_nearest(&app);
    etags_spare_the_second_answer(&app);
}

fn pages_cover_the_list_once(app: &TestApp) {
    let mut found = Vec::new();
    let mut path = "/api/v1/units?limit=3".to_owned();
    for _ in 0..4 {
        let page = app.get(&path).ok();
        assert_eq!(page["page"]["total"], 7, "{page}");
        found.extend(names(&page));
        match page["page"]["next"].as_str() {
            Some(cursor) => path = format!("/api/v1/units?limit=3&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(found.len(), 7, "{found:?}");
    assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), 7, "{found:?}");
    app.get("/api/v1/units?limit=3&cursor=nonsense").problem(400, "cursor_invalid");
}

fn formats_carry_the_same_rows(app: &TestApp) {
    for answer in [
        app.get("/api/v1/units?format=csv"),
        app.get_with("/api/v1/units", &[("accept", "text/csv")]),
    ] {
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert!(
            answer.header("content-type").starts_with("text/csv"),
            "{}",
            answer.header("content-type")
        );
        let text = answer.text();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<csv::StringRecord> =
            reader.records().map(|row| row.expect("a row of the header's length")).collect();
        assert_eq!(rows.len(), 7, "{text}");
        assert!(text.contains("第5厂"), "{text}");
    }
    let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    for answer in
        [app.get("/api/v1/units?format=xlsx"), app.get_with("/api/v1/units", &[("accept", sheet)])]
    {
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.header("content-type"), sheet);
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook_from_rs(std::io::Cursor::new(answer.body)).expect("a workbook");
        let range =
            calamine::Reader::worksheet_range_at(&mut book, 0).expect("a sheet").expect("readable");
        assert_eq!(range.height(), 8, "a header and seven rows");
    }
    app.get("/api/v1/units?format=docx").problem(400, "parameter_invalid");
}

fn an_unknown_parameter_names_the_nearest(app: &TestApp) {
    let body = app.get("/api/v1/units?regoin=120110").problem(400, "parameter_unknown");
    assert!(body.to_string().contains("region"), "the nearest valid one is named: {body}");
    app.get("/api/v1/units?class=million").problem(400, "parameter_invalid");
}

fn etags_spare_the_second_answer(app: &TestApp) {
    let first = app.get("/api/v1/units");
    let tag = first.header("etag").to_owned();
    assert!(!tag.is_empty(), "an ETag");
    let second = app.get_with("/api/v1/units", &[("if-none-match", &tag)]);
    assert_eq!((second.status, second.body.len()), (304, 0));
    app.terminal(&Enterprise::numbered(8, "第8厂"))
        .upload(&[day(ELECTRICITY, "2025-03-01", 8.0)])
        .received();
    let third = app.get_with("/api/v1/units", &[("if-none-match", &tag)]);
    assert_eq!(third.status, 200, "new data, new tag");
}
