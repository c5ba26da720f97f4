//! Guards texts that a spreadsheet would take for a formula: marks them on export and removes the mark on import.

use std::borrow::Cow;

/// Whether a text begins with the sign of a formula, or with the wide form of one, which East Asian spreadsheets treat
/// alike.
fn begins_formula(text: &str) -> bool {
    let first = text.trim_start_matches([' ', '\u{3000}', '\u{a0}']).chars().next();
    first.is_some_and(|letter| {
        matches!(
            letter,
            '=' | '+'
                | '-'
                | '@'
                | '\t'
                | '\r'
                | '＝'
                | '＋'
                | '－'
                | '＠'
                | '﹦'
                | '﹢'
                | '﹣'
                | '﹫'
        )
    })
}

/// Whether a text is a decimal number without a sign. The library's own reader has a table of 10 KB, which every visitor
/// of the portal would download.
fn is_number(text: &str) -> bool {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    [whole, part, exponent].into_iter().all(digits)
}

/// The text with an apostrophe before it where it would be a formula; numbers stay unchanged.
pub fn guarded(text: &str) -> Cow<'_, str> {
    match begins_formula(text) && !text.strip_prefix('-').is_some_and(is_number) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// The text without that apostrophe.
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|it| begins_formula(it)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_of_every_width_are_guarded_and_come_back() {
        for text in [
            "=1+1",
            "＝1+1",
            "+cmd",
            "＋1",
            "@sum",
            "＠x",
            "-a",
            "-1+2",
            "-1.2.3",
            "-",
            "－1",
            "\t=1",
            "\u{3000}＝1",
            " =1",
        ] {
            let out = guarded(text);
            assert_eq!(out, format!("'{text}"), "{text}");
            assert_eq!(unguarded(&out), text);
        }
        for text in ["-5", "-0.5", "-1e3", "-1.5E-3", "5", "甲厂", "'quoted'", "", "a=b"] {
            assert_eq!(guarded(text), text);
            assert_eq!(unguarded(text), text);
        }
    }
}
