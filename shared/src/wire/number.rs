//! The only place that turns figures into text, for the screen and for files.

use crate::wire::lang::Lang;
use crate::wire::rounding::rounded;

/// The sign of negative figures on screen.
pub const MINUS: char = '\u{2212}';

/// The sign for a missing figure, which is never written as 0.
pub const MISSING: &str = "—";

/// Thousands commas, fixed decimals, U+2212; a figure that is not finite is missing.
pub fn grouped(value: f64, decimals: usize) -> String {
    match rounded(value, 0, decimals) {
        Some(it) => format!("{}{}", if it.negative { "\u{2212}" } else { "" }, it.text(true)),
        None => MISSING.to_owned(),
    }
}

/// As [`grouped`], with the missing sign for `None`.
pub fn grouped_or_missing(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(|| MISSING.to_owned(), |it| grouped(it, decimals))
}

/// For files and machines: no commas, ASCII minus, empty when not finite.
pub fn plain(value: f64, decimals: usize) -> String {
    match rounded(value, 0, decimals) {
        Some(it) => format!("{}{}", if it.negative { "-" } else { "" }, it.text(false)),
        None => String::new(),
    }
}

/// A parameter of a rule without needless decimals: `90`, `0.42`.
pub fn parameter(value: f64) -> String {
    let text = plain(value, 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A threshold given as a fraction, without needless decimals: `90%`, `1.5%`.
pub fn threshold(fraction: f64) -> String {
    parameter(fraction * 100.0) + "%"
}

/// Significant digits that figures are compared by.
const COMPARED_DIGITS: i32 = 10;

/// The decimal figure of ten significant digits that a computed one stands for, halves away from zero. Figures are
/// ranked and held against limits as such: what was sent with up to ten digits stays as it was sent, nothing is rounded
/// to fewer, and sums that differ in their binary form alone are equal.
pub fn decimal(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        // Minus zero is zero.
        return value + 0.0;
    }
    let exponent = value.abs().log10().floor() as i32;
    let places = COMPARED_DIGITS - 1 - exponent;
    // Powers of ten up to 22 are exact, so that one division rounds as the decimal text does.
    match places {
        0..=22 => (value * 10f64.powi(places)).round() / 10f64.powi(places),
        -22..0 => (value / 10f64.powi(-places)).round() * 10f64.powi(-places),
        _ => value,
    }
}

/// The fewest decimals, at least `least`, that tell a figure from a level it is not equal to.
pub fn decimals_apart(value: f64, level: f64, least: usize) -> usize {
    let apart = |it: &usize| value == level || plain(value, *it) != plain(level, *it);
    (least..=9).find(apart).unwrap_or(least)
}

/// Always signed: `+2.3`, `−2.7`, and `0.0` without a sign when it rounds to zero.
pub fn signed(value: f64, decimals: usize) -> String {
    signed_shifted(value, 0, decimals)
}

/// A change given as a fraction: `+2.3%`, `−2.7%`, `0.0%`.
pub fn signed_percent(fraction: Option<f64>) -> String {
    match fraction.filter(|it| it.is_finite()) {
        Some(it) => signed_shifted(it, 2, 1) + "%",
        None => MISSING.to_owned(),
    }
}

/// A share given as a fraction, one decimal: `12.3%`.
pub fn percent(fraction: Option<f64>) -> String {
    match fraction.and_then(|it| rounded(it, 2, 1)) {
        Some(it) => format!("{}{}%", if it.negative { "\u{2212}" } else { "" }, it.text(true)),
        None => MISSING.to_owned(),
    }
}

/// A difference between two percentages given as a fraction: `+1.2 百分点`, `−0.4 pp`.
pub fn percentage_points(difference: Option<f64>, lang: Lang) -> String {
    match difference.filter(|it| it.is_finite()) {
        Some(it) => format!("{} {}", signed_shifted(it, 2, 1), lang.pick("百分点", "pp")),
        None => MISSING.to_owned(),
    }
}

/// Completeness given as a fraction: `97.1%`; `100%` only when exact, else at most `99.9%`.
pub fn completeness(fraction: Option<f64>) -> String {
    match fraction {
        Some(it) if it >= 1.0 => "100%".to_owned(),
        Some(it) if it >= 0.9995 => "99.9%".to_owned(),
        other => percent(other),
    }
}

/// A city's or district's tce as 10^4 tce, one decimal, without the unit.
pub fn ten_thousand_tce(tce: Option<f64>) -> String {
    match tce.and_then(|it| rounded(it, -4, 1)) {
        Some(it) => format!("{}{}", if it.negative { "\u{2212}" } else { "" }, it.text(true)),
        None => MISSING.to_owned(),
    }
}

/// A unit's tce: no decimals, two below 10, without the unit.
pub fn unit_tce(tce: Option<f64>) -> String {
    grouped_or_missing(tce, if tce.is_some_and(|it| it.abs() < 10.0) { 2 } else { 0 })
}

/// Energy per value added (tce per 10^4 yuan): two decimals, three below 1.
pub fn intensity(value: Option<f64>) -> String {
    grouped_or_missing(value, if value.is_some_and(|it| it.abs() < 1.0) { 3 } else { 2 })
}

/// Unit product consumption (kgce/t and the like): one decimal, negative legal.
pub fn unit_product(value: Option<f64>) -> String {
    grouped_or_missing(value, 1)
}

fn signed_shifted(value: f64, shift: i32, decimals: usize) -> String {
    match rounded(value, shift, decimals) {
        Some(it) => {
            let sign = match (it.is_zero(), it.negative) {
                (true, _) => "",
                (false, true) => "\u{2212}",
                (false, false) => "+",
            };
            format!("{sign}{}", it.text(true))
        }
        None => MISSING.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn grouped_figures() {
        for (value, decimals, text) in [
            (0.0, 0, "0"),
            (-0.0, 1, "0.0"),
            (999.0, 0, "999"),
            (1000.0, 0, "1,000"),
            (1234567.891, 1, "1,234,567.9"),
            (-1234.5, 0, "−1,235"),
            (-0.04, 1, "0.0"),
            (959_636.71, 2, "959,636.71"),
            (0.05, 3, "0.050"),
            (1e21, 0, "1,000,000,000,000,000,000,000"),
            (f64::NAN, 1, "—"),
            (f64::INFINITY, 1, "—"),
        ] {
            assert_eq!(grouped(value, decimals), text);
        }
        assert_eq!(grouped_or_missing(None, 1), "—");
    }

    #[test]
    fn halves_go_away_from_zero_as_read() {
        for (value, decimals, text) in [
            (0.125, 2, "0.13"),
            (2.675, 2, "2.68"),
            (1.005, 2, "1.01"),
            (0.5, 0, "1"),
            (1.5, 0, "2"),
            (2.5, 0, "3"),
            (-2.5, 0, "-3"),
            (9.995, 2, "10.00"),
            (0.0499, 1, "0.0"),
            (-0.05, 1, "-0.1"),
            (117.939351659, 2, "117.94"),
        ] {
            assert_eq!(plain(value, decimals), text);
        }
        assert_eq!(plain(f64::NAN, 2), "");
    }

    #[test]
    fn a_figure_is_compared_as_the_decimal_it_stands_for() {
        for value in [66.5, 117.0, 0.1229, -30.0, 1e12, 3.123456789e-7] {
            assert_eq!(decimal(value), value);
        }
        assert_eq!(decimal(0.1 + 0.2), 0.3);
        assert_eq!(decimal(117.0 * 1098.0 / 29.3076 * 29.3076 / 1098.0), 117.0);
        assert_eq!(decimal(1.005 * 3.0 / 3.0), 1.005);
        assert_eq!(decimal(1.000_000_000_5), 1.000_000_001);
        assert_eq!(decimal(-1.000_000_000_5), -1.000_000_001);
        assert_eq!(decimal(-0.0).to_bits(), 0);
        assert!(decimal(117.04) > 117.0 && decimal(f64::NAN).is_nan());
        assert_eq!(decimals_apart(117.04, 117.0, 1), 2);
        assert_eq!(decimals_apart(118.0, 117.0, 1), 1);
    }

    #[test]
    fn changes_are_always_signed() {
        for (value, text) in [
            (0.023, "+2.3%"),
            (-0.027, "−2.7%"),
            (0.0, "0.0%"),
            (-0.0004, "0.0%"),
            (0.2835, "+28.4%"),
            (12.0, "+1,200.0%"),
        ] {
            assert_eq!(signed_percent(Some(value)), text);
        }
        assert_eq!(signed_percent(None), "—");
        assert_eq!(signed(-3.25, 1), "−3.3");
        assert_eq!(percentage_points(Some(0.012), Lang::Zh), "+1.2 百分点");
        assert_eq!(percentage_points(Some(-0.004), Lang::En), "−0.4 pp");
        assert_eq!(percent(Some(0.1234)), "12.3%");
        assert_eq!(percent(Some(-0.1234)), "−12.3%");
    }

    #[test]
    fn completeness_is_full_only_when_exact() {
        for (value, text) in [
            (1.0, "100%"),
            (0.9999, "99.9%"),
            (0.9995, "99.9%"),
            (0.9994, "99.9%"),
            (0.9712, "97.1%"),
            (0.0, "0.0%"),
        ] {
            assert_eq!(completeness(Some(value)), text);
        }
        assert_eq!(completeness(None), "—");
    }

    #[test]
    fn energies_take_their_forms() {
        assert_eq!(ten_thousand_tce(Some(52_345_678.0)), "5,234.6");
        assert_eq!(ten_thousand_tce(Some(-4_999.0)), "−0.5");
        assert_eq!(ten_thousand_tce(Some(499.0)), "0.0");
        assert_eq!(unit_tce(Some(1234.5)), "1,235");
        assert_eq!(unit_tce(Some(9.876)), "9.88");
        assert_eq!(unit_tce(None), "—");
        assert_eq!(intensity(Some(0.4567)), "0.457");
        assert_eq!(intensity(Some(1.4567)), "1.46");
        assert_eq!(unit_product(Some(-28.44)), "−28.4");
    }

    proptest! {
        #[test]
        fn text_reads_back_within_half_a_step(value in -1e12..1e12f64, decimals in 0usize..6) {
            let back: f64 = plain(value, decimals).parse().unwrap();
            let step = 10f64.powi(-(decimals as i32));
            prop_assert!((back - value).abs() <= step * 0.5 + value.abs() * 1e-12);
            let shown = grouped(value, decimals).replace(',', "").replace(MINUS, "-");
            prop_assert_eq!(shown, plain(value, decimals));
        }

        #[test]
        fn decimals_as_sent_stay(digits in -9_999_999_999i64..10_000_000_000, places in 0u32..9, output in 1u32..1_000_000) {
            let sent: f64 = format!("{digits}e-{places}").parse().unwrap();
            prop_assert_eq!(decimal(sent), sent);
            let around = sent * f64::from(output) / 29.3076 * 29.3076 / f64::from(output);
            prop_assert_eq!(decimal(around), sent);
        }

        #[test]
        fn any_double_is_answered(bits: u64, decimals in 0usize..6) {
            let value = f64::from_bits(bits);
            prop_assert_eq!(grouped(value, decimals) == MISSING, !value.is_finite());
            prop_assert!(!signed(value, decimals).is_empty());
        }
    }
}
