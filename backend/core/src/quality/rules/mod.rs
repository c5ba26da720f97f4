//! Holds the table of the rules. A new rule is one file in this folder with its `mod` line and its line in `RULES`, one
//! row in docs/DATA-QUALITY.md and one test in `quality/tests/rules.rs`.

mod copied_days;
mod counter_restart;
mod day_sum;
mod incomplete;
pub(super) mod jump;
mod late;
mod missing;
mod month_sum;
mod negative;
mod out_of_range;
pub mod peer_scale;
pub mod period_moved;
mod period_start;
mod silent;
pub(super) mod stuck;
mod stuck_points;
pub(super) mod unit_mixup;
mod year_sum;
mod zero;

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use super::Rule;

/// Every rule, in the order in which they are shown.
pub const RULES: [&Rule; 19] = [
    &silent::RULE,
    &missing::RULE,
    &incomplete::RULE,
    &late::RULE,
    &negative::RULE,
    &out_of_range::RULE,
    &unit_mixup::RULE,
    &peer_scale::RULE,
    &counter_restart::RULE,
    &jump::RULE,
    &zero::RULE,
    &stuck::RULE,
    &stuck_points::RULE,
    &copied_days::RULE,
    &day_sum::RULE,
    &month_sum::RULE,
    &year_sum::RULE,
    &period_start::RULE,
    &period_moved::RULE,
];

/// Rules whose findings suggest that a figure is not what was measured. What is missing or late is not among them: other
/// criteria count it.
pub const SUSPECT_RULES: [&str; 8] = [
    unit_mixup::RULE.name,
    jump::RULE.name,
    stuck::RULE.name,
    stuck_points::RULE.name,
    copied_days::RULE.name,
    day_sum::RULE.name,
    month_sum::RULE.name,
    year_sum::RULE.name,
];

/// The number of what rules share (usual days, history, operating patterns, seasons); whoever changes what they make of
/// readings raises it, so that stored days are assessed again.
const SHARED_VERSION: u32 = 1;

/// Tells these rules from those of another program: names, versions and parameters. What an assessment rests on holds it.
pub static FINGERPRINT: LazyLock<String> = LazyLock::new(|| fingerprint(&RULES));

fn fingerprint(rules: &[&Rule]) -> String {
    let mut hash = Sha256::new();
    hash.update(SHARED_VERSION.to_le_bytes());
    for rule in rules {
        hash.update(format!("{} {};", rule.name, rule.version));
        for it in rule.parameters {
            hash.update(format!("{} {:?} {};", it.name, it.value, it.unit));
        }
    }
    const_hex::encode(&hash.finalize()[..6])
}

/// The rule of a name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.into_iter().find(|it| it.name == name)
}

/// The probability that a measured value repeats `times` times to the last digit, when it usually moves by 2 %.
pub(super) fn chance_of_repeats(value: f64, times: f64) -> f64 {
    let text = format!("{}", value.abs());
    let step = match text.split_once('.') {
        Some((_, decimals)) => 0.1f64.powi(decimals.len() as i32),
        None => 10f64.powi((text.len() - text.trim_end_matches('0').len()) as i32),
    };
    let relative = step / value.abs();
    if relative > LEAST_PRECISION {
        return 1.0;
    }
    (relative / LEAST_MOTION / 3.5).min(1.0).powf(times)
}

/// The coarsest relative precision of a value that can show repetition: three digits.
const LEAST_PRECISION: f64 = 0.01;

/// The least relative movement of a working instrument from day to day and from hour to hour.
const LEAST_MOTION: f64 = 0.02;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_number_repeats_easily_and_a_long_one_does_not() {
        assert_eq!(chance_of_repeats(0.0003, 5.0), 1.0);
        assert_eq!(chance_of_repeats(500.0, 5.0), 1.0);
        assert!(chance_of_repeats(123.4567, 1.0) < 1e-4);
        assert!(chance_of_repeats(-0.0312, 3.0) < chance_of_repeats(0.0312, 2.0));
    }

    #[test]
    fn another_version_and_another_parameter_give_another_fingerprint() {
        let changed = [
            Rule { version: zero::RULE.version + 1, ..zero::RULE },
            Rule { parameters: &[], ..zero::RULE },
            Rule { name: "zeros", ..zero::RULE },
        ];
        let of = |it: &Rule| fingerprint(&[&silent::RULE, it]);
        assert_eq!(of(&zero::RULE), of(&Rule { about_en: "in other words", ..zero::RULE }));
        assert!(changed.iter().all(|it| of(it) != of(&zero::RULE)));
    }

    /// The limits that several rules share stand in their words too.
    #[test]
    fn the_words_of_a_rule_state_the_shared_limit_in_force() {
        let shared = ["largest_deviation", "least_completeness"];
        for rule in RULES {
            for it in rule.parameters.iter().filter(|it| shared.contains(&it.name)) {
                let limit = format!("{} %", (it.value * 100.0).round());
                let texts = [rule.about_zh, rule.about_en, rule.source_zh, rule.source_en];
                assert!(texts.iter().all(|text| text.contains(&limit)), "{}: {limit}", rule.name);
            }
        }
    }

    #[test]
    fn the_table_names_each_rule_once_and_says_its_measure() {
        for (at, it) in RULES.iter().enumerate() {
            assert!(RULES[..at].iter().all(|other| other.name != it.name));
            assert!(it.says_zh.contains("{}") == it.says_en.contains("{}"));
            assert!(
                !it.source_zh.is_empty() && !it.source_en.is_empty() && !it.about_zh.is_empty()
            );
        }
    }
}
