//! Cross-checks of the tables against each other, each with its cell, both figures, the reason, and what to do. Where data
//! are missing the check says so and decides nothing.

mod consumption;
mod energy_types;
mod unit;
mod unit_consumption;

use nengce_shared::api::audit_pack::{PackCheck, PackSheet, PackText};

use super::facts::Facts;
use super::sheet::text;

/// Two sums of one thing may differ by this part of the larger: both are sums of the same readings in another order.
const SAME: f64 = 1e-6;

/// Whether two figures are the same thing.
pub(in crate::audit_pack) fn is_same(a: f64, b: f64) -> bool {
    (a - b).abs() <= SAME * a.abs().max(b.abs())
}

/// `ok` or `wrong`; `unknown` without one of the figures.
pub(in crate::audit_pack) fn verdict(
    found: Option<f64>,
    against: Option<f64>,
    holds: impl Fn(f64, f64) -> bool,
) -> &'static str {
    match found.zip(against) {
        None => "unknown",
        Some((a, b)) if holds(a, b) => "ok",
        Some(_) => "wrong",
    }
}

/// All checks in the order of the tables.
pub(super) fn all(facts: &Facts<'_>, sheets: &[PackSheet]) -> Vec<PackCheck> {
    let mut all = vec![unit::district(facts)];
    all.extend(consumption::key_figure_checks(facts, sheets));
    all.push(unit::whole_year(facts));
    all.extend(energy_types::codes(facts));
    all.extend(energy_types::processes(facts));
    all.extend(unit_consumption::indicators(facts));
    all
}

struct Check<'a> {
    code: &'a str,
    state: &'a str,
    sheet: &'a str,
    cell: Option<String>,
    title: PackText,
    figures: (Option<f64>, Option<f64>, &'a str),
}

impl Check<'_> {
    fn says(self, reason: PackText, remedy: PackText) -> PackCheck {
        let is_ok = self.state == "ok";
        PackCheck {
            code: self.code.to_owned(),
            state: self.state.to_owned(),
            sheet: self.sheet.to_owned(),
            cell: self.cell,
            title: self.title,
            found: self.figures.0,
            against: self.figures.1,
            unit: self.figures.2.to_owned(),
            reason,
            remedy: if is_ok { text("", "") } else { remedy },
        }
    }
}
