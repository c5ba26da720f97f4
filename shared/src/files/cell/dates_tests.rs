//! Moments in the forms that people and workbooks write.

use super::*;

fn at(text: &str, order: Option<Order>) -> String {
    match moment(text, order) {
        Ok(it) => format!("{} {:?}", it.at.strftime("%Y-%m-%d %H:%M:%S"), it.precision),
        Err(it) => format!("{it:?}"),
    }
}

#[test]
fn periods_are_read_as_people_write_them() {
    for (text, expected) in [
        ("2026-03-01", "2026-03-01 00:00:00 Day"),
        ("2026/3/1", "2026-03-01 00:00:00 Day"),
        ("2026.3.1", "2026-03-01 00:00:00 Day"),
        ("20260301", "2026-03-01 00:00:00 Day"),
        ("2026年3月1日", "2026-03-01 00:00:00 Day"),
        ("２０２６年３月１日", "2026-03-01 00:00:00 Day"),
        ("2-Jan-2026", "2026-01-02 00:00:00 Day"),
        ("2025-01", "2025-01-01 00:00:00 Month"),
        ("2025/1", "2025-01-01 00:00:00 Month"),
        ("2025.01", "2025-01-01 00:00:00 Month"),
        ("202501", "2025-01-01 00:00:00 Month"),
        ("2025年1月", "2025-01-01 00:00:00 Month"),
        ("2025年1月份", "2025-01-01 00:00:00 Month"),
        ("2025 年 1 月", "2025-01-01 00:00:00 Month"),
        ("2025 年 3 月 1 日 8 时", "2025-03-01 08:00:00 Time"),
        ("202503010815", "2025-03-01 08:15:00 Time"),
        ("20250301081530", "2025-03-01 08:15:30 Time"),
        ("Jan-25", "2025-01-01 00:00:00 Month"),
        ("Jan 2025", "2025-01-01 00:00:00 Month"),
        ("1/2025", "2025-01-01 00:00:00 Month"),
        ("2024", "2024-01-01 00:00:00 Year"),
        ("2024年", "2024-01-01 00:00:00 Year"),
        ("2026-03-01 10:15", "2026-03-01 10:15:00 Time"),
        ("2026-03-01T10:15:00.000", "2026-03-01 10:15:00 Time"),
        ("2026-03-01 24:00", "2026-03-02 00:00:00 Time"),
        ("2026-03-01 10:00:00 PM", "2026-03-01 22:00:00 Time"),
        ("2026年3月1日 下午3时15分", "2026-03-01 15:15:00 Time"),
        ("31/1/2026 0:15", "2026-01-31 00:15:00 Time"),
        ("1/31/2026", "2026-01-31 00:00:00 Day"),
    ] {
        assert_eq!(at(text, None), expected, "{text}");
    }
    assert_eq!(at("25-01-02", Some(Order::Ymd)), "2025-01-02 00:00:00 Day");
    assert_eq!(at("1/2/25", Some(Order::Dmy)), "2025-02-01 00:00:00 Day");
    assert_eq!(at("1/2/25", Some(Order::Mdy)), "2025-01-02 00:00:00 Day");
}

#[test]
fn nothing_behind_what_is_read_is_passed_over() {
    for text in [
        "2025-01至2025-02",
        "2025年1-2月",
        "2025年1月至2月",
        "2025-13",
        "2026-02-30",
        "2026-03-01 25:00",
        "2026-03-01 10:00:00 周日",
        "2026-03-01 2026-03-02",
        "2025-01-",
        "2025年1月x",
        "2026-03/01",
        "1月",
        "3.14",
        "1234.5",
        "date",
        "2026-03-01 13:00 PM",
    ] {
        assert_eq!(at(text, None), "Unreadable", "{text}");
    }
    for text in [
        "2026-02-28T16:00:00.000Z",
        "2026-02-28T16:00:00Z",
        "2026-02-28T16:00:00.000+0000",
        "2026-03-01 00:00:00+08:00",
    ] {
        assert_eq!(at(text, None), "Zone", "{text}");
    }
    assert_eq!(at("2026-03-01 10:00:00.5", None), "Fraction");
    assert_eq!(at("2026-03-01 10:00:00.5 PM", None), "Fraction");
    for text in ["45717", "45717.5", "73050"] {
        assert_eq!(at(text, None), "Serial", "{text}");
    }
    for text in ["202513010815", "20250301246000", "36525", "73051", "45,717.0"] {
        assert_eq!(at(text, None), "Unreadable", "{text}");
    }
    assert_eq!(at("1/2/2026", None), "OrderUnknown");
    assert_eq!(at("25-01-02", None), "OrderUnknown");
}

#[test]
fn a_column_settles_its_order_by_any_cell() {
    let of = |cells: &[&'static str]| guess_order(cells.iter().copied());
    assert_eq!(of(&["1/2/2026", "13/2/2026"]), Some(Order::Dmy));
    assert_eq!(of(&["1/2/2026", "2/13/2026 10:00"]), Some(Order::Mdy));
    assert_eq!(of(&["2026/1/2"]), Some(Order::Ymd));
    assert_eq!(of(&["1/2/2026", "2/2/2026"]), None);
    assert_eq!(of(&["2025-01", "2025-02"]), Some(Order::Ymd));
    // A year of four digits does not say that `01/02/25` begins with its year too.
    assert_eq!(of(&["2025-01-05", "01/02/25"]), None);
    assert_eq!(of(&["2025-01-05", "13/2/2026", "1/2/2026"]), Some(Order::Dmy));
    assert_eq!(of(&["13/02/2025", "02/14/2025", "01/02/2025"]), None);
}

#[test]
fn the_end_of_a_day_is_known_however_it_is_written() {
    for (text, closes) in [
        ("2025-03-01 24:00", true),
        ("2025-03-01 24时", true),
        ("2025年3月1日24时", true),
        ("2025-03-01 ２４：００", true),
        ("2025-03-01T24:00:00.000", true),
        ("2025-03-02 00:00", false),
        ("2025-03-01 上午12时", false),
        ("2025-03-01", false),
    ] {
        let found = moment(text, None).map(|it| it.closes_day);
        assert_eq!(found, Ok(closes), "{text}");
    }
}

#[test]
fn names_are_no_dates() {
    for text in ["日期", "kWh", "00-00-0000-023300-11", "A1", "may", "用电量"] {
        assert!(!looks_like_date(text), "{text}");
    }
    for text in ["2026-03-01", "1/2/2026", "2025年1月", "Jan-25"] {
        assert!(looks_like_date(text), "{text}");
    }
}
