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

/// The text with an apostrophe before it where it would be a formula; numbers stay unchanged.
pub fn guarded(text: &str) -> Cow<'_, str> {
    let signed = text.starts_with('-') && text.parse::<f64>().is_ok();
    match begins_formula(text) && !signed {
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
            "－1",
            "\t=1",
            "\u{3000}＝1",
            " =1",
        ] {
            let out = guarded(text);
            assert_eq!(out, format!("'{text}"), "{text}");
            assert_eq!(unguarded(&out), text);
        }
        for text in ["-5", "-1e3", "5", "甲厂", "'quoted'", "", "a=b"] {
            assert_eq!(guarded(text), text);
            assert_eq!(unguarded(text), text);
        }
    }
}
