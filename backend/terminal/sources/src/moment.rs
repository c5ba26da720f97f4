//! Times as systems write them, turned to seconds of the plant's wall clock.
use jiff::Timestamp;
use jiff::civil::DateTime;
use serde_json::Value;

/// Above this, a number of an epoch counts milliseconds.
const MILLISECONDS_FROM: f64 = 1e11;

/// Of a number since 1970 in UTC (seconds or milliseconds) or a text.
pub(crate) fn of_json(value: &Value, utc_offset_minutes: i32) -> Option<i64> {
    match value {
        Value::Number(number) => {
            let number = number.as_f64()?;
            let seconds = if number.abs() > MILLISECONDS_FROM { number / 1000.0 } else { number };
            Some(seconds.floor() as i64 + i64::from(utc_offset_minutes) * 60)
        }
        Value::String(text) => of_text(text, utc_offset_minutes),
        _ => None,
    }
}

/// With an offset: that moment on the plant's clock. Without: what the clock showed, as `2026-1-5 8:00`.
pub(crate) fn of_text(text: &str, utc_offset_minutes: i32) -> Option<i64> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment.as_second() + i64::from(utc_offset_minutes) * 60);
    }
    let mut numbers = Vec::new();
    for word in text.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty()) {
        numbers.push(word.parse::<i32>().ok()?);
    }
    // A fraction of a second, and nothing after it.
    let [year, month, day, rest @ ..] = numbers.as_slice() else { return None };
    let part = |index: usize| i8::try_from(rest.get(index).copied().unwrap_or(0)).ok();
    let moment = DateTime::new(
        i16::try_from(*year).ok()?,
        i8::try_from(*month).ok()?,
        i8::try_from(*day).ok()?,
        part(0)?,
        part(1)?,
        part(2)?,
        0,
    );
    Some(of_clock(moment.ok()?))
}

/// Seconds of the wall clock.
pub(crate) fn of_clock(moment: DateTime) -> i64 {
    let day =
        i64::from(moment.date().duration_since(jiff::civil::date(1970, 1, 1)).as_hours() as i32);
    day * 3600
        + i64::from(moment.hour()) * 3600
        + i64::from(moment.minute()) * 60
        + i64::from(moment.second())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{of_json, of_text};

    #[test]
    fn one_moment_in_many_ways() {
        // 2026-01-05 08:00:00 on a clock of China.
        let expected = Some(1_767_600_000);
        for text in [
            "2026-01-05 08:00:00",
            "2026/1/5 8:00",
            "2026-01-05T00:00:00Z",
            "2026-01-05T08:00:00+08:00",
            "2026-01-05T08:00:00.250",
            "2026年1月5日 8时",
        ] {
            assert_eq!(of_text(text, 480), expected, "{text}");
        }
        assert_eq!(of_json(&json!(1_767_571_200), 480), expected);
        assert_eq!(of_json(&json!(1_767_571_200_999_i64), 480), expected);
    }

    #[test]
    fn no_moments() {
        for text in ["", "today", "2026-13-01", "2026-02-30 1:00", "2026-01", "99999999999-1-1"] {
            assert_eq!(of_text(text, 480), None, "{text}");
        }
        assert_eq!(of_json(&json!(null), 480), None);
    }
}
