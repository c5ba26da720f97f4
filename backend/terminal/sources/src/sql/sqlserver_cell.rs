//! What stands in a cell of SQL Server, as text.
use jiff::civil::{DateTime, date};
use jiff::{SignedDuration, Span};
use tiberius::ColumnData;
use tiberius::time::{DateTime2, Time};

/// The text of a cell; none where it is NULL.
pub(super) fn text(cell: &ColumnData<'_>) -> Option<String> {
    match cell {
        ColumnData::U8(it) => it.map(|it| it.to_string()),
        ColumnData::I16(it) => it.map(|it| it.to_string()),
        ColumnData::I32(it) => it.map(|it| it.to_string()),
        ColumnData::I64(it) => it.map(|it| it.to_string()),
        ColumnData::F32(it) => it.map(|it| it.to_string()),
        ColumnData::F64(it) => it.map(|it| it.to_string()),
        ColumnData::Bit(it) => it.map(|it| u8::from(it).to_string()),
        ColumnData::String(it) => it.as_ref().map(ToString::to_string),
        ColumnData::Guid(it) => it.map(|it| it.to_string()),
        ColumnData::Binary(it) => it.as_ref().map(|it| format!("{} bytes", it.len())),
        ColumnData::Numeric(it) => it.map(|it| decimal(it.value(), it.scale())),
        ColumnData::Xml(it) => it.as_ref().map(ToString::to_string),
        // Days since 1900, and three-hundredths of a second.
        ColumnData::DateTime(it) => it.map(|it| {
            let nanoseconds = i64::from(it.seconds_fragments()) * 10_000_000 / 3;
            moment(1900, i64::from(it.days()), SignedDuration::from_nanos(nanoseconds))
        }),
        // Days since 1900, and minutes.
        ColumnData::SmallDateTime(it) => it.map(|it| {
            let minutes = i64::from(it.seconds_fragments());
            moment(1900, i64::from(it.days()), SignedDuration::from_mins(minutes))
        }),
        ColumnData::Time(it) => it.map(|it| moment(1, 0, since_midnight(it))),
        ColumnData::Date(it) => it.map(|it| moment(1, i64::from(it.days()), SignedDuration::ZERO)),
        ColumnData::DateTime2(it) => it.map(of_datetime2),
        // It stands there in UTC.
        ColumnData::DateTimeOffset(it) => it.map(|it| format!("{}Z", of_datetime2(it.datetime2()))),
    }
}

/// A whole number with so many digits after the point.
fn decimal(value: i128, scale: u8) -> String {
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = usize::from(scale) + 1);
    let (whole, part) = digits.split_at(digits.len() - usize::from(scale));
    let sign = if value < 0 { "-" } else { "" };
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

fn of_datetime2(it: DateTime2) -> String {
    moment(1, i64::from(it.date().days()), since_midnight(it.time()))
}

fn since_midnight(it: Time) -> SignedDuration {
    let nanoseconds = i64::try_from(it.increments()).unwrap_or(0)
        * 10_i64.pow(9_u32.saturating_sub(u32::from(it.scale())));
    SignedDuration::from_nanos(nanoseconds)
}

/// Days since the first day of a year, and a time of the day.
fn moment(year: i16, days: i64, time: SignedDuration) -> String {
    let first: DateTime = date(year, 1, 1).into();
    let moment = Span::new().try_days(days).and_then(|it| first.checked_add(it));
    let moment = moment.and_then(|it| it.checked_add(time));
    moment.map_or_else(|_| format!("day {days} of {year}"), |it| it.to_string())
}

#[cfg(test)]
mod tests {
    use tiberius::ColumnData;
    use tiberius::numeric::Numeric;
    use tiberius::time::{Date, DateTime, DateTime2, DateTimeOffset, SmallDateTime, Time};

    use super::text;
    use crate::moment::of_text;

    #[test]
    fn numbers() {
        for (cell, expected) in [
            (ColumnData::U8(Some(255)), "255"),
            (ColumnData::I16(Some(-300)), "-300"),
            (ColumnData::I32(Some(-70_000)), "-70000"),
            (ColumnData::I64(Some(i64::MIN)), "-9223372036854775808"),
            (ColumnData::F32(Some(0.25)), "0.25"),
            (ColumnData::F64(Some(0.1)), "0.1"),
            (ColumnData::Bit(Some(true)), "1"),
            (ColumnData::String(Some(" 12.5".into())), " 12.5"),
            (ColumnData::Numeric(Some(Numeric::new_with_scale(12_345_678, 2))), "123456.78"),
            (ColumnData::Numeric(Some(Numeric::new_with_scale(-5, 3))), "-0.005"),
            (ColumnData::Numeric(Some(Numeric::new_with_scale(-5, 0))), "-5"),
        ] {
            assert_eq!(text(&cell).as_deref(), Some(expected), "{cell:?}");
        }
        for cell in [ColumnData::I32(None), ColumnData::Numeric(None), ColumnData::String(None)] {
            assert_eq!(text(&cell), None);
        }
        let bytes = ColumnData::Binary(Some(vec![1, 2].into()));
        assert_eq!(text(&bytes).as_deref(), Some("2 bytes"));
    }

    #[test]
    fn one_moment_in_each_type() {
        // 2026-01-05 08:00:00 is day 46025 since 1900 and day 739620 since the year 1.
        let (eight, day) = (8 * 3600, 739_620);
        let whole = |scale: u8| {
            let increments = eight * 10_u64.pow(u32::from(scale));
            DateTime2::new(Date::new(day), Time::new(increments, scale))
        };
        let midnight = DateTime2::new(Date::new(day), Time::new(0, 0));
        for cell in [
            ColumnData::DateTime(Some(DateTime::new(46_025, 8 * 3600 * 300))),
            ColumnData::SmallDateTime(Some(SmallDateTime::new(46_025, 8 * 60))),
            ColumnData::DateTime2(Some(whole(0))),
            ColumnData::DateTime2(Some(whole(7))),
            ColumnData::DateTimeOffset(Some(DateTimeOffset::new(midnight, 480))),
        ] {
            let text = text(&cell).expect("a moment");
            assert_eq!(of_text(&text, 480), Some(1_767_600_000), "{text}");
        }
        let date = text(&ColumnData::Date(Some(Date::new(day)))).expect("a day");
        assert_eq!(of_text(&date, 480), Some(1_767_600_000 - 8 * 3600), "{date}");
    }
}
