//! Stamps that name ends of periods, and stamps off the start of their period.

use nengce_core::reference::Dictionaries;
use nengce_messages::stamp;
use nengce_shared::stat_type::StatType;

use crate::import::mapping::columns::ReadingsMapping;
use crate::import::mapping::stamps::{StampProblem, Stamps};
use crate::import::sheet::Sheet;
use crate::import::tests::{POWER, plan, read};

#[test]
fn ends_are_read_for_every_stat_type_and_24_is_no_start() {
    let stamps =
        |ends, midnight_closes_day| Stamps { ends, midnight_closes_day, ..Stamps::default() };
    let day = |it: Stamps, text: &str, stat_type| {
        it.start(text, stat_type).map(|it| it.at.strftime("%Y-%m-%d").to_string())
    };
    let is = |text: &str| Ok::<_, StampProblem>(text.to_owned());
    for closes in [false, true] {
        let ends = || stamps(true, closes);
        assert_eq!(day(ends(), "2026-02-28 24:00", StatType::Day), is("2026-02-28"));
        assert_eq!(day(ends(), "2026-02-28 23:59:59", StatType::Day), is("2026-02-28"));
        assert_eq!(day(ends(), "2026-02-28", StatType::Day), is("2026-02-28"));
        assert_eq!(day(ends(), "2026-01-31", StatType::Month), is("2026-01-01"));
        assert_eq!(day(ends(), "2026-01-31 24:00", StatType::Month), is("2026-01-01"));
        assert_eq!(day(ends(), "2025-12-31 00:00", StatType::Year), is("2025-01-01"));
        assert_eq!(
            day(ends(), "2026-01-15", StatType::Month),
            Err(StampProblem::NoEnd),
            "{closes}"
        );
    }
    assert_eq!(day(stamps(true, false), "2026-03-01 00:00", StatType::Day), is("2026-02-28"));
    assert_eq!(day(stamps(true, true), "2026-02-28 00:00", StatType::Day), is("2026-02-28"));
    let starts = || stamps(false, false);
    assert_eq!(day(starts(), "2026-02-28 24:00", StatType::Day), Err(StampProblem::ClosesDay));
    assert_eq!(day(starts(), "2026-02-28 24:00", StatType::RealTime), Err(StampProblem::ClosesDay));
    assert_eq!(day(starts(), "2026-02-28", StatType::Day), is("2026-02-28"));
}

#[test]
fn what_was_moved_is_counted_with_an_example() {
    let sheet = Sheet::read(b"date,kWh\n2024-01-31,1\n2024-02-29,2\n2024-03-01,3\n").unwrap();
    let plan = ReadingsMapping {
        stat_type: Some(StatType::Month),
        ..plan(&format!("time=date;{POWER}=kWh*1"), Stamps::default())
    };
    let table = read(&plan, &sheet).unwrap();
    assert_eq!(table.rejected, []);
    let readings: Vec<_> = table.values.iter().map(|it| it.1).collect();
    let months: Vec<_> = readings
        .iter()
        .map(|it| stamp::date_time(it.at).strftime("%Y-%m-%d").to_string())
        .collect();
    assert_eq!(months, ["2024-01-01", "2024-02-01", "2024-03-01"]);
    let dictionaries = Dictionaries::built_in();
    let series =
        crate::import::readings::totals::by_item(readings.iter(), &dictionaries, |_| String::new());
    let example = "2024-01-31 00:00:00 → 2024-01-01 00:00:00".to_owned();
    assert_eq!((series[0].moved, &series[0].moved_example), (2, &Some(example)));
}
