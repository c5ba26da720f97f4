//! Comparing figures: equal up to floating-point noise, or as printed.

use serde_json::Value;

#[track_caller]
pub fn check_near(found: f64, expected: f64, what: &str) {
    let tolerance = 1e-9 * expected.abs().max(1.0);
    assert!((found - expected).abs() <= tolerance, "{what}: {found}, computed by hand {expected}");
}

#[track_caller]
pub fn check_value(found: &Value, expected: f64, what: &str) {
    check_near(
        found.as_f64().unwrap_or_else(|| panic!("{what}: no figure but {found}")),
        expected,
        what,
    );
}

#[track_caller]
pub fn check_some(found: Option<f64>, expected: f64, what: &str) {
    check_near(found.unwrap_or_else(|| panic!("{what}: no figure")), expected, what);
}
