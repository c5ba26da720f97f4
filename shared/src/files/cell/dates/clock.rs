//! Reads the time of day in a cell: with colons or 时分秒, with AM, PM, 上午 or 下午.

use super::{DateProblem, number};

/// Seconds from midnight; `24:00` is the end of the day.
pub(super) fn clock(text: &str) -> Result<i64, DateProblem> {
    let unreadable = DateProblem::Unreadable;
    let lower = text.to_lowercase();
    let (half, text) = half_of_day(lower.trim());
    if text.contains(':') && (text.ends_with('z') || text.contains(['+', '-'])) {
        return Err(DateProblem::Zone);
    }
    let plain = text.replace(['时', '点', '分'], ":").replace('秒', "");
    let plain = plain.trim().trim_end_matches(':');
    let (plain, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    if !fraction.bytes().all(|it| it.is_ascii_digit()) {
        return Err(unreadable);
    }
    if fraction.bytes().any(|it| it != b'0') {
        return Err(DateProblem::Fraction);
    }
    let parts: Vec<i64> = plain
        .split(':')
        .map(|it| number(it.trim()).filter(|_| it.trim().len() <= 2).map(i64::from))
        .collect::<Option<_>>()
        .ok_or(unreadable)?;
    let (hour, minute, second) = match parts[..] {
        [hour] if text.contains(['时', '点']) || half.is_some() => (hour, 0, 0),
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second),
        _ => return Err(unreadable),
    };
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return Err(unreadable),
        Some(false) => hour % 12,
        Some(true) => hour % 12 + 12,
    };
    let good = (0..24).contains(&hour) && (0..60).contains(&minute) && (0..60).contains(&second);
    if !good && (hour, minute, second) != (24, 0, 0) {
        return Err(unreadable);
    }
    Ok(hour * 3_600 + minute * 60 + second)
}

/// Morning (false) or afternoon (true), and the time without the word.
fn half_of_day(text: &str) -> (Option<bool>, &str) {
    for (word, late) in [("am", false), ("pm", true)] {
        if let Some(rest) = text.strip_suffix(word) {
            return (Some(late), rest.trim());
        }
    }
    for (word, late) in [("上午", false), ("下午", true)] {
        if let Some(rest) = text.strip_prefix(word) {
            return (Some(late), rest.trim());
        }
    }
    (None, text)
}
