//! Stamps, columns, refused rows, and the way back of a mended file.

use jiff::civil::date;
use nengce_core::ingest::{Bounds, stamp};
use nengce_core::reference::Dictionaries;
use nengce_shared::problem::ProblemCode;

use super::readings::ReadingsPlan;
use super::rows::{self, EconomyRow, TargetRow, UnitRow};
use super::sheet::Sheet;
use super::stamps::{DateFormat, StampProblem, Stamps, interval};
use super::{ImportReport, REASON_COLUMNS};

const POWER: &str = "00-00-0000-023300-11";

fn bounds() -> Bounds {
    let now = stamp::seconds(date(2026, 1, 1).at(0, 0, 0, 0));
    Bounds {
        now,
        future_skew_seconds: 600,
        value_abs_max: 1e12,
        max_entries: 10,
        ends: None,
        keep: nengce_core::ingest::refusals::Keep::USUAL,
        retired_before: nengce_core::ingest::NEVER_RETIRED,
        habits: nengce_core::ingest::Habits::USUAL,
    }
}

fn plan(map: &str, stamps: Stamps) -> ReadingsPlan {
    let (time_column, maps) = ReadingsPlan::of_map(map).unwrap();
    ReadingsPlan {
        time_column,
        maps,
        stat_type: 0,
        input_type: 7,
        stamps,
    }
}

fn ends() -> Stamps {
    Stamps {
        format: DateFormat::Dmy,
        ends: true,
        interval_seconds: 900,
        midnight_closes_day: true,
    }
}

#[test]
fn the_last_quarter_of_a_day_printed_as_midnight_belongs_to_that_day() {
    let start = |text: &str| ends().start(text, 0).map(|it| it.to_string());
    let is = |text: &str| Ok::<_, StampProblem>(text.to_owned());
    assert_eq!(start("1/1/2018 0:15"), is("2018-01-01T00:00:00"));
    assert_eq!(start("1/1/2018 0:00"), is("2018-01-01T23:45:00"));
    assert_eq!(start("31/12/2018 0:00"), is("2018-12-31T23:45:00"));
    // 24:00 is that midnight already: it is not rolled again.
    assert_eq!(start("31/12/2018 24:00"), is("2018-12-31T23:45:00"));
    let plain = Stamps {
        midnight_closes_day: false,
        ..ends()
    };
    assert_eq!(
        plain.start("2/1/2018 0:00", 0).unwrap().to_string(),
        "2018-01-01T23:45:00"
    );
    let pattern = DateFormat::parse("%d.%m.%Y %H:%M").unwrap();
    assert_eq!(
        pattern.read("05.03.2020 07:30").unwrap().to_string(),
        "2020-03-05T07:30:00"
    );
    assert_eq!(DateFormat::Ymd.read("2020-02-30"), None);
    assert_eq!(DateFormat::Mdy.read("13/1/2020 0:00"), None);
    assert_eq!(
        (interval("15m"), interval("1h"), interval("x")),
        (Some(900), Some(3600), None)
    );
}

#[test]
fn ends_are_read_for_every_stat_type_and_24_is_no_start() {
    let stamps = |ends, midnight_closes_day| Stamps {
        ends,
        midnight_closes_day,
        ..Stamps::default()
    };
    let day = |it: Stamps, text: &str, stat_type| {
        it.start(text, stat_type)
            .map(|it| it.strftime("%Y-%m-%d").to_string())
    };
    let is = |text: &str| Ok::<_, StampProblem>(text.to_owned());
    for closes in [false, true] {
        let ends = || stamps(true, closes);
        assert_eq!(day(ends(), "2026-02-28 24:00", 1), is("2026-02-28"));
        assert_eq!(day(ends(), "2026-02-28 23:59:59", 1), is("2026-02-28"));
        assert_eq!(day(ends(), "2026-02-28", 1), is("2026-02-28"));
        assert_eq!(day(ends(), "2026-01-31", 2), is("2026-01-01"));
        assert_eq!(day(ends(), "2026-01-31 24:00", 2), is("2026-01-01"));
        assert_eq!(day(ends(), "2025-12-31 00:00", 3), is("2025-01-01"));
        assert_eq!(
            day(ends(), "2026-01-15", 2),
            Err(StampProblem::NoEnd),
            "{closes}"
        );
    }
    assert_eq!(
        day(stamps(true, false), "2026-03-01 00:00", 1),
        is("2026-02-28")
    );
    assert_eq!(
        day(stamps(true, true), "2026-02-28 00:00", 1),
        is("2026-02-28")
    );
    let starts = || stamps(false, false);
    assert_eq!(
        day(starts(), "2026-02-28 24:00", 1),
        Err(StampProblem::ClosesDay)
    );
    assert_eq!(
        day(starts(), "2026-02-28 24:00", 0),
        Err(StampProblem::ClosesDay)
    );
    assert_eq!(day(starts(), "2026-02-28", 1), is("2026-02-28"));
}

#[test]
fn what_was_moved_is_counted_with_an_example() {
    let sheet = Sheet::read(b"date,kWh\n2024-01-31,1\n2024-02-29,2\n2024-03-01,3\n").unwrap();
    let plan = ReadingsPlan {
        stat_type: 2,
        ..plan(&format!("time=date;{POWER}=kWh"), Stamps::default())
    };
    let (readings, rejected) = plan.read(&sheet, &bounds()).unwrap();
    assert_eq!(rejected, []);
    let months: Vec<_> = readings
        .iter()
        .map(|it| stamp::date_time(it.at).strftime("%Y-%m-%d").to_string())
        .collect();
    assert_eq!(months, ["2024-01-01", "2024-02-01", "2024-03-01"]);
    let dictionaries = Dictionaries::built_in();
    let series = super::readings::series(readings.iter(), &dictionaries, |_| String::new());
    let example = "2024-01-31 00:00:00 → 2024-01-01 00:00:00".to_owned();
    assert_eq!(
        (series[0].moved, &series[0].moved_example),
        (2, &Some(example))
    );
}

#[test]
fn columns_are_found_by_name_whatever_their_order_and_the_mark() {
    let sheet = Sheet::read(
        "\u{feff}Usage_kWh,Reactive.Power,date\n3.5,1,1/1/2018 0:15\n4,x,1/1/2018 0:00\n"
            .as_bytes(),
    )
    .unwrap();
    let plan = plan(&format!("time=date;{POWER}=Usage_kWh*0.0001"), ends());
    let (readings, rejected) = plan.read(&sheet, &bounds()).unwrap();
    assert!(rejected.is_empty());
    assert_eq!(readings.len(), 2);
    assert!((readings[0].value - 0.00035).abs() < 1e-15);
    let missing = plan
        .read(&Sheet::read(b"a,b\n1,2\n").unwrap(), &bounds())
        .unwrap_err();
    assert_eq!(missing.code, ProblemCode::ImportColumnMissing);
    assert_eq!(
        Sheet::read(b"a,a\n1,2\n").unwrap_err().code,
        ProblemCode::ImportColumnDuplicate
    );
}

#[test]
fn every_bad_row_is_named_and_comes_back_mended() {
    let text = "date,kWh\n1/1/2018 0:15,1\n1/1/2018 0:30,\n1/1/2018 0:30,zwei\n1/1/2018 0:15,1\n1/1/2018 0:20,1\n32/1/2018 0:15,1\n1/1/2030 0:15,1\n1/1/2018 0:45,NaN\n1/1/2018 1:00\n";
    let sheet = Sheet::read(text.as_bytes()).unwrap();
    let plan = plan(&format!("time=date;{POWER}=kWh"), ends());
    let (readings, rejected) = plan.read(&sheet, &bounds()).unwrap();
    assert_eq!(readings.len(), 1);
    let found: Vec<_> = rejected.iter().map(|it| (it.index, it.code)).collect();
    use ProblemCode as P;
    assert_eq!(
        found,
        [
            (3, P::ImportValueUnreadable),
            (4, P::ImportValueUnreadable),
            (5, P::ImportStampDuplicate),
            (6, P::ImportStampOffGrid),
            (7, P::ImportDateUnreadable),
            (8, P::EntryStatDateFuture),
            (9, P::EntryValueNotFinite),
            (10, P::ImportRowLength),
        ]
    );
    assert!(
        rejected[2].reason_en.contains("lines 2 and 5"),
        "{}",
        rejected[2].reason_en
    );

    let mut report = ImportReport::new("readings", "x.csv", false);
    report.reject(&sheet, &rejected);
    let back = report.rejected_csv.unwrap();
    let mended = back.replace("1/1/2018 0:30,zwei", "1/1/2018 0:30,2");
    let again = Sheet::read(mended.as_bytes()).unwrap();
    assert!(
        REASON_COLUMNS
            .iter()
            .all(|it| again.header.iter().any(|found| found == it))
    );
    let (readings, rejected) = plan.read(&again, &bounds()).unwrap();
    // Line 5 repeats a row that was stored before; on its own it stands.
    assert_eq!((readings.len(), rejected.len()), (2, 6));
    let mut report = ImportReport::new("readings", "x.csv", false);
    report.reject(&again, &rejected);
    let header = report.rejected_csv.unwrap();
    assert_eq!(
        header.lines().next().unwrap().matches("_reason_zh").count(),
        1
    );
}

#[test]
fn economy_targets_and_units_are_checked_against_the_dictionaries() {
    let dictionaries = Dictionaries::built_in();
    let sheet = |text: &str| Sheet::read(text.as_bytes()).unwrap();
    let economy = "value_added,month,region_code\n12.5,2025-01,120116\nx,2025-02,120116\n1,2025-13,120116\n1,2025-01,999999\n1,2025-01,120116\n";
    let (good, bad) = rows::read::<EconomyRow>(&sheet(economy), &dictionaries).unwrap();
    assert_eq!(
        (
            good.len(),
            bad.iter().map(|it| it.index).collect::<Vec<_>>()
        ),
        (1, vec![3, 4, 5, 6])
    );
    let targets = "scope,code,kind,from_year,to_year,value\nregion,120000,annual_fall,2025,2025,0.03\nregion,120000,annual_fall,2026,2026,3.1\nplanet,1,total_tce,2025,2025,1\nindustry,C31,total_tce,2025,2024,1\n";
    let (good, bad) = rows::read::<TargetRow>(&sheet(targets), &dictionaries).unwrap();
    assert_eq!((good.len(), good[0].basis.as_str()), (1, "equivalent"));
    assert_eq!(bad.iter().map(|it| it.index).collect::<Vec<_>>(), [3, 4, 5]);
    let units = "enterprise_code,name,region_code,industry_code\n911201120000000191,甲,120112,C3120\n911201120000000192,乙,120112,C3120\n";
    let (good, bad) = rows::read::<UnitRow>(&sheet(units), &dictionaries).unwrap();
    assert_eq!(
        (good.len(), bad.len(), bad[0].code),
        (1, 1, ProblemCode::EntryCreditCodeInvalid)
    );
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
    let stamps = Stamps {
        ends: true,
        interval_seconds: 900,
        ..Stamps::default()
    };
    let (readings, rejected) = plan(&format!("time=date;{POWER}=kWh"), stamps)
        .read(&sheet, &bounds())
        .unwrap();
    assert_eq!((readings.len(), rejected.len()), (3, 0));
    let starts: Vec<_> = readings
        .iter()
        .map(|it| stamp::date_time(it.at).to_string())
        .collect();
    assert_eq!(
        starts,
        [
            "2018-01-01T00:00:00",
            "2018-01-01T00:15:00",
            "2018-01-01T00:30:00"
        ]
    );
    assert_eq!(readings[2].value, 3.25);
    Ok(())
}
