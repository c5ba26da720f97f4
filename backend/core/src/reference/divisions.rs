//! The administrative divisions of GB/T 2260 outside the city, with the development zones that statistics number
//! beside them. Codes and names as the MIT-licensed package `@vant/area-data` 2.1.0 has them (NOTICE); certainty: found.

use std::sync::LazyLock;

/// The codes and names, in the order of the codes.
static DIVISIONS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let lines = include_str!("../../data/divisions.csv").lines().skip(1);
    lines.filter_map(|it| it.split_once(',')).collect()
});

/// The Chinese name of the division with this code.
pub(super) fn name(code: &str) -> Option<&'static str> {
    let at = DIVISIONS.binary_search_by_key(&code, |it| it.0).ok()?;
    Some(DIVISIONS[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_found() {
        assert!(DIVISIONS.len() > 3_000);
        assert!(DIVISIONS.windows(2).all(|it| it[0].0 < it[1].0));
        assert!(
            DIVISIONS
                .iter()
                .all(|it| it.0.len() == 6 && it.0.bytes().all(|it| it.is_ascii_digit()))
        );
        assert_eq!(name("530102"), Some("五华区"));
        assert_eq!(name("370672"), Some("烟台经济技术开发区"));
        for none in ["999999", "000000", "110199", "", "5301", "code"] {
            assert_eq!(name(none), None, "{none}");
        }
    }
}
