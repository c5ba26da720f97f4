//! Guesses by the header and the first rows.

use nengce_shared::api::imports::PreviewRow;
use nengce_shared::stat_type::StatType;

use super::*;

fn columns(names: &[&str]) -> Vec<String> {
    names.iter().map(|it| (*it).to_owned()).collect()
}

fn file(names: &[&str], rows: &[&[&str]]) -> ImportPreview {
    let row = |(at, cells): (usize, &&[&str])| PreviewRow {
        line: at as u32 + 2,
        cells: columns(cells),
        problems: Vec::new(),
    };
    ImportPreview {
        kind: "readings".to_owned(),
        file: "a.csv".to_owned(),
        format: "csv".to_owned(),
        encoding: None,
        sheets: Vec::new(),
        sheet: None,
        header_line: 1,
        units: Vec::new(),
        title_unit: None,
        notes: Vec::new(),
        columns: columns(names),
        rows_total: 0,
        rows_good: 0,
        rows_bad: 0,
        readings: 0,
        mapping: None,
        profile: None,
        creates_unit: false,
        series: Vec::new(),
        rows: rows.iter().enumerate().map(row).collect(),
        more_bad_rows: false,
    }
}

/// Data codes with their multipliers; NaN where it is asked.
fn items(names: &[&str]) -> Vec<(String, f64)> {
    let found = mapping("readings", &file(names, &[]));
    let item = |it: MappedItem| (it.data_code, it.multiplier.unwrap_or(f64::NAN));
    found.items.into_iter().map(item).collect()
}

fn code(digits: &str, factor: f64) -> (String, f64) {
    (format!("00-00-0000-{digits}-11"), factor)
}

#[test]
fn names_and_units_of_both_languages_are_known() {
    assert_eq!(items(&["时间", "用电量(kWh)"]), [code("023300", 1e-4)]);
    assert_eq!(items(&["Date", "Electricity (MWh)"]), [code("023300", 0.1)]);
    assert_eq!(
        items(&["日期", "天然气（万m³）", "原煤/kg"]),
        [code("011500", 1.0), code("010100", 1e-3)]
    );
    assert_eq!(
        items(&["date", "Coke oven gas [m3]", "coke t"]),
        [code("021100", 1e-4), code("020900", 1.0)]
    );
    assert_eq!(items(&["date", "Usage_kWh"]), [code("023300", 1e-4)]);
    assert_eq!(items(&["日期", "00-00-0000-023200-11"]), [code("023200", 1.0)]);
    assert_eq!(items(&["日期", "00-00-0000-023200-11(MWh)"]), [code("023200", 3.6)]);
    assert_eq!(items(&["日期", "备注"]), []);
}

#[test]
fn what_is_no_consumption_pushes_nothing_out() {
    let power = || [code("023300", 1e-4)];
    assert_eq!(items(&["日期", "电费(元)", "用电量(kWh)"]), power());
    assert_eq!(items(&["日期", "无功电量(kvarh)", "有功电量(kWh)"]), power());
    assert_eq!(items(&["日期", "光伏发电量(kWh)", "用电量(kWh)"]), power());
    assert_eq!(items(&["日期", "电力折标煤(吨)", "用电量(kWh)"]), power());
    assert_eq!(items(&["日期", "综合能源消费量(tce)", "原煤(t)"]), [code("010100", 1.0)]);
    assert_eq!(items(&["日期", "天然气(万Nm³)"]), [code("011500", 1.0)]);
    assert_eq!(items(&["日期", "天然气(万标准立方米)"]), [code("011500", 1.0)]);
}

#[test]
fn a_unit_that_does_not_fit_or_is_missing_is_asked() {
    for name in ["天然气(kWh)", "用电量", "蒸汽(t)"] {
        let found = items(&["日期", name]);
        assert!(found.len() == 1 && found[0].1.is_nan(), "{name}: {found:?}");
    }
    let rows: &[&[&str]] = &[&["2026-03-01", "1", "MWh"]];
    let found = mapping("readings", &file(&["日期", "用电量", "单位"], rows));
    assert_eq!(found.items[0].unit_column.as_deref(), Some("单位"));
    assert_eq!(found.items.len(), 1);
}

#[test]
fn the_first_rows_tell_rhythm_and_order() {
    let of = |stamp: &str| {
        let found = mapping("readings", &file(&["日期", "电"], &[&[stamp, "1"]]));
        (found.dates, found.stat_type)
    };
    assert_eq!(of("2025-01-02 00:15"), (Some("ymd".to_owned()), Some(StatType::RealTime)));
    assert_eq!(of("31/01/2025"), (Some("dmy".to_owned()), Some(StatType::Day)));
    assert_eq!(of("01/31/2025 10:00"), (Some("mdy".to_owned()), Some(StatType::RealTime)));
    assert_eq!(of("2025-03"), (Some("ymd".to_owned()), Some(StatType::Month)));
    assert_eq!(of("2025年1月"), (Some("ymd".to_owned()), Some(StatType::Month)));
    assert_eq!(of("2024"), (Some("ymd".to_owned()), Some(StatType::Year)));
    assert_eq!(of("01/02/2025"), (None, Some(StatType::Day)));
}

#[test]
fn a_column_of_dates_is_found_without_its_name() {
    let rows: &[&[&str]] = &[&["x", "2026-03-01", "1"]];
    let found = mapping("readings", &file(&["备注", "抄表", "用电量(kWh)"], rows));
    assert_eq!(found.time_column.as_deref(), Some("抄表"));
    let many = mapping("readings", &file(&["统一社会信用代码", "日期", "用电量(kWh)"], &[]));
    assert_eq!(many.unit_column.as_deref(), Some("统一社会信用代码"));
}

#[test]
fn a_header_of_fields_names_its_kind() {
    assert_eq!(kind(&columns(&["region_code", "month", "value_added"])), "economy");
    assert_eq!(kind(&columns(&["统一社会信用代码", "单位名称", "行政区划代码"])), "units");
    let record = ["enterpriseCode", "dataCode", "statType", "statDate", "dataValue"];
    assert_eq!(kind(&columns(&record)), "records");
    assert_eq!(kind(&columns(&["时间", "电量(kWh)", "天然气(m3)"])), "readings");
    let found = mapping("units", &file(&["信用代码", "企业名称", "区划", "行业"], &[]));
    let named: Vec<_> =
        found.fields.iter().map(|it| (it.field.as_str(), it.column.as_str())).collect();
    assert_eq!(
        named,
        [
            ("enterprise_code", "信用代码"),
            ("name", "企业名称"),
            ("region_code", "区划"),
            ("industry_code", "行业")
        ]
    );
}
