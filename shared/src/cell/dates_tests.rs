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
