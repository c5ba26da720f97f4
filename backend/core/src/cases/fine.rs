//! What a fine comes to: the base, a step for each circumstance, never outside of what the law allows; and the surcharge.

use jiff::civil::Date;
use nengce_shared::api::case::Circumstance;

use crate::reference::FineRange;

/// The part of the fine that each day of delay adds (Law on Administrative Penalties, art. 72).
const SURCHARGE_PER_DAY: f64 = 0.03;

/// The fine in yuan by the circumstances.
pub fn amount(range: FineRange, circumstances: &[Circumstance]) -> f64 {
    let steps: f64 = circumstances.iter().map(|it| if it.is_heavier { 1.0 } else { -1.0 }).sum();
    (range.base + steps * range.step).clamp(range.least, range.most)
}

/// The surcharge in yuan for the days after the last day of payment; never more than the fine.
pub fn surcharge(fine: f64, due: Date, on: Date) -> f64 {
    let days = f64::from((on - due).get_days().max(0));
    // Whole fen.
    ((fine * SURCHARGE_PER_DAY * days).min(fine) * 100.0).round() / 100.0
}
