//! The audit pack of a unit: a cement plant whose figures are known, its workbook read back, who may have it.

mod office;

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use nengce_shared::access::role::Role;
use nengce_shared::api::audit_pack::{AuditPack, PackSheet};
use nengce_tests::support::app::TestApp;
use nengce_tests::support::city::{CLINKER, CLINKER_COAL};
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::figures::check_near;
use nengce_tests::support::message::{ELECTRICITY, RAW_COAL, VALUE_ADDED, months};
use nengce_tests::support::person::{Person, create};
use nengce_tests::support::terminal::Terminal;
use serde_json::{Value, json};

const OUTPUT_VALUE: &str = "00-00-0000-090100-30";
const GAS_OUTPUT: &str = "00-00-0000-021300-30";
const CLINKER_ELECTRICITY: &str = "10-00-0000-023300-11";

/// By month of 2024 and of 2025.
const COAL: [f64; 2] = [5_000.0, 4_800.0];
const POWER: [f64; 2] = [600.0, 580.0];
const GAS: f64 = 10.0;
const VALUE: [f64; 2] = [4_000.0, 4_200.0];
const TONS: f64 = 40_000.0;

/// tce a month on the calorific basis: raw coal 0.7143, electricity 1.229, converter gas 2.714.
fn calorific(at: usize) -> f64 {
    COAL[at] * 0.7143 + POWER[at] * 1.229 - GAS * 2.714
}

/// The same with 2.85 tce for 10⁴ kWh.
fn equivalent(at: usize) -> f64 {
    COAL[at] * 0.7143 + POWER[at] * 2.85 - GAS * 2.714
}

fn meter(number: usize) -> Value {
    json!({
        "code": format!("E-{number:03}"), "name": format!("{number} 号电能表"), "level": 1 + number % 3, "state": 1,
        "energyType": "3300", "accuracyClass": "0.5S", "lastCheckDate": "2024-03-01",
        "nextCheckDate": if number == 1 { "2025-01-01" } else { "2999-01-01" }, "dataCodes": [ELECTRICITY],
    })
}

/// A cement plant that reports two years, a process and its meters.
pub(super) fn plant<'a>(app: &'a TestApp, name: &str) -> Terminal<'a> {
    let terminal = app.terminal(&Enterprise::new(name).industry("C3011"));
    terminal.upload_config();
    for (at, year) in [2024, 2025].into_iter().enumerate() {
        let items = [
            (RAW_COAL, COAL[at]),
            (ELECTRICITY, POWER[at]),
            (GAS_OUTPUT, GAS),
            (CLINKER_COAL, COAL[at] * 0.9),
            (CLINKER_ELECTRICITY, POWER[at] * 0.6),
            (CLINKER, TONS),
            (OUTPUT_VALUE, VALUE[at]),
            (VALUE_ADDED, VALUE[at] / 4.0),
        ];
        let entries: Vec<Value> =
            items.iter().flat_map(|(code, value)| months(code, year, *value)).collect();
        terminal.upload(&entries).received();
    }
    let meters: Vec<Value> = (1..=60).map(meter).collect();
    let message = json!({"deviceId": terminal.device_id, "enterpriseCode": terminal.enterprise.code, "data": meters});
    terminal.upload_metering(&message).received();
    terminal
}

pub(super) fn path(code: &str, query: &str) -> String {
    format!("/api/v1/units/{code}/audit-pack?{query}")
}

fn sheet<'a>(pack: &'a AuditPack, no: &str) -> &'a PackSheet {
    pack.sheets.iter().find(|it| it.no == no).expect("a table")
}

/// The figure of the row that begins with these words.
fn figure(sheet: &PackSheet, row: &str, column: usize) -> f64 {
    let is_named = |it: &&Vec<_>| {
        let it: &nengce_shared::api::audit_pack::PackCell = &it[0];
        it.text.as_deref() == Some(row)
    };
    let row = sheet.rows.iter().find(is_named).unwrap_or_else(|| panic!("{row}: {sheet:?}"));
    row[column].number.unwrap_or_else(|| panic!("{row:?}"))
}

#[test]
fn what_the_data_know_is_filled_and_the_rest_is_said_to_be_unknown() {
    let app = TestApp::shared();
    let plant = plant(&app, "审计资料水泥");
    let code = &plant.enterprise.code;
    let pack: AuditPack = app.get(&path(code, "year=2025")).read();
    assert_eq!((pack.year, pack.name.as_str()), (2025, "审计资料水泥"));
    let key = sheet(&pack, "2");
    check_near(figure(key, "综合能源消费量（当量值）", 2), 12.0 * calorific(1), "calorific");
    check_near(figure(key, "综合能源消费量（等价值）", 2), 12.0 * equivalent(1), "equivalent");
    check_near(figure(key, "综合能源消费量（等价值）", 3), 12.0 * equivalent(0), "the year before");
    check_near(figure(key, "工业总产值", 2), 12.0 * VALUE[1], "output value");
    check_near(figure(key, "单位产值能耗（等价值）", 2), equivalent(1) / VALUE[1], "per value");
    check_near(
        figure(key, "综合能源消费量（等价值）", 4),
        equivalent(1) / equivalent(0) - 1.0,
        "the change",
    );
    let share = POWER[1] * 1.229 / (COAL[1] * 0.7143 + POWER[1] * 1.229);
    check_near(figure(key, "电气化率（电力占能源消费，当量值）", 2), share, "electrification");
    let revenue = key.rows.iter().find(|it| it[0].text.as_deref() == Some("销售收入"));
    assert!(revenue.is_some_and(|it| it[2].number.is_none() && it[2].text.is_none()));
    let energy = sheet(&pack, "11.1");
    check_near(figure(energy, "原煤", 4), 12.0 * COAL[1], "coal");
    check_near(figure(energy, "转炉煤气", 7), 12.0 * GAS, "gas goes out");
    check_near(figure(energy, "合计", 12), 12.0 * calorific(1), "the sum");
    let clinker = COAL[1] * 0.9 * 714.3 + POWER[1] * 0.6 * 1_229.0;
    check_near(figure(sheet(&pack, "12"), "水泥熟料", 5), clinker / TONS, "clinker");
    let saving = (equivalent(0) / VALUE[0] - equivalent(1) / VALUE[1]) * VALUE[1] * 12.0;
    check_near(figure(sheet(&pack, "14"), "2025年", 6), saving, "saving by value");
    check_near(
        figure(sheet(&pack, "15"), "净购入电力、热力", 10),
        12.0 * POWER[1] * 5.306,
        "electricity",
    );
    assert_eq!((sheet(&pack, "4").rows.len(), sheet(&pack, "16").state.as_str()), (60, "form"));
    let states = |code: &str| -> Vec<&str> {
        let found = pack.checks.iter().filter(|it| it.code == code);
        found.map(|it| it.state.as_str()).collect()
    };
    assert_eq!(states("comprehensive_equivalent"), ["ok"], "{:?}", pack.checks);
    assert_eq!(states("process_within_plant"), ["ok", "ok"]);
    assert_eq!(states("district_in_city"), ["ok"]);
    assert_eq!(states("feedstock_equivalent"), ["unknown"]);
    assert!(pack.nodes.iter().any(|it| it.name == "熟料烧成工序"), "{:?}", pack.nodes);
}

#[test]
fn a_wrong_figure_is_found_in_the_cell_of_the_workbook_that_the_check_names() {
    let app = TestApp::shared();
    let plant = plant(&app, "校核水泥");
    // The process uses twice what the plant does.
    plant.upload(&months(CLINKER_COAL, 2025, COAL[1] * 2.0)).received();
    let code = &plant.enterprise.code;
    let pack: AuditPack = app.get(&path(code, "year=2025")).read();
    let wrong: Vec<_> = pack.checks.iter().filter(|it| it.state == "wrong").collect();
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    let check = wrong[0];
    assert_eq!((check.code.as_str(), check.sheet.as_str()), ("process_within_plant", "11.1"));
    assert!(!check.remedy.zh.is_empty() && !check.remedy.en.is_empty());
    let answer = app.get(&path(code, "year=2025&format=xlsx"));
    assert!(answer.header("content-disposition").contains(&format!("{code}-2025.xlsx")));
    let mut book = Xlsx::new(Cursor::new(answer.body)).expect("a workbook");
    let names = book.sheet_names();
    assert_eq!((names[0].as_str(), names.last().map(String::as_str)), ("封面", Some("校核")));
    assert_eq!(names.len(), pack.sheets.len() + 2);
    // Every table of the answer is the table of the workbook, cell by cell.
    for sheet in &pack.sheets {
        let name = names.iter().find(|it| {
            it.split(' ').next() == Some(&sheet.no) || (sheet.no == "fig" && *it == "能源流向图")
        });
        let range = book.worksheet_range(name.expect("a sheet")).expect("cells");
        for (row, cells) in (3u32..).zip(&sheet.rows) {
            for (column, cell) in (0u32..).zip(cells) {
                let found = range.get_value((row, column)).unwrap_or(&Data::Empty);
                let place = format!("{} {row} {column}", sheet.no);
                match (&cell.text, cell.number) {
                    (Some(text), _) => assert_eq!(found, &Data::String(text.clone()), "{place}"),
                    (None, Some(it)) => {
                        let number = calamine::DataType::as_f64(found).expect("a figure");
                        assert!((number - it).abs() <= 1e-9 * it.abs(), "{place}: {number} {it}");
                    }
                    (None, None) => assert_eq!(found, &Data::Empty, "{place}"),
                }
            }
        }
    }
    let cell = check.cell.as_deref().expect("a cell");
    let column = u32::from(cell.as_bytes()[0] - b'A');
    let row: u32 = cell[1..].parse().expect("a row");
    let range = book.worksheet_range("11.1 能源购入消费存储").expect("the sheet");
    let found = range.get_value((row - 1, column)).and_then(calamine::DataType::as_f64);
    assert_eq!(found, check.found, "{cell}");
    check_near(found.expect("a figure"), 12.0 * COAL[1], "what the plant uses");
    check_near(check.against.expect("a figure"), 24.0 * COAL[1], "what the process uses");
}

#[test]
fn the_year_is_the_last_complete_one_and_what_is_not_valid_is_named() {
    let app = TestApp::new();
    let plant = plant(&app, "默认年水泥");
    let code = &plant.enterprise.code;
    let pack: AuditPack = app.get(&path(code, "")).read();
    assert_eq!(pack.year, 2025);
    let empty: AuditPack = app.get(&path(code, "year=2010")).read();
    let check = empty.checks.iter().find(|it| it.code == "whole_year").expect("a check");
    assert_eq!((check.state.as_str(), check.found), ("wrong", Some(0.0)));
    assert!(sheet(&empty, "11.1").rows.is_empty());
    for (query, field) in
        [("year=1800", "year"), ("year=2999", "year"), ("year=x", "year"), ("format=pdf", "format")]
    {
        let answer = app.get(&path(code, query));
        assert_eq!(answer.status, 400, "{query}: {}", answer.text());
        assert_eq!(answer.json()["errors"][0]["field"], field, "{query}: {}", answer.text());
    }
    assert_eq!(app.get(&path("911200000000000000", "year=2025")).status, 404);
}

/// A name, a role, districts, units, and the status of the answer.
type Account<'a> = (&'a str, Role, &'a [&'a str], &'a [&'a str], u16);

#[test]
fn who_sees_the_unit_may_have_its_pack_and_other_enterprises_may_not() {
    let app = TestApp::with_environment(&[
        ("NENGCE_PUBLIC_READS", ""),
        ("NENGCE_SECOND_FACTOR_ROLES", ""),
    ]);
    let (own, other) = (plant(&app, "本单位水泥"), plant(&app, "别家水泥"));
    let code = own.enterprise.code.as_str();
    let people: [Account<'_>; 7] = [
        ("manager", Role::EnterpriseManager, &[], &[code], 200),
        ("clerk", Role::EnterpriseClerk, &[], &[code], 200),
        ("stranger", Role::EnterpriseManager, &[], &[&other.enterprise.code], 404),
        ("policy", Role::Policymaker, &[], &[], 200),
        ("district", Role::DistrictOffice, &["120116"], &[], 200),
        ("elsewhere", Role::DistrictOffice, &["120101"], &[], 404),
        ("auditor", Role::Auditor, &[], &[], 403),
    ];
    for (name, role, districts, units, status) in people {
        create(&app, name, &[role], districts, units);
        let person = Person::sign_in(&app, name);
        for format in ["json", "xlsx", "docx"] {
            let answer = person.get(&path(code, &format!("year=2025&format={format}")));
            assert_eq!(answer.status, status, "{name} {format}: {}", answer.text());
        }
    }
    assert_eq!(app.get(&path(code, "format=docx")).status, 401);
}
