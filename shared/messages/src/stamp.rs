//! Reads statDate, the start of a period in local wall time as terminals write it.

use nengce_shared::problem::ProblemCode;
use nengce_shared::stat_type::StatType;

pub use super::local_seconds::{date_of, date_time, day_number, seconds};
use super::period::{self, Period};
use super::{Bounds, Problem, wall_time};

/// The first year that is accepted. Factors and pages begin here, so earlier values would be stored but never shown.
const FIRST_YEAR: i16 = 2000;

/// Reads the start of the period of a stamp; see [`read_period`].
pub fn read(text: &str, stat_type: StatType, bounds: &Bounds) -> Result<i64, Problem> {
    read_period(text, stat_type, bounds).map(|it| it.start)
}

/// Reads a wall time ([`wall_time::parse`]) and finds its period.
///
/// # Errors
/// The text is no wall time, does not mean one period, or lies too far in the past or in the future.
pub fn read_period(text: &str, stat_type: StatType, bounds: &Bounds) -> Result<Period, Problem> {
    let at = match wall_time::usual(text) {
        Some(it) => it,
        None => wall_time::parse(text, bounds.leniency.offset_minutes).map_err(|why| {
            let (zh, en) = why.hint();
            Problem::new("statDate", ProblemCode::EntryStatDateMalformed, text).hint(zh, en)
        })?,
    };
    if at.year() < FIRST_YEAR {
        let problem = Problem::new("statDate", ProblemCode::EntryStatDateTooOld, text);
        return Err(problem.hint("最早为 2000 年", "2000 is the first year that is kept"));
    }
    let raw = seconds(at);
    let period = match bounds.ends {
        None => period::starting(at, raw, stat_type),
        Some(interval) => period::ending(at, raw, stat_type, interval, text.contains(':')),
    };
    let period = period.ok_or_else(|| off_period(text, stat_type, bounds.ends))?;
    let start = period.start;
    if start > bounds.now + bounds.future_skew_seconds {
        return Err(Problem::new("statDate", ProblemCode::EntryStatDateFuture, text).hint(
            format!("现在是 {now}，核对终端时钟", now = date_time(bounds.now)),
            format!("it is {now} now; check the terminal's clock", now = date_time(bounds.now)),
        ));
    }
    let retired = bounds.retired_before.get(usize::from(stat_type.code()));
    if let Some(before) = retired.filter(|before| start < **before) {
        let first = date_time(*before).date();
        return Err(Problem::new("statDate", ProblemCode::EntryStatDateRetired, text).hint(
            format!("更早的原始读数已超过保存期限，最早接收 {first} 的"),
            format!(
                "earlier readings are past their retention; {first} is the first day that is taken"
            ),
        ));
    }
    Ok(period)
}

fn off_period(text: &str, stat_type: StatType, ends: Option<i64>) -> Problem {
    let (zh, en) = match ends {
        None => ("日、月、年数据应取统计期起点", "send the first moment of the day, month or year"),
        Some(_) if stat_type == StatType::RealTime => (
            "实时数据按终点填写时须说明间隔，如 15m、1h",
            "ends of real-time intervals need the interval's length: 15m, 1h",
        ),
        Some(_) => (
            "已声明时间为统计期终点，此值不是日、月、年的终点",
            "stamps were declared as ends; this is no end of a day, month or year",
        ),
    };
    Problem::new("statDate", ProblemCode::EntryStatDateNotPeriodStart, text).hint(zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Leniency;
    use jiff::civil::Date;

    fn check(text: &str, stat_type: StatType, expected: Result<&str, ProblemCode>) {
        let bounds = Bounds {
            now: seconds(Date::constant(2026, 1, 1).at(0, 0, 0, 0)),
            future_skew_seconds: 600,
            value_abs_max: 1e12,
            max_entries: 10,
            ends: None,
            rejected_limits: crate::rejected_entries::RejectedLimits::USUAL,
            retired_before: [seconds(Date::constant(2020, 1, 1).at(0, 0, 0, 0)), i64::MIN],
            leniency: Leniency::USUAL,
        };
        let found = read(text, stat_type, &bounds)
            .map(|it| date_time(it).strftime("%Y-%m-%d %H:%M:%S").to_string());
        assert_eq!(found.map_err(|it| it.code), expected.map(str::to_owned), "{text}");
    }

    proptest::proptest! {
        #[test]
        fn days_are_counted_as_the_calendar_does(day in -700_000..2_900_000i32) {
            let date = Date::constant(1970, 1, 1).checked_add(jiff::Span::new().days(day));
            if let Ok(date) = date {
                proptest::prop_assert_eq!(day_number(date), day);
                proptest::prop_assert_eq!((date - Date::constant(1970, 1, 1)).get_days(), day);
            }
        }
    }

    #[test]
    fn starts_are_read_and_snapped() {
        check("2024-02-29 13:15:00", StatType::RealTime, Ok("2024-02-29 13:15:00"));
        check("2024-02-29T13:15", StatType::RealTime, Ok("2024-02-29 13:15:00"));
        check("2024/3/1", StatType::Day, Ok("2024-03-01 00:00:00"));
        check("2024-02-29 23:59:30", StatType::Day, Ok("2024-02-29 00:00:00"));
        check("2024-03-02 00:00:00", StatType::Month, Ok("2024-03-01 00:00:00"));
        check("2024-03-31", StatType::Month, Ok("2024-03-01 00:00:00"));
        check("2024-12-31 00:00:00", StatType::Year, Ok("2024-01-01 00:00:00"));
    }

    #[test]
    fn what_is_no_start_is_refused() {
        check("2024-02-30 00:00:00", StatType::Day, Err(ProblemCode::EntryStatDateMalformed));
        check("2024-02-28 12:00:00", StatType::Day, Err(ProblemCode::EntryStatDateNotPeriodStart));
        check(
            "2024-02-15 00:00:00",
            StatType::Month,
            Err(ProblemCode::EntryStatDateNotPeriodStart),
        );
        check("2026-01-01 00:11:00", StatType::RealTime, Err(ProblemCode::EntryStatDateFuture));
        check("2019-12-31 23:45:00", StatType::RealTime, Err(ProblemCode::EntryStatDateRetired));
        check("2019-12-31 00:00:00", StatType::Day, Ok("2019-12-31 00:00:00"));
        check("1989-12-30 00:00:00", StatType::RealTime, Err(ProblemCode::EntryStatDateTooOld));
    }
}
