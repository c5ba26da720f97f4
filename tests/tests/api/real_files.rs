//! Files as plants and cities send them, each fixture named for its peculiarity. They are read correctly, or refused
//! with the place and the remedy; `nengce import` does the same.

use nengce_tests::support::answer::Answer;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::ELECTRICITY;
use nengce_tests::support::sources::workspace;
use serde_json::json;

const GAS: &str = "00-00-0000-011500-11";

pub(crate) fn fixture(name: &str) -> Vec<u8> {
    let file = workspace().join("tests/fixtures").join(name);
    std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn encoded(text: &str) -> String {
    text.bytes().map(|it| format!("%{it:02X}")).collect()
}

fn import(app: &TestApp, unit: &str, bytes: Vec<u8>, map: &str, more: &str) -> Answer {
    let path =
        format!("/api/v1/imports/readings?unit={unit}&stat_type=1&map={}{more}", encoded(map));
    app.admin_post(&path, bytes, "application/octet-stream")
}

/// Date and value of every stored reading of an item.
pub(crate) fn values(app: &TestApp, unit: &str, item: &str) -> Vec<(String, f64)> {
    let list = app.get(&format!("/api/v1/units/{unit}/readings?data_code={item}&limit=100")).ok();
    let rows = list["rows"].as_array().expect("rows").iter();
    let mut found: Vec<(String, f64)> = rows
        .map(|row| {
            let date = row["stat_date"].as_str().expect("a date")[..10].to_owned();
            (date, row["value"].as_f64().expect("a value"))
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

pub(crate) fn near(found: &[(String, f64)], expected: &[(&str, f64)]) {
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for ((date, value), (at, wanted)) in found.iter().zip(expected) {
        assert!(date == at && (value - wanted).abs() < 1e-12, "{found:?}");
    }
}

#[test]
fn files_with_odd_frames_are_read() {
    let app = TestApp::shared();
    let map = format!("time=日期;{ELECTRICITY}=用电量*kWh");
    for (name, map, expected) in [
        (
            "title-units-and-total-rows-around-the-table.xlsx",
            map.as_str(),
            &[("2026-03-01", 0.0101), ("2026-03-02", 0.0102)][..],
        ),
        ("the-table-on-the-second-sheet.xlsx", &map, &[("2026-03-01", 0.0101)]),
        ("a-page-named-like-a-workbook.xls", &map, &[("2026-03-01", 0.0101)]),
        ("first-line-names-the-separator.csv", &map, &[("2026-03-01", 0.0101)]),
        ("a-heading-twice-that-nobody-maps.csv", &map, &[("2026-03-01", 0.0101)]),
        ("rows-end-in-a-separator.csv", &map, &[("2026-03-01", 0.0101), ("2026-03-02", 0.0102)]),
        ("headings-with-a-star.csv", &map, &[("2026-03-01", 0.0101)]),
        (
            "headings-with-a-star.csv",
            &format!("time=*日期;{ELECTRICITY}=*用电量*kWh"),
            &[("2026-03-01", 0.0101)],
        ),
        (
            "an-old-workbook.xls",
            &format!("time=日期;{ELECTRICITY}=用电量(kWh)"),
            &[("2026-03-01", 0.0101), ("2026-03-02", 0.0102)],
        ),
        (
            "heading-money.csv",
            &format!("time=日期;{ELECTRICITY}=用电量(kWh)"),
            &[("2026-03-01", 0.01)],
        ),
    ] {
        let unit = Enterprise::new("文件").code;
        let report = import(&app, &unit, fixture(name), map, "").ok();
        assert_eq!(report["rejected"], 0, "{name}: {report}");
        near(&values(&app, &unit, ELECTRICITY), expected);
    }
    let unit = Enterprise::new("文件").code;
    import(&app, &unit, fixture("an-old-workbook-cut-to-its-head.xls"), &map, "")
        .problem(400, "import_file_unreadable");
    let money = format!("time=日期;{ELECTRICITY}=电费(元)");
    import(&app, &unit, fixture("heading-money.csv"), &money, "")
        .problem(422, "import_measure_unknown");
    let gas = format!("time=日期;{GAS}=天然气(kWh)");
    import(&app, &unit, fixture("heading-gas-in-kilowatt-hours.csv"), &gas, "")
        .problem(422, "import_measure_unknown");
    let report = import(
        &app,
        &unit,
        fixture("heading-ten-thousand-standard-cubic-metres.csv"),
        &format!("time=日期;{GAS}=天然气(万标准立方米)"),
        "",
    )
    .ok();
    let tce = report["series"][0]["tce_calorific"].as_f64().expect("tce");
    assert!((tce - 1_215.0).abs() < 1e-6, "100 · 10⁴ m³ · 12.15 tce: {tce} {}", report["series"]);
}

#[test]
fn good_cells_of_a_row_count_and_the_others_are_told_with_their_place() {
    let app = TestApp::shared();
    let unit = Enterprise::new("文件").code;
    let map = format!("time=日期;{ELECTRICITY}=用电量*kWh;{GAS}=天然气*万m3");
    let report =
        import(&app, &unit, fixture("empty-cells-and-a-word-among-meters.csv"), &map, "").ok();
    assert_eq!((&report["stored"], &report["rejected"]), (&6.into(), &2.into()), "{report}");
    let told: Vec<(&str, &str)> = report["problems"]
        .as_array()
        .expect("problems")
        .iter()
        .map(|it| (it["place"].as_str().unwrap_or(""), it["code"].as_str().unwrap_or("")))
        .collect();
    assert_eq!(told, [("C3", "import_value_missing"), ("B5", "import_value_unreadable")]);
    near(
        &values(&app, &unit, ELECTRICITY),
        &[("2026-03-01", 0.0101), ("2026-03-02", 0.0102), ("2026-03-03", 0.0103)],
    );
    near(
        &values(&app, &unit, GAS),
        &[("2026-03-01", 11.0), ("2026-03-03", 13.0), ("2026-03-04", 14.0)],
    );
}

#[test]
fn a_preview_says_what_it_found_and_takes_another_sheet_or_header() {
    let app = TestApp::shared();
    let look = |query: &str, name: &str| {
        let path = format!("/api/v1/imports/readings/preview?{query}");
        app.admin_post(&path, fixture(name), "application/octet-stream").ok()
    };
    let report = look("file=r.xlsx", "title-units-and-total-rows-around-the-table.xlsx");
    assert_eq!(
        (&report["header_line"], &report["columns"]),
        (&3.into(), &json!(["日期", "用电量", "天然气"]))
    );
    let notes = report["notes"].to_string();
    assert!(notes.contains("合计行不导入") && notes.contains("kWh"), "{notes}");
    let cover = look("file=c.xlsx", "the-table-on-the-second-sheet.xlsx");
    let sheets = cover["sheets"].as_array().expect("sheets");
    assert_eq!((sheets.len(), &cover["sheet"]), (2, &sheets[1]["name"]));
    let first = sheets[0]["name"].as_str().expect("a name");
    let other = look(&format!("sheet={}", encoded(first)), "the-table-on-the-second-sheet.xlsx");
    assert_eq!(other["sheet"], first);
    let other = look("header_line=2", "title-units-and-total-rows-around-the-table.xlsx");
    assert_eq!(other["header_line"], 2);
}

#[test]
fn a_unit_of_measure_by_row_is_converted_in_every_door() {
    let app = TestApp::shared();
    let unit = app.terminal(&Enterprise::new("文件")).enterprise.code;
    let rows = format!(
        "enterpriseCode,dataCode,statType,statDate,dataValue,dataUnit\n{unit},{ELECTRICITY},1,2026-03-01,\"1,000\",kWh\n\
         {unit},{ELECTRICITY},1,2026年3月2日,5,MWh\n{unit},{ELECTRICITY},1,2026-03-03,5,t\n{unit},{ELECTRICITY},1,2026-03-04,5,\n"
    );
    let report = app.import("records", "r.csv", &rows);
    assert_eq!((&report["stored"], &report["rejected"]), (&3.into(), &1.into()), "{report}");
    assert_eq!(report["problems"][0]["code"], "import_measure_unknown");
    near(
        &values(&app, &unit, ELECTRICITY),
        &[("2026-03-01", 0.1), ("2026-03-02", 0.5), ("2026-03-04", 5.0)],
    );
    let token = super::bulk::token(&app, &[unit.as_str()]);
    let line = format!(
        "{{\"enterpriseCode\":\"{unit}\",\"dataCode\":\"{ELECTRICITY}\",\"statType\":1,\"statDate\":\"2026-03-05\",\"dataValue\":7,\"inputType\":1,\"valid\":true,\"dataUnit\":\"MWh\"}}\n"
    );
    super::bulk::send(&app, &token, super::bulk::NDJSON, line.into_bytes(), &[]).received();
    assert!(
        values(&app, &unit, ELECTRICITY)
            .iter()
            .any(|it| it.0 == "2026-03-05" && (it.1 - 0.7).abs() < 1e-12)
    );

    let mapping = json!({"kind": "readings", "unit": unit, "time_column": "日期", "stat_type": 1, "fields": [],
                         "items": [{"column": "数量", "data_code": GAS, "unit_column": "单位"}]});
    let text = "日期,数量,单位\n2026-03-01,2,万Nm³\n2026-03-02,5000,m3\n2026-03-03,1,\n"
        .as_bytes()
        .to_vec();
    let path = format!("/api/v1/imports/readings?mapping={}", encoded(&mapping.to_string()));
    let report = app.admin_post(&path, text, "text/csv").ok();
    assert_eq!(
        (&report["stored"], &report["problems"][0]["place"]),
        (&2.into(), &"C4".into()),
        "{report}"
    );
    near(&values(&app, &unit, GAS), &[("2026-03-01", 2.0), ("2026-03-02", 0.5)]);
}

#[test]
fn a_mapping_to_nothing_is_refused_and_values_before_2000_too() {
    let app = TestApp::shared();
    let unit = Enterprise::new("文件").code;
    let mapping = |column: &str| {
        json!({"kind": "readings", "unit": unit, "time_column": "日期", "fields": [],
               "items": [{"column": column, "data_code": ELECTRICITY, "multiplier": 1.0}]})
    };
    let send = |column: &str, text: &str| {
        let path =
            format!("/api/v1/imports/readings?mapping={}", encoded(&mapping(column).to_string()));
        app.admin_post(&path, text.as_bytes().to_vec(), "text/csv")
    };
    assert_eq!(send("", "日期,,电\n2026-03-01,1,2\n").status, 400);
    let report = send("电", "日期,电\n1999-12-31,1\n2000-01-01,2\n").ok();
    assert_eq!(
        (&report["stored"], &report["problems"][0]["code"]),
        (&1.into(), &"entry_stat_date_too_old".into()),
        "{report}"
    );
    let targets = "scope,code,kind,from_year,to_year,value\nregion,120000,total_tce,2025,2025,-5\n";
    assert_eq!(app.import("targets", "t.csv", targets)["rejected"], 1);
    let own = TestApp::new();
    let economy =
        own.import("economy", "e.csv", "region_code,month,value_added\n120116,2025年1月,-5\n");
    assert_eq!(
        (&economy["stored"], &economy["notes"][0]["line"]),
        (&1.into(), &2.into()),
        "{economy}"
    );
}
