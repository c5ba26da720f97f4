//! Numbers of a cell: `1,234.5`, full-width digits, U+2212, `3.1%`, `-` and `—` for none.

/// A number as it was written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// A percentage is its fraction: 3.1% is 0.031.
    pub value: f64,
    /// Whether it was written with a percent sign.
    pub percent: bool,
}

/// The reason why a cell holds no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberProblem {
    /// The text is no number in any known form.
    Unreadable,
    /// `1,5` and `1,234` are ambiguous where a comma may be decimal.
    CommaAmbiguous,
}

/// Reads a cell; `None`: it says that there is no value.
///
/// ```
/// use nengce_shared::cell::number;
/// assert_eq!(number("１,２３４.5").unwrap().map(|it| it.value), Some(1234.5));
/// assert_eq!(number("—").unwrap(), None);
/// ```
///
/// # Errors
/// A text that is no number, or that could be two.
pub fn number(text: &str) -> Result<Option<Number>, NumberProblem> {
    number_in(text, false)
}

/// As `number`, for a file that separates its columns by something else than commas, where a comma may be decimal.
pub fn number_in(text: &str, comma_may_be_decimal: bool) -> Result<Option<Number>, NumberProblem> {
    let text = text.trim();
    // The usual case needs no copy.
    if let Some(value) = plain(text) {
        return Ok(Some(Number { value, percent: false }));
    }
    if matches!(text, "" | "-" | "—" | "–" | "－" | "−" | "--" | "——" | "－－" | "/" | "／")
    {
        return Ok(None);
    }
    let half: String = text.chars().filter_map(half).collect();
    let half = half.trim().trim_start_matches('\'');
    let (half, percent) = match half.strip_suffix('%') {
        Some(rest) => (rest.trim_end(), true),
        None => (half, false),
    };
    let value = match plain(half) {
        Some(it) => it,
        None => grouped(half, comma_may_be_decimal)?,
    };
    let value = if percent { value / 100.0 } else { value };
    Ok(Some(Number { value, percent }))
}

fn plain(text: &str) -> Option<f64> {
    let value: f64 = text.parse().ok()?;
    // The caller reports words such as `inf` as not finite.
    Some(value)
}

/// The half-width form; blanks that group digits become plain blanks.
fn half(it: char) -> Option<char> {
    Some(match it {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(it) - 0xfee0)?,
        '−' | '﹣' | '‐' | '‑' => '-',
        '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{3000}' => ' ',
        '’' | '‘' => '\'',
        '\u{feff}' | '\u{200b}' => return None,
        it => it,
    })
}

/// Reads a number with groups of three digits, separated by one kind of commas, blanks or apostrophes.
fn grouped(text: &str, comma_may_be_decimal: bool) -> Result<f64, NumberProblem> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest.trim_start()),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let all_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    // In `1.234,5` and `1 234,5` a single comma after groups can only be decimal, unless three digits follow it.
    if let Some((whole, fraction)) = digits.split_once(',')
        && whole.contains(['.', ' ', '\''])
        && all_digits(fraction)
    {
        return match in_groups(whole, ['.', ' ', '\'']) {
            Some(_) if fraction.len() == 3 => Err(NumberProblem::CommaAmbiguous),
            Some(whole) => {
                plain(&format!("{sign}{whole}.{fraction}")).ok_or(NumberProblem::Unreadable)
            }
            None => Err(NumberProblem::Unreadable),
        };
    }
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    if fraction.is_some_and(|it| !it.is_empty() && !all_digits(it)) {
        return Err(NumberProblem::Unreadable);
    }
    let joined = in_groups(whole, [',', ' ', '\'']);
    let lone_comma = whole.split_once(',').filter(|it| all_digits(it.0) && all_digits(it.1));
    if let Some((first, _)) = lone_comma.filter(|_| fraction.is_none())
        && (joined.is_none() || comma_may_be_decimal || first == "0")
    {
        return Err(NumberProblem::CommaAmbiguous);
    }
    if let Some(whole) = joined {
        let joined = format!("{sign}{whole}.{}", fraction.unwrap_or("0"));
        return plain(&joined).ok_or(NumberProblem::Unreadable);
    }
    match plain(&format!("{sign}{digits}")) {
        Some(value) if all_digits(&digits[..digits.len().min(1)]) => Ok(value),
        _ => Err(NumberProblem::Unreadable),
    }
}

/// The digits of a whole number in groups of three, separated by one of these signs.
fn in_groups(whole: &str, separators: [char; 3]) -> Option<String> {
    let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    separators.into_iter().find_map(|separator| {
        let groups: Vec<&str> = whole.split(separator).collect();
        let in_threes = (1..=3).contains(&groups[0].len())
            && groups[1..].iter().all(|it| it.len() == 3)
            && groups.iter().all(|it| digits(it));
        (groups.len() > 1 && in_threes).then(|| groups.concat())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<f64> {
        number(text).unwrap_or_else(|it| panic!("{text}: {it:?}")).map(|it| it.value)
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, expected) in [
            ("1234.5", 1234.5),
            ("1,234.5", 1234.5),
            ("12,345,678", 12_345_678.0),
            ("1,234", 1234.0),
            ("1 234.5", 1234.5),
            ("1\u{a0}234", 1234.0),
            ("１２３．５", 123.5),
            ("１，２３４．５", 1234.5),
            ("\u{2212}5", -5.0),
            ("－5.5", -5.5),
            ("−1,234.5", -1234.5),
            ("+7", 7.0),
            ("1e3", 1000.0),
            (".5", 0.5),
            ("'12", 12.0),
            ("1’234.5", 1234.5),
            ("1.234,5", 1234.5),
            ("-1.234.567,25", -1_234_567.25),
            ("1 234,5", 1234.5),
            ("1\u{202f}234,56", 1234.56),
        ] {
            assert_eq!(value(text), Some(expected), "{text}");
        }
        let percent = number("3.1%").ok().flatten().map(|it| (it.value, it.percent));
        assert_eq!(percent, Some((3.1 / 100.0, true)));
        assert_eq!(value("３％"), Some(0.03));
    }

    #[test]
    fn a_dash_is_no_value_and_anything_else_is_told() {
        for text in ["", " ", "-", "—", "–", "——", "--", "/"] {
            assert_eq!(value(text), None, "{text}");
        }
        for text in [
            "null",
            "n/a",
            "停表",
            "12 kWh",
            "1.2.3",
            "1,23,4.5",
            "12a",
            "1-2",
            "5-",
            "一二",
            "(12.3)",
            "±3",
            "3‰",
            "1/2",
            "0x10",
            "1_000",
            "12,34,567",
            "1.23,4",
            "1 23,4",
            "#N/A",
        ] {
            assert_eq!(number(text), Err(NumberProblem::Unreadable), "{text}");
        }
        for text in ["1,5", "0,123", "12,34", "1.234,567", "1 234,567"] {
            assert_eq!(number(text), Err(NumberProblem::CommaAmbiguous), "{text}");
        }
        assert_eq!(number_in("1,234", true), Err(NumberProblem::CommaAmbiguous));
    }
}
