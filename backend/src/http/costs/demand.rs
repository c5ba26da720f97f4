//! The measured demand of each month against the one that the tariff charges.

use std::collections::HashMap;

use nengce_core::costs::tariff::{ELECTRICITY, Tariff, in_force};
use nengce_core::reference::Dictionaries;
use nengce_shared::api::cost::CostDemand;
use nengce_shared::month::Month;
use nengce_shared::period::DayRange;
use nengce_shared::quantity;
use nengce_shared::tariff::TariffCharge;

use super::tariffs::unit_of;
use crate::store::costs::demand::Peak;

const MINUTES_A_DAY: u32 = 1_440;

/// The months of a span; empty where the plant has neither real-time readings nor a charge of demand.
pub(super) fn months(
    span: DayRange,
    peaks: &HashMap<Month, Peak>,
    tariffs: &[Tariff],
    known: &Dictionaries,
) -> Vec<CostDemand> {
    let unit = unit_of(known, ELECTRICITY).unwrap_or_default();
    let kwh = quantity::factor(Some(&unit), "kWh").ok();
    let minutes = peaks.values().map(|it| it.minutes).next().unwrap_or(60);
    let month = |month: Month| {
        let days = DayRange::between(month.first_day(), month.last_day()).intersect(&span)?;
        let peak = peaks.get(&month);
        let measured_kw =
            peak.zip(kwh).map(|(it, factor)| it.quantity * factor * 60.0 / f64::from(it.minutes));
        let tariff = in_force(tariffs, ELECTRICITY, TariffCharge::Demand, days.to());
        let line = tariff.and_then(|it| it.typed_line(month.month()));
        let price = line.map(|it| it.price);
        let charged_kw = line.and_then(|it| it.amount);
        Some(CostDemand {
            month: month.to_string(),
            measured_kw,
            at: peak.map(|it| it.at.clone()),
            minutes,
            points: peak.map_or(0, |it| it.points),
            expected_points: days.days().unsigned_abs() * MINUTES_A_DAY / u32::from(minutes),
            charged_kw,
            charged_yuan: charged_kw.zip(price).map(|(kw, price)| kw * price),
            measured_yuan: measured_kw.zip(price).map(|(kw, price)| kw * price),
        })
    };
    let all: Vec<CostDemand> = span.months().filter_map(month).collect();
    let says_something = |it: &CostDemand| it.measured_kw.is_some() || it.charged_kw.is_some();
    if all.iter().any(says_something) { all } else { Vec::new() }
}
