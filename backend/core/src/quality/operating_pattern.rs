//! Finds the operating pattern of an item from the months of its whole history: whether it runs in campaigns with
//! standstills between, and whether it runs all year, so that it is not used for heating.

use nengce_shared::data_code::DataCode;
use nengce_shared::energy_group::EnergyGroup;

use super::YEAR_DAYS;
use super::scale::median;
use super::season::HeatingSeason;

/// The number of returns from a standstill that make a campaign item, in all and per year.
const LEAST_RETURNS: f64 = 3.0;
const LEAST_RETURNS_A_YEAR: f64 = 1.5;
/// The share of days at zero that makes a campaign item, together with the returns.
const LEAST_ZERO_SHARE: f64 = 0.05;
/// Days outside the heating season that show whether an item runs there, and the largest share of them at zero.
const LEAST_DAYS: u32 = 28;
const MOST_ZERO_SHARE: f64 = 0.05;
/// The least level outside the heating season, as a share of the level in it, of an item that runs all year.
const LEAST_LEVEL_SHARE: f64 = 0.3;

/// How an item usually runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OperatingPattern {
    /// Whether the item runs in campaigns with standstills between.
    pub comes_and_goes: bool,
    /// Whether the item runs all year, so that it heats no rooms.
    pub all_year: bool,
}

/// The days of one past month of an item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PastMonth {
    /// The first day of the month, counted from 1970-01-01.
    pub first: i32,
    /// The days with a figure.
    pub days: u32,
    /// The days at zero.
    pub zeros: u32,
    /// The median of the daily figures.
    pub median: f64,
    /// Days on which the item returned from zero while another item of the unit had been running.
    pub returns: u32,
}

/// Whether the energy of a data code can heat rooms: gas or heat.
pub fn is_for_warmth(data_code: &str) -> bool {
    let code = DataCode::parse_strict(data_code).ok();
    code.is_some_and(|code| {
        matches!(EnergyGroup::of_type(code.energy_type()), EnergyGroup::Gas | EnergyGroup::Heat)
    })
}

impl OperatingPattern {
    /// The pattern of an item by its months; `warms` says that it is gas or heat.
    pub fn of(months: &[PastMonth], warms: bool, heating: Option<HeatingSeason>) -> Self {
        let heating = heating.filter(|_| warms);
        let of = |is: fn(HeatingSeason, i32) -> bool| -> Vec<&PastMonth> {
            months.iter().filter(|it| heating.is_none_or(|season| is(season, it.first))).collect()
        };
        let (core, off) = (of(HeatingSeason::is_core_month), of(HeatingSeason::is_off_month));
        let returns = |of: &[&PastMonth]| of.iter().map(|it| it.returns).sum::<u32>();
        // At the borders of the season a heating goes on and off with the weather; this says nothing about the core of
        // the season.
        let all = if heating.is_some() { returns(&core) + returns(&off) } else { returns(&core) };
        let years = match (months.first(), months.last()) {
            (Some(first), Some(last)) => f64::from(last.first - first.first) / f64::from(YEAR_DAYS),
            _ => 0.0,
        };
        let sum = |of: fn(&PastMonth) -> u32| core.iter().map(|it| f64::from(of(it))).sum::<f64>();
        let comes_and_goes = f64::from(all) >= LEAST_RETURNS.max(LEAST_RETURNS_A_YEAR * years)
            && returns(&core) > 0
            && sum(|it| it.zeros) >= LEAST_ZERO_SHARE * sum(|it| it.days);
        Self { comes_and_goes, all_year: runs_off(&core, &off) }
    }
}

/// Whether an item runs outside the heating season much as it does in it.
fn runs_off(core: &[&PastMonth], off: &[&PastMonth]) -> bool {
    let sum = |of: fn(&PastMonth) -> u32| off.iter().map(|it| of(it)).sum::<u32>();
    let (days, zeros) = (sum(|it| it.days), sum(|it| it.zeros));
    let level = |of: &[&PastMonth]| {
        median(&mut of.iter().map(|it| it.median).collect::<Vec<_>>()).unwrap_or_default()
    };
    days >= LEAST_DAYS
        && f64::from(zeros) <= MOST_ZERO_SHARE * f64::from(days)
        && level(off) > 0.0
        && level(off) >= LEAST_LEVEL_SHARE * level(core)
}
