//! Reads the text of a stamp as local wall time, to its last character, or rejects it with the reason. The city's own
//! offset behind a time (`+08:00`, `+0800`, `+08`) adds nothing and is accepted. Every other offset is rejected, `Z` too:
//! clients write it behind local times as often as behind universal times, so that moving the value by eight hours
//! would be a guess.

use jiff::civil::{Date, DateTime};

/// The reason why a text is no wall time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WallTimeError {
    /// The text has another form.
    Form,
    /// The time has a fraction of a second other than zero.
    Fraction,
    /// The time is written with AM, PM, 上午 or 下午.
    HalfDay,
    /// The time has the offset of another zone, or `Z`.
    Offset,
    /// There are characters behind the time.
    Behind,
}

impl WallTimeError {
    /// How to correct it, in Chinese and English.
    pub fn hint(self) -> (&'static str, &'static str) {
        match self {
            Self::Form => ("格式应为 YYYY-MM-DD HH:MM:SS", "write it as YYYY-MM-DD HH:MM:SS"),
            Self::Fraction => {
                ("秒的小数部分应为零或不写", "fractions of a second must be zero or left out")
            }
            Self::HalfDay => (
                "请用 24 小时制，不写 AM、PM、上午、下午",
                "use the 24-hour clock without AM or PM",
            ),
            Self::Offset => (
                "请发送本地时间：Z 和其他时区的偏移不接收",
                "send local time: Z and offsets of other zones are not taken",
            ),
            Self::Behind => (
                "时间之后有多余字符，格式应为 YYYY-MM-DD HH:MM:SS",
                "something stands behind the time; write it as YYYY-MM-DD HH:MM:SS",
            ),
        }
    }
}

/// Reads exactly `YYYY-MM-DD HH:MM:SS`, as nearly every terminal writes it.
pub fn usual(text: &str) -> Option<DateTime> {
    let it: &[u8; 19] = text.as_bytes().try_into().ok()?;
    if [it[4], it[7], it[10], it[13], it[16]] != *b"-- ::" {
        return None;
    }
    let two = |at: usize| {
        let (tens, ones) = (it[at].wrapping_sub(b'0'), it[at + 1].wrapping_sub(b'0'));
        (tens <= 9 && ones <= 9).then(|| (tens * 10 + ones) as i8)
    };
    let year = i16::from(two(0)?) * 100 + i16::from(two(2)?);
    let date = Date::new(year, two(5)?, two(8)?).ok()?;
    let (hour, minute, second) = (two(11)?, two(14)?, two(17)?);
    (hour <= 23 && minute <= 59 && second <= 59).then(|| date.at(hour, minute, second, 0))
}

/// Reads a time as [`usual`] does, and also with `T` or `/`, without leading zeros, seconds or time, with a fraction of
/// zero, and with the city's offset in minutes where it has one.
///
/// # Errors
/// The text is no local wall time; the error says how to correct it.
pub fn parse(text: &str, offset_minutes: Option<i16>) -> Result<DateTime, WallTimeError> {
    let text = text.trim();
    let mut rest = Rest(text);
    let year = rest.number(4, 4)?;
    let separator = match rest.0.as_bytes().first() {
        Some(it @ (b'-' | b'/')) => *it,
        _ => return Err(WallTimeError::Form),
    };
    rest.expect(separator)?;
    let month = rest.number(1, 2)?;
    rest.expect(separator)?;
    let day = rest.number(1, 2)?;
    let date = Date::new(year, month as i8, day as i8).map_err(|_| WallTimeError::Form)?;
    if rest.0.is_empty() {
        return Ok(date.at(0, 0, 0, 0));
    }
    if !rest.skip(b'T') && !rest.skip(b' ') {
        return Err(rest.behind(offset_minutes));
    }
    rest.0 = rest.0.trim_start();
    if half_day(rest.0) {
        return Err(WallTimeError::HalfDay);
    }
    let hour = rest.number(1, 2)?;
    rest.expect(b':')?;
    let minute = rest.number(1, 2)?;
    let second = if rest.skip(b':') { rest.number(1, 2)? } else { 0 };
    let fraction = (rest.skip(b'.') || rest.skip(b',')) && rest.fraction()?;
    if hour > 23 || minute > 59 || second > 59 {
        return Err(WallTimeError::Form);
    }
    if !rest.0.is_empty() {
        rest.offset(offset_minutes)?;
    }
    if fraction {
        return Err(WallTimeError::Fraction);
    }
    Ok(date.at(hour as i8, minute as i8, second as i8, 0))
}

/// The part of the text that has not been read yet.
struct Rest<'a>(&'a str);

impl Rest<'_> {
    fn skip(&mut self, byte: u8) -> bool {
        let found = self.0.as_bytes().first() == Some(&byte);
        self.0 = &self.0[usize::from(found)..];
        found
    }

    fn expect(&mut self, byte: u8) -> Result<(), WallTimeError> {
        if self.skip(byte) { Ok(()) } else { Err(WallTimeError::Form) }
    }

    fn number(&mut self, least: usize, most: usize) -> Result<i16, WallTimeError> {
        let digits = self.digits();
        if !(least..=most).contains(&digits.len()) {
            return Err(WallTimeError::Form);
        }
        digits.parse().map_err(|_| WallTimeError::Form)
    }

    fn digits(&mut self) -> &str {
        let length = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.0.split_at(length);
        self.0 = rest;
        digits
    }

    /// Whether the fraction is not zero.
    fn fraction(&mut self) -> Result<bool, WallTimeError> {
        let digits = self.digits();
        if digits.is_empty() {
            return Err(WallTimeError::Form);
        }
        Ok(digits.bytes().any(|it| it != b'0'))
    }

    /// Checks that the rest is the city's offset.
    fn offset(&self, own: Option<i16>) -> Result<(), WallTimeError> {
        match offset_of(self.0.trim_start()) {
            Some(it) if it.is_some() && it == own => Ok(()),
            Some(_) => Err(WallTimeError::Offset),
            None if half_day(self.0.trim_start()) => Err(WallTimeError::HalfDay),
            None => Err(WallTimeError::Behind),
        }
    }

    fn behind(&self, own: Option<i16>) -> WallTimeError {
        self.offset(own).err().unwrap_or(WallTimeError::Behind)
    }
}

fn half_day(text: &str) -> bool {
    let upper = text.to_uppercase();
    ["AM", "PM", "A.M", "P.M", "上午", "下午"].iter().any(|it| upper.starts_with(it))
}

/// The offset in minutes of `+08:00`, `+0800` or `+08`; `Some(None)` for `Z` and the like, which name no zone.
fn offset_of(text: &str) -> Option<Option<i16>> {
    if ["Z", "UTC", "GMT"].iter().any(|it| text.eq_ignore_ascii_case(it)) {
        return Some(None);
    }
    let (sign, rest) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let (hours, minutes) = match *rest.as_bytes() {
        [_, _] => (rest, "0"),
        [_, _, b':', _, _] => (&rest[..2], &rest[3..]),
        [_, _, _, _] => rest.split_at_checked(2)?,
        _ => return None,
    };
    let number = |it: &str| -> Option<i16> {
        let digits = it.bytes().all(|it| it.is_ascii_digit());
        digits.then(|| it.parse().ok())?
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours <= 14 && minutes <= 59).then_some(Some(sign * (hours * 60 + minutes)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CHINA: Option<i16> = Some(480);

    #[track_caller]
    fn check(text: &str, expected: Result<&str, WallTimeError>) {
        let found = parse(text, CHINA).map(|it| it.strftime("%Y-%m-%d %H:%M:%S").to_string());
        assert_eq!(found, expected.map(str::to_owned), "{text}");
    }

    #[test]
    fn clear_times_are_taken() {
        for text in [
            "2026-03-01 10:00:00",
            "2026-03-01T10:00:00",
            "2026/3/1 10:0:0",
            "2026-03-01 10:00",
            "2026-03-01T10:00:00+08:00",
            "2026-03-01T10:00:00+0800",
            "2026-03-01 10:00:00 +0800",
            "2026-03-01T10:00+08",
            "2026-03-01T10:00:00.000+08:00",
            "2026-03-01T10:00:00.0000000+08:00",
            "2026-03-01 10:00:00.0",
            "2026-03-01 10:00:00,000",
        ] {
            check(text, Ok("2026-03-01 10:00:00"));
        }
        check(" 2026-3-1 ", Ok("2026-03-01 00:00:00"));
    }

    #[test]
    fn what_stands_behind_is_never_ignored() {
        use WallTimeError::{Behind, Form, Fraction, HalfDay, Offset};
        for (text, why) in [
            ("2026-02-28T16:00:00.000Z", Offset),
            ("2026-02-28T16:00:00Z", Offset),
            ("2026-02-28T16:00:00.000+0000", Offset),
            ("2026-02-28T16:00:00-08:00", Offset),
            ("2026-02-28T16:00:00+08:30", Offset),
            ("2026-02-28 16:00:00 UTC", Offset),
            ("2026-02-28Z", Offset),
            ("2026-02-28+08:30", Offset),
            ("2026-03-01 10:00:00.5 PM", HalfDay),
            ("2026-03-01 10:00:00 PM", HalfDay),
            ("2026-03-01 10:00:00pm", HalfDay),
            ("2026-03-01 下午10:00:00", HalfDay),
            ("2026-03-01 10:00:00.5", Fraction),
            ("2026-03-01 10:00:00.001+08:00", Fraction),
            ("2026-03-01 10:00:00.", Form),
            ("2026-03-01 10:00:00 CST", Behind),
            ("2026-03-01 10:00:00;", Behind),
            ("2026-03-01 10:00:00 2026-03-02 10:00:00", Behind),
            ("2026-03-01T10:00:00+08:00[Asia/Shanghai]", Behind),
            ("2026-03-01日", Behind),
            ("2026-03-01+08:00x", Behind),
            ("2026-03-01T", Form),
            ("2026-03/01", Form),
            ("2026-03-01 10:00:", Form),
            ("2026-03-01 10", Form),
            ("2026-03-01 24:00:00", Form),
            ("2026-03-01 10:00:60", Form),
            ("026-03-01", Form),
            ("2026-003-01", Form),
            ("٢٠٢٦-03-01", Form),
        ] {
            check(text, Err(why));
        }
    }

    #[test]
    fn a_city_whose_offset_changes_takes_none() {
        let found = parse("2026-03-01T10:00:00+08:00", None);
        assert_eq!(found, Err(WallTimeError::Offset));
    }

    proptest! {
        #[test]
        fn the_usual_form_reads_as_any_other(text in "(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9][ T][0-2][0-9]:[0-6][0-9]:[0-6][0-9]") {
            let any = parse(&text, CHINA).ok();
            prop_assert!(usual(&text).is_none_or(|it| any == Some(it)));
            if text.contains(' ') {
                prop_assert_eq!(usual(&text), any);
            }
        }

        /// Whatever is added behind a time, the text is read as that time or rejected, never read as another time. Only
        /// the offset of the city, fractions of zero and white space are accepted.
        #[test]
        fn what_is_added_is_understood_or_refused(behind in "[ .,:+0-9A-Za-z年上下午\\-/]{1,12}") {
            let plain = parse("2026-03-01 10:00:00", CHINA).unwrap();
            let text = format!("2026-03-01 10:00:00{behind}");
            if let Ok(found) = parse(&text, CHINA) {
                prop_assert_eq!(found, plain);
                let rest = behind.trim();
                let rest = match rest.strip_prefix(['.', ',']) {
                    Some(it) => {
                        let after = it.trim_start_matches('0');
                        prop_assert!(after.len() < it.len(), "{}", text);
                        after
                    }
                    None => rest,
                };
                prop_assert!(["", "+08", "+0800", "+08:00"].contains(&rest.trim_start()), "{}", text);
            }
        }

        #[test]
        fn any_text_is_answered(text in ".{0,40}") {
            if let Ok(it) = parse(&text, CHINA) {
                prop_assert_eq!(it.subsec_nanosecond(), 0);
            }
        }
    }
}
