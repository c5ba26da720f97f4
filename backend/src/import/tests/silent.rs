//! Files that an earlier version misread without a note: units of lists and records, surplus cells, repeated names, ends
//! of days, patterns, cells that reach over rows, damaged characters.

use nengce_core::reference::Dictionaries;
use nengce_messages::stamp;
use nengce_shared::api::imports::{ImportMapping, MappedField};
use nengce_shared::problem::ProblemCode;
use nengce_shared::stat_type::StatType;

use crate::import::check;
use crate::import::checked_file::{CheckContext, CheckProblem, CheckedFile, ValidRows};
use crate::import::mapping::columns::ReadingsMapping;
use crate::import::mapping::stamps::{DateFormat, Stamps};
use crate::import::sheet::Sheet;
use crate::import::tests::{POWER, bounds, list, plan, read};
use crate::list_rows::{EconomyRow, TargetRow, UnitRow};

const UNIT: &str = "911201120000000191";

fn sheet(text: &str) -> Sheet {
    Sheet::read(text.as_bytes()).unwrap_or_else(|it| panic!("{text}: {it:?}"))
}

fn check(text: &str, mapping: &ImportMapping) -> Result<CheckedFile, ProblemCode> {
    let dictionaries = Dictionaries::built_in();
    let units = |_: &str| Ok(7);
    let (bounds, units) = (bounds(), &units as &crate::import::checked_file::Units<'_>);
    let frame =
        CheckContext { bounds: &bounds, dictionaries: &dictionaries, units, max_problems: 100 };
    check::check(&mut sheet(text), mapping, &frame).map_err(|it| match it {
        CheckProblem::File(it) => it.code,
        CheckProblem::Mapping(it) => panic!("{it:?}"),
    })
}

/// Values with their days, and the codes of what was rejected.
fn records(text: &str, mapping: &ImportMapping) -> (Vec<(String, f64)>, Vec<ProblemCode>) {
    let found = check(text, mapping).unwrap_or_else(|it| panic!("{text}: {it:?}"));
    let ValidRows::Values { values, .. } = found.good else { panic!("values") };
    let day = |at| stamp::date_time(at).strftime("%Y-%m-%d").to_string();
    let values = values.iter().map(|it| (day(it.1.at), it.1.value)).collect();
    (values, found.rejected.iter().map(|it| it.code).collect())
}

fn mapping() -> ImportMapping {
    ImportMapping::of_kind("records")
}

const HEAD_LINE: &str = "enterpriseCode,dataCode,statType,statDate,dataValue";

#[test]
fn a_value_of_a_record_is_in_the_unit_that_its_column_states() {
    let row = format!("{UNIT},{POWER},1,2025-03-01,5\n");
    let stated = |head: &str, rows: &str, mapping: &ImportMapping| {
        let (values, rejected) = records(&format!("{head}\n{rows}"), mapping);
        values.first().map(|it| it.1).ok_or_else(|| rejected[0])
    };
    let named = |column: &str| {
        let field = MappedField { field: "dataValue".to_owned(), column: column.to_owned() };
        ImportMapping { fields: vec![field], ..mapping() }
    };
    let head = HEAD_LINE.replace("dataValue", "用电量(kWh)");
    assert_eq!(stated(&head, &row, &named("用电量(kWh)")), Ok(5e-4));
    let below = format!(",,,,MWh\n{row}");
    assert_eq!(stated(HEAD_LINE, &below, &mapping()), Ok(0.5));
    assert_eq!(stated(&format!("单位：kWh\n{HEAD_LINE}"), &row, &mapping()), Ok(5e-4));
    assert_eq!(stated(&format!("单位：t\n{HEAD_LINE}"), &row, &mapping()), Ok(5.0), "fits not");
    let times = ImportMapping { multiplier: Some(2.0), ..named("用电量(kWh)") };
    assert_eq!(stated(&head, &row, &times), Ok(10.0), "a multiplier wins");
    let own = format!("{HEAD_LINE},dataUnit\n,,,,MWh,\n{UNIT},{POWER},1,2025-03-01,5,kWh\n");
    let (values, _) = records(&own, &mapping());
    assert_eq!(values[0].1, 5e-4, "the row's own unit wins");
    let head = HEAD_LINE.replace("dataValue", "用电量(t/h)");
    let asked = Err(ProblemCode::ImportMeasureUnknown);
    assert_eq!(stated(&head, &row, &named("用电量(t/h)")), asked);
}

#[test]
fn lists_are_in_the_unit_that_their_column_states() {
    let economy = |text: &str| {
        let (good, bad, notes) = list::<EconomyRow>(&sheet(text));
        (good.first().map(|it| it.value_added), bad.first().map(|it| it.code), notes.len())
    };
    let head = "region_code,month,value_added";
    assert_eq!(economy(&format!("{head}\n120112,2025-01,5\n")), (Some(5.0), None, 0));
    assert_eq!(economy(&format!("{head}\n,,亿元\n120112,2025-01,5\n")), (Some(5e4), None, 1));
    let titled = format!("计量单位,亿元,\n{head}\n120112,2025-01,5\n");
    assert_eq!(economy(&titled), (Some(5e4), None, 1));
    let asked = Some(ProblemCode::ImportMeasureUnknown);
    assert_eq!(economy(&format!("{head}\n,,kWh\n120112,2025-01,5\n")), (None, asked, 0));
    let targets = "scope,code,kind,from_year,to_year,value\n,,,,,万吨标准煤\nregion,120000,total_tce,2025,2025,5\nregion,120000,annual_fall,2025,2025,0.031\n";
    let (good, _, _) = list::<TargetRow>(&sheet(targets));
    assert_eq!(good.iter().map(|it| it.value).collect::<Vec<_>>(), [5e4, 0.031]);
    let falls = targets.replace("万吨标准煤", "%").replace("0.031", "3.1");
    let (good, bad, _) = list::<TargetRow>(&sheet(&falls));
    assert!(good.len() == 1 && (good[0].value - 0.031).abs() < 1e-12);
    assert_eq!(bad[0].code, ProblemCode::ImportMeasureUnknown);
}

#[test]
fn a_cell_beyond_the_header_refuses_its_row_in_every_kind() {
    use ProblemCode::ImportRowLength as Length;
    let (values, rejected) = records(
        &format!(
            "{HEAD_LINE}\n{UNIT},{POWER},1,2025-03-01,1,234\n{UNIT},{POWER},1,2025-03-02,5,\n"
        ),
        &mapping(),
    );
    assert_eq!((values, rejected), (vec![("2025-03-02".to_owned(), 5.0)], vec![Length]));
    let rows = "region_code,month,value_added\n120112,2025-01,1,234\n120112,2025-02,5,\n";
    let (good, bad, _) = list::<EconomyRow>(&sheet(rows));
    assert_eq!((good.len(), bad.len(), bad[0].code), (1, 1, Length));
    let rows = "scope,code,kind,from_year,to_year,value\nregion,120000,total_tce,2025,2025,1,234\n";
    let (good, bad, _) = list::<TargetRow>(&sheet(rows));
    assert_eq!((good.len(), bad[0].code), (0, Length));
    let rows = format!("enterprise_code,name,region_code\n{UNIT},甲,120112,C31\n");
    let (good, bad, _) = list::<UnitRow>(&sheet(&rows));
    assert_eq!((good.len(), bad[0].code), (0, Length));
}

/// Else the row, imported again as it came back, would pass without the part that was pushed aside.
#[test]
fn a_row_out_of_step_comes_back_with_all_its_cells() {
    let found = sheet("region_code,month,value_added\n120112,2025-01,1,234\n120112,2025-13,5\n");
    let (_, bad, _) = list::<EconomyRow>(&found);
    let back = crate::import::results::rejected_rows::csv(&found, &bad, b',').unwrap();
    let again = Sheet::read(&back).unwrap();
    let (good, bad, _) = list::<EconomyRow>(&again);
    assert_eq!((good.len(), bad.len(), bad[0].code), (0, 2, ProblemCode::ImportRowLength));
    assert_eq!(again.rows[0].cells().last(), Some("234"));
}

#[test]
fn a_field_that_two_columns_are_named_after_is_asked() {
    let twice = Err(ProblemCode::ImportColumnDuplicate);
    let of = |head: &str| check(&format!("{head}\n"), &mapping()).map(|it| it.good.count());
    assert_eq!(of(&format!("{HEAD_LINE},dataValue")), twice);
    assert_eq!(of(&format!("{HEAD_LINE},dataUnit,DATA_UNIT")), twice);
    assert_eq!(of(&HEAD_LINE.replace("dataValue", "*dataValue")), Ok(0), "a star is no part of it");
    let economy = ImportMapping::of_kind("economy");
    let rows = "region_code,month,value_added,source,source\n120112,2025-01,5,a,b\n";
    assert_eq!(check(rows, &economy).map(|it| it.good.count()), twice);
}

#[test]
fn a_map_that_contradicts_itself_or_loses_every_value_is_rejected() {
    for map in ["time=a;date=b;X=v", "time=a;unit=b;unit=c;X=v", "time=a;X=v*0"] {
        assert!(ReadingsMapping::of_map(&map.replace('X', POWER)).is_err(), "{map}");
    }
    assert!(ReadingsMapping::of_map(&format!("time=a;unit=b;{POWER}=v")).is_ok());
}

#[test]
fn records_name_their_period_as_tables_do() {
    let row = |stat_type: StatType, date: &str, ends: bool| {
        let text = format!("{HEAD_LINE}\n{UNIT},{POWER},{stat_type},{date},5\n");
        let stamps = ends.then(|| "end".to_owned());
        let (values, rejected) = records(&text, &ImportMapping { stamps, ..mapping() });
        values.into_iter().next().map(|it| it.0).ok_or_else(|| rejected[0])
    };
    use ProblemCode as P;
    for ends in [false, true] {
        for (stat_type, date, expected) in [
            (StatType::Day, "2025-03-01", Ok("2025-03-01")),
            (StatType::Month, "2025-03", Ok("2025-03-01")),
            (StatType::Month, "2025年3月", Ok("2025-03-01")),
            (StatType::Year, "2024", Ok("2024-01-01")),
            (StatType::Day, "2025-03", Err(P::ImportDateUnreadable)),
            (StatType::Month, "2024", Err(P::ImportDateUnreadable)),
            (StatType::Year, "2025-03", Err(P::ImportDateUnreadable)),
        ] {
            let found = row(stat_type, date, ends);
            assert_eq!(found, expected.map(str::to_owned), "{stat_type} {date} {ends}");
        }
    }
    for end in ["2025-03-01 24:00", "2025年3月1日24时", "2025-03-01 ２４：００"] {
        assert_eq!(row(StatType::Day, end, true), Ok("2025-03-01".to_owned()), "{end}");
        assert_eq!(row(StatType::Day, end, false), Err(P::EntryStatDateNotPeriodStart), "{end}");
    }
}

#[test]
fn a_row_that_stands_twice_counts_once_in_what_is_shown() {
    let row = format!("{UNIT},{POWER},1,2025-03-01,5\n");
    let found = check(&format!("{HEAD_LINE}\n{row}{row}"), &mapping());
    let found = found.unwrap_or_else(|it| panic!("{it:?}"));
    assert_eq!((found.series[0].readings, found.series[0].sum), (1, 5.0));
}

#[test]
fn a_pattern_reads_no_less_than_what_stands_there() {
    let of = |pattern: &str, text: &str, ends: bool| {
        let format = DateFormat::parse(pattern).unwrap_or_else(|| panic!("{pattern}"));
        let stamps = Stamps { format, ends, midnight_closes_day: ends, ..Stamps::default() };
        let found = stamps
            .start(text, StatType::Day)
            .map(|it| it.at.strftime("%Y-%m-%d %H:%M").to_string());
        found.unwrap_or_else(|it| format!("{:?}", it.code()))
    };
    let rejected = "ImportDateUnreadable";
    assert_eq!(of("%Y-%m-%dT%H:%M:%S%z", "2025-02-28T16:00:00+0000", false), rejected);
    assert_eq!(of("%Y-%m-%dT%H:%M:%S%.f", "2025-02-28T16:00:00.5", false), rejected);
    assert_eq!(of("%Y-%m-%dT%H:%M:%S%.f", "2025-02-28T16:00:00.0", false), "2025-02-28 16:00");
    for ends in [false, true] {
        assert_eq!(of("%d.%m.%Y", "28.02.2025", ends), "2025-02-28 00:00", "a bare day is itself");
    }
    assert_eq!(of("%m.%Y", "02.2025", false), "2025-02-01 00:00");
    assert_eq!(of("%d.%m.%Y %I:%M %p", "28.02.2025 04:00 PM", false), "2025-02-28 16:00");
    assert_eq!(DateFormat::parse("%d.%m.%Y %I:%M"), None, "which half of the day?");
}

#[test]
fn the_end_of_a_day_is_rolled_once_however_it_is_written() {
    for text in ["2025-03-01 24:00", "2025年3月1日24时", "2025-03-01 ２４：００"] {
        for midnight_closes_day in [false, true] {
            let stamps = Stamps { ends: true, midnight_closes_day, ..Stamps::default() };
            let found = stamps.start(text, StatType::Day).map(|it| it.at.date().to_string());
            assert_eq!(found, Ok("2025-03-01".to_owned()), "{text} {midnight_closes_day}");
        }
        assert!(Stamps::default().start(text, StatType::Day).is_err(), "{text}");
    }
}

#[test]
fn cells_that_reach_over_rows_and_columns_push_nothing_aside() {
    let page = |rows: &str| sheet(&format!("<html><table>{rows}</table></html>"));
    let head = "<tr><th>企业</th><th>日期</th><th>用电</th><th>用气</th></tr>";
    let high = "<tr><td rowspan=2>甲</td><td>2025-03-01</td><td rowspan='2'>5</td><td>50</td></tr><tr><td>2025-03-02</td><td>60</td></tr><tr><td>乙</td><td>2025-03-03</td><td>7</td><td>70</td></tr>";
    let found = page(&format!("{head}{high}"));
    let rows: Vec<Vec<&str>> = found.rows.iter().map(|it| it.cells().collect()).collect();
    assert_eq!(
        rows,
        [
            ["甲", "2025-03-01", "5", "50"],
            ["", "2025-03-02", "", "60"],
            ["乙", "2025-03-03", "7", "70"]
        ]
    );
    let xml = "<?xml version='1.0'?><Workbook xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'><Table><Row><Cell>日期</Cell><Cell>班</Cell><Cell>组</Cell><Cell>用电</Cell></Row><Row><Cell>2025-03-01</Cell><Cell ss:MergeAcross=\"1\">甲</Cell><Cell>5</Cell></Row></Table></Workbook>";
    assert_eq!(sheet(xml).rows[0].cell(3), "5");
}

#[test]
fn headings_merged_over_two_rows_keep_their_name() {
    let text = "报表,,\n日期,用电,\n,峰,谷\n2025-03-01,1,2\n";
    let found = sheet(text);
    assert_eq!((found.header[0].as_str(), found.header[1].as_str()), ("日期", "峰"));
    let page = "<table><tr><th rowspan=2>日期</th><th colspan=2>用电</th></tr><tr><th>峰</th><th>谷</th></tr><tr><td>2025-03-01</td><td>1</td><td>2</td></tr></table>";
    assert_eq!(sheet(page).header, ["日期", "峰", "谷"]);
}

#[test]
fn units_beside_remarks_rates_and_titles_are_seen() {
    let value = |text: &str| {
        let found =
            read(&plan(&format!("time=日期;{POWER}=用电"), Stamps::default()), &sheet(text));
        found.map(|it| it.values[0].1.value).map_err(|it| it.code)
    };
    assert_eq!(value("日期,用电,班次\n,kWh,文本\n2025-03-01,5,甲\n"), Ok(5e-4));
    assert_eq!(value("日期,用电\n,kWh/h\n2025-03-01,5\n"), Err(ProblemCode::ImportMeasureUnknown));
    for title in ["计量单位 MWh,", "计量单位,MWh", "单位：t、MWh,", "（单位: MWh）,"]
    {
        assert_eq!(value(&format!("{title}\n日期,用电\n2025-03-01,5\n")), Ok(0.5), "{title}");
    }
    let several = value("单位：GJ、MWh,\n日期,用电\n2025-03-01,5\n");
    assert_eq!(several, Err(ProblemCode::ImportMeasureUnknown), "two fit");
    assert_eq!(value("填报单位：某某公司,\n日期,用电\n2025-03-01,5\n"), Ok(5.0));
    let rate = ReadingsMapping::of_map(&format!("time=日期;{POWER}=用电 MWh/月")).unwrap();
    let asked = ReadingsMapping {
        maps: rate.2,
        ..plan(&format!("time=日期;{POWER}=x"), Stamps::default())
    };
    let found = read(&asked, &sheet("日期,用电 MWh/月\n2025-03-01,5\n")).map(|_| ());
    assert_eq!(found.map_err(|it| it.code), Err(ProblemCode::ImportMeasureUnknown));
}

#[test]
fn damaged_and_empty_files_are_told_for_what_they_are() {
    let mut bytes = "企业名称,日期\n甲厂电力,2025-03-01\n".as_bytes().to_vec();
    bytes.truncate(bytes.len() - 13);
    bytes.extend_from_slice(b",2025-03-01\n");
    let found = Sheet::read(&bytes).unwrap_err();
    assert!(found.code == ProblemCode::ImportFileUnreadable && found.detail.contains("第 2 行"));
    for empty in ["", "\u{feff}", " \r\n\n"] {
        let found = Sheet::read(empty.as_bytes()).map(|_| ()).map_err(|it| it.code);
        assert_eq!(found, Err(ProblemCode::ImportFileUnreadable), "{empty:?}");
    }
}

#[test]
fn months_that_nobody_would_see_are_rejected() {
    let rows = "region_code,month,value_added\n120112,1999-12,5\n120112,2101-01,5\n120112,2000-01,5\n120112,45658,5\n";
    let (good, bad, _) = list::<EconomyRow>(&sheet(rows));
    assert_eq!((good.len(), bad.iter().map(|it| it.index).collect()), (1, vec![2, 3, 5]));
}
