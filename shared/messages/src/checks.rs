//! Checks of the texts, codes and coordinates that describe a unit. They are the same for terminals, files and industry
//! systems.

use nengce_shared::problem::ProblemCode;

use super::Problem;
use crate::KnownCodes;

/// The number of characters that a text may have.
pub const MOST_CHARACTERS: usize = 200;

/// Whether a character is invisible, turns the writing direction or ends a line. With such characters a name can look
/// like another.
pub fn is_unseen(it: char) -> bool {
    it.is_control()
        || matches!(u32::from(it),
            0x00AD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F
            | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F
            | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB | 0xFFFE..=0xFFFF | 0x1BCA0..=0x1BCA3
            | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
}

/// The text with its invisible characters written out, such as `U+202E`.
pub fn seen(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    for it in text.chars() {
        if is_unseen(it) {
            all.push_str(&format!("U+{:04X}", u32::from(it)));
        } else {
            all.push(it);
        }
    }
    all
}

/// Checks that a text has at most 200 characters, all of them visible.
pub fn text(field: &'static str, text: &str) -> Result<(), Problem> {
    let length = text.chars().count();
    if length > MOST_CHARACTERS {
        return Err(Problem::new(field, ProblemCode::EntryTextTooLong, text).hint(
            format!("{length} 个字符，最多 {MOST_CHARACTERS} 个"),
            format!("{length} characters, at most {MOST_CHARACTERS}"),
        ));
    }
    unseen(field, text)
}

/// Checks that a text has no control, bidirectional or zero-width character.
pub fn unseen(field: &'static str, text: &str) -> Result<(), Problem> {
    if text.chars().any(is_unseen) {
        return Err(Problem::new(field, ProblemCode::EntryTextUnseen, text).hint(
            "去掉控制字符、双向排版字符和零宽字符",
            "leave out control, bidirectional and zero-width characters",
        ));
    }
    Ok(())
}

/// Checks that a code has the six digits of a known division of GB/T 2260.
pub fn region(
    dictionaries: &impl KnownCodes,
    field: &'static str,
    code: &str,
) -> Result<(), Problem> {
    if dictionaries.knows_region(code) {
        return Ok(());
    }
    Err(Problem::new(field, ProblemCode::EntryRegionInvalid, code)
        .hint("应为 GB/T 2260 的 6 位行政区划代码", "it must be a code of GB/T 2260, six digits"))
}

/// Checks that a code has the letter and two to four digits of a known industry of GB/T 4754.
pub fn industry(
    dictionaries: &impl KnownCodes,
    field: &'static str,
    code: &str,
) -> Result<(), Problem> {
    if dictionaries.knows_industry(code) {
        return Ok(());
    }
    Err(Problem::new(field, ProblemCode::EntryIndustryInvalid, code).hint(
        "应为 GB/T 4754 的门类字母加 2 至 4 位数字，例如 C3110",
        "it must be a letter and two to four digits of GB/T 4754, such as C3110",
    ))
}

/// Reads degrees from `-most` to `most`.
pub fn degrees(field: &'static str, found: &str, most: f64) -> Result<f64, Problem> {
    match found.parse::<f64>() {
        Ok(it) if it.abs() <= most => Ok(it),
        _ => Err(Problem::new(field, ProblemCode::EntryCoordinateInvalid, found).hint(
            format!("应为 −{most} 至 {most} 的十进制度数"),
            format!("it must be decimal degrees from −{most} to {most}"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_refused_and_written_out() {
        for bad in [
            "天津\u{202e}钢铁",
            "天津\u{200b}钢铁",
            "天津\u{2066}钢铁",
            "a\u{0}b",
            "a\nb",
            "a\u{7f}b",
            "a\u{85}b",
            "\u{feff}a",
            "a\u{ad}b",
            "\u{3164}",
            "a\u{e0041}",
            "a\u{2028}b",
            "a\u{fe0f}",
        ] {
            let problem = text("name", bad).unwrap_err();
            assert_eq!(problem.code, ProblemCode::EntryTextUnseen, "{bad:?}");
            assert!(!seen(bad).chars().any(is_unseen), "{bad:?}");
        }
        for good in ["天津钢铁（集团）有限公司", "A&B Heat No.2", "𠮷野家", "café", ""]
        {
            assert!(text("name", good).is_ok(), "{good}");
            assert_eq!(seen(good), good);
        }
        assert!(text("name", &"钢".repeat(200)).is_ok());
        assert_eq!(
            text("name", &"钢".repeat(201)).unwrap_err().code,
            ProblemCode::EntryTextTooLong
        );
    }

    #[test]
    fn degrees_are_finite_and_in_range() {
        assert_eq!(degrees("longitude", "117.2", 180.0).ok(), Some(117.2));
        for bad in ["181", "-180.1", "NaN", "inf", "东经117度", ""] {
            assert!(degrees("longitude", bad, 180.0).is_err(), "{bad}");
        }
    }
}
