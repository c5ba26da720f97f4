//! Stamps, columns, rejected rows, and the way back of a mended file.

mod cells;
mod sheets;
mod silent;
mod stamps;

use jiff::civil::date;
use nengce_core::reference::Dictionaries;
use nengce_messages::{Bounds, stamp};
use nengce_shared::problem::ProblemCode;
use nengce_shared::stat_type::StatType;

use crate::import::lists;
use crate::import::mapping::columns::ReadingsMapping;
use crate::import::mapping::stamps::{DateFormat, Stamps, interval};
use crate::import::problem::FileProblem;
use crate::import::readings::table::Table;
use crate::import::results::rejected_rows::WRITTEN;
use crate::import::results::report::ImportReport;
use crate::import::sheet::Sheet;
use crate::list_rows::{EconomyRow, TargetRow, UnitRow};

pub(super) const POWER: &str = "00-00-0000-023300-11";

pub(super) fn bounds() -> Bounds {
    let now = stamp::seconds(date(2026, 1, 1).at(0, 0, 0, 0));
    Bounds {
        now,
        future_skew_seconds: 600,
        value_abs_max: 1e12,
        max_entries: 10,
        ends: None,
        rejected_limits: nengce_messages::rejected_entries::RejectedLimits::USUAL,
        leniency: nengce_messages::Leniency::USUAL,
        retired_before: nengce_messages::NEVER_RETIRED,
    }
}

pub(super) fn plan(map: &str, stamps: Stamps) -> ReadingsMapping {
    let (time_column, unit_column, maps) = ReadingsMapping::of_map(map).unwrap();
    ReadingsMapping { time_column, unit_column, maps, stat_type: None, input_type: 7, stamps }
}

pub(super) fn read(plan: &ReadingsMapping, sheet: &Sheet) -> Result<Table, FileProblem> {
    let dictionaries = Dictionaries::built_in();
    let units = |code: &str| match code {
        "911201120000000191" => Ok(7),
        "91120116000096006H" => Ok(8),
        _ => Err(ProblemCode::ImportUnitUnknown),
    };
    plan.read(sheet, &bounds(), &dictionaries, &units, 1_000)
}

fn dmy() -> DateFormat {
    DateFormat::parse("dmy").unwrap()
}

fn ends() -> Stamps {
    Stamps { format: dmy(), ends: true, interval_seconds: 900, midnight_closes_day: true }
}

#[test]
fn the_last_quarter_of_a_day_printed_as_midnight_belongs_to_that_day() {
    let start =
        |text: &str| ends().start(text, StatType::RealTime).ok().map(|it| it.at.to_string());
    assert_eq!(start("1/1/2018 0:15").as_deref(), Some("2018-01-01T00:00:00"));
    assert_eq!(start("1/1/2018 0:00").as_deref(), Some("2018-01-01T23:45:00"));
    assert_eq!(start("31/12/2018 0:00").as_deref(), Some("2018-12-31T23:45:00"));
    let plain = Stamps { midnight_closes_day: false, ..ends() };
    assert_eq!(
        plain.start("2/1/2018 0:00", StatType::RealTime).unwrap().at.to_string(),
        "2018-01-01T23:45:00"
    );
    let pattern = DateFormat::parse("%d.%m.%Y %H:%M").unwrap();
    assert_eq!(pattern.read("05.03.2020 07:30").unwrap().at.to_string(), "2020-03-05T07:30:00");
    assert!(DateFormat::Found.read("2020-02-30").is_err());
    let mdy = DateFormat::parse("mdy").unwrap();
    assert!(mdy.read("13/1/2020 0:00").is_err());
    assert_eq!((interval("15m"), interval("1h"), interval("x")), (Some(900), Some(3600), None));
}

#[test]
fn columns_are_found_by_name_whatever_their_order_and_the_mark() {
    let sheet = Sheet::read(
        "\u{feff}Usage_kWh,Reactive.Power,date\n3.5,1,1/1/2018 0:15\n4,x,1/1/2018 0:00\n"
            .as_bytes(),
    )
    .unwrap();
    let plan = plan(&format!("time=date;{POWER}=Usage_kWh*0.0001"), ends());
    let table = read(&plan, &sheet).unwrap();
    assert!(table.rejected.is_empty());
    assert_eq!(table.values.len(), 2);
    assert!((table.values[0].1.value - 0.00035).abs() < 1e-15);
    let missing = read(&plan, &Sheet::read(b"a,b\n1,2\n").unwrap()).unwrap_err();
    assert_eq!(missing.code, ProblemCode::ImportColumnMissing);
    let twice = Sheet::read(b"a,a,b\n1,2,3\n").unwrap();
    assert_eq!(twice.column("b"), Ok(2));
    assert_eq!(twice.column("a").unwrap_err().code, ProblemCode::ImportColumnDuplicate);
    assert_eq!(twice.column("").unwrap_err().code, ProblemCode::ImportColumnMissing);
}

#[test]
fn every_bad_row_is_named_and_comes_back_mended() {
    let text = "date,kWh\n1/1/2018 0:15,1\n1/1/2018 0:30,\n1/1/2018 0:30,zwei\n1/1/2018 0:15,1\n1/1/2018 0:20,1\n32/1/2018 0:15,1\n1/1/2030 0:15,1\n1/1/2018 0:45,NaN\n1/1/2018 1:00\n";
    let sheet = Sheet::read(text.as_bytes()).unwrap();
    let plan = plan(&format!("time=date;{POWER}=kWh*1"), ends());
    let Table { values, rejected, .. } = read(&plan, &sheet).unwrap();
    assert_eq!(values.len(), 1);
    let found: Vec<_> = rejected.iter().map(|it| (it.index, it.code)).collect();
    use ProblemCode as P;
    assert_eq!(
        found,
        [
            (3, P::ImportValueMissing),
            (4, P::ImportValueUnreadable),
            (5, P::ImportStampDuplicate),
            (6, P::ImportStampOffGrid),
            (7, P::ImportDateUnreadable),
            (8, P::EntryStatDateFuture),
            (9, P::EntryValueNotFinite),
            (10, P::ImportValueMissing),
        ]
    );
    assert!(rejected[2].reason_en.contains("lines 2 and 5"), "{}", rejected[2].reason_en);

    let mut report = ImportReport::new("readings", "x.csv", false);
    report.reject(&sheet, &rejected);
    assert_eq!(report.rejected, 8);
    assert_eq!(report.problems[1].place, "B4");
    let back = report.rejected_csv.unwrap();
    let mended = back.replace("1/1/2018 0:30,zwei", "1/1/2018 0:30,2");
    let again = Sheet::read(mended.as_bytes()).unwrap();
    assert!(WRITTEN.iter().all(|it| again.header.iter().any(|found| found == it)));
    let Table { values, rejected, .. } = read(&plan, &again).unwrap();
    // Line 5 repeats a row that was stored before; on its own it stands.
    assert_eq!((values.len(), rejected.len()), (2, 6));
    let mut report = ImportReport::new("readings", "x.csv", false);
    report.reject(&again, &rejected);
    let header = report.rejected_csv.unwrap();
    assert_eq!(header.lines().next().unwrap().matches("_reason_zh").count(), 1);
}

pub(super) type Listed<T> = (Vec<T>, Vec<nengce_messages::Rejected>, Vec<String>);

pub(super) fn list<T: lists::Listed>(sheet: &Sheet) -> Listed<T> {
    let dictionaries = Dictionaries::built_in();
    let reading = lists::Reading {
        dictionaries: &dictionaries,
        dates: DateFormat::Found,
        multiplier: None,
        most: 1_000,
    };
    let table = lists::read::<T>(sheet, &reading).unwrap();
    let notes = table.notes.into_iter().map(|it| it.en).collect();
    (table.good, table.rejected, notes)
}

#[test]
fn economy_months_are_read_whole_and_negative_figures_are_said_or_rejected() {
    let months = "region_code,month,value_added\n120116,2025年1月,\"1,234.5\"\n120116,Feb-25,12\n120116,2025-03-01 00:00:00,－5\n120116,202504,1\n120116,2025-05至2025-06,1\n120116,2025-07-15,1\n120116,2025,1\n120116,2025-08,—\n";
    let (good, bad, notes) = list::<EconomyRow>(&Sheet::read(months.as_bytes()).unwrap());
    let found: Vec<(String, f64)> =
        good.iter().map(|it| (it.month.to_string(), it.value_added)).collect();
    let expected = [("2025-01", 1234.5), ("2025-02", 12.0), ("2025-03", -5.0), ("2025-04", 1.0)];
    assert_eq!(found, expected.map(|(month, value)| (month.to_owned(), value)));
    assert_eq!(bad.iter().map(|it| it.index).collect::<Vec<_>>(), [6, 7, 8, 9]);
    assert!(notes.len() == 1 && notes[0].contains("negative"), "{notes:?}");
    let targets = "scope,code,kind,from_year,to_year,value\nregion,120000,total_tce,2025,2025,-5\nregion,120000,annual_fall,2025,2025,3.1%\nregion,120000,annual_fall,2026,2026,-0.03\nregion,120000,total_tce,2026,2026,0\n";
    let (good, bad, _) = list::<TargetRow>(&Sheet::read(targets.as_bytes()).unwrap());
    assert!(good.len() == 1 && (good[0].value - 0.031).abs() < 1e-12);
    assert_eq!(bad.iter().map(|it| it.index).collect::<Vec<_>>(), [2, 4, 5]);
}

#[test]
fn economy_targets_and_units_are_checked_against_the_dictionaries() {
    let sheet = |text: &str| Sheet::read(text.as_bytes()).unwrap();
    let economy = "value_added,month,region_code\n12.5,2025-01,120116\nx,2025-02,120116\n1,2025-13,120116\n1,2025-01,999999\n1,2025-01,120116\n";
    let (good, bad, _) = list::<EconomyRow>(&sheet(economy));
    assert_eq!(
        (good.len(), bad.iter().map(|it| it.index).collect::<Vec<_>>()),
        (1, vec![3, 4, 5, 6])
    );
    let targets = "scope,code,kind,from_year,to_year,value\nregion,120000,annual_fall,2025,2025,0.03\nregion,120000,annual_fall,2026,2026,3.1\nplanet,1,total_tce,2025,2025,1\nindustry,C31,total_tce,2025,2024,1\n";
    let (good, bad, _) = list::<TargetRow>(&sheet(targets));
    assert_eq!((good.len(), good[0].basis.as_str()), (1, "equivalent"));
    assert_eq!(bad.iter().map(|it| it.index).collect::<Vec<_>>(), [3, 4, 5]);
    let units = "enterprise_code,name,region_code,industry_code\n911201120000000191,甲,120112,C3120\n911201120000000192,乙,120112,C3120\n";
    let (good, bad, _) = list::<UnitRow>(&sheet(units));
    assert_eq!((good.len(), bad.len(), bad[0].code), (1, 1, ProblemCode::EntryCreditCodeInvalid));
}

#[test]
fn a_workbook_reads_as_its_csv() -> Result<(), rust_xlsxwriter::XlsxError> {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let format = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    for (at, name) in ["kWh", "date"].into_iter().enumerate() {
        sheet.write_string(0, at as u16, name)?;
    }
    for row in 1..=3u32 {
        sheet.write_number(row, 0, f64::from(row) + 0.25)?;
        let at = ExcelDateTime::from_ymd(2018, 1, 1)?.and_hms(0, row as u8 * 15, 0)?;
        sheet.write_datetime_with_format(row, 1, &at, &format)?;
    }
    let sheet = Sheet::read(&book.save_to_buffer()?).unwrap();
    let stamps = Stamps { ends: true, interval_seconds: 900, ..Stamps::default() };
    let table = read(&plan(&format!("time=date;{POWER}=kWh*1"), stamps), &sheet).unwrap();
    let readings = table.values;
    assert_eq!((readings.len(), table.rejected.len()), (3, 0));
    let starts: Vec<_> = readings.iter().map(|it| stamp::date_time(it.1.at).to_string()).collect();
    assert_eq!(starts, ["2018-01-01T00:00:00", "2018-01-01T00:15:00", "2018-01-01T00:30:00"]);
    assert_eq!(readings[2].1.value, 3.25);
    Ok(())
}
