//! Habits of an item, learnt from its whole history by the month: it runs for a while and stands for a while; it runs the whole
//! year round, so that it warms no rooms.

use nengce_shared::data_code::DataCode;
use nengce_shared::energy_group::EnergyGroup;

use super::YEAR_DAYS;
use super::scale::median;
use super::season::HeatingSeason;

/// Returns from a standstill that make a habit: in all, and in a year.
const RETURNS: f64 = 3.0;
const RETURNS_A_YEAR: f64 = 1.5;
/// And the share of its days, at zero, that it takes beside.
const STOOD_SHARE: f64 = 0.05;
/// Days outside of the season that show whether the item runs there, and the share of them at zero if it does.
const LEAST_DAYS: u32 = 28;
const OFF_SHARE: f64 = 0.05;
/// What runs the whole year round runs there at this share of the season's level, at least.
const LEVEL_SHARE: f64 = 0.3;

/// What an item does by habit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Habit {
    pub comes_and_goes: bool,
    pub all_year: bool,
}

/// A month of an item's days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PastMonth {
    pub first: i32,
    pub days: u32,
    /// At zero.
    pub zeros: u32,
    pub median: f64,
    /// Days on which it came back from zero, while another item of the unit had been running.
    pub returns: u32,
}

/// Whether the energy of a data code is one that rooms are warmed with: gas or heat.
pub fn is_for_warmth(data_code: &str) -> bool {
    let code = DataCode::parse_strict(data_code).ok();
    code.is_some_and(|it| {
        matches!(EnergyGroup::of_type(it.energy_type()), EnergyGroup::Gas | EnergyGroup::Heat)
    })
}

impl Habit {
    /// Of an item, by its months; `warms`: it is gas or heat.
    pub fn of(months: &[PastMonth], warms: bool, heating: Option<HeatingSeason>) -> Self {
        let heating = heating.filter(|_| warms);
        let of = |is: fn(HeatingSeason, i32) -> bool| -> Vec<&PastMonth> {
            months.iter().filter(|it| heating.is_none_or(|season| is(season, it.first))).collect()
        };
        let (core, off) = (of(HeatingSeason::is_core_month), of(HeatingSeason::is_off_month));
        let returns = |of: &[&PastMonth]| of.iter().map(|it| it.returns).sum::<u32>();
        // Where a heating begins and ends it comes and goes with the weather, which says nothing about its core.
        let all = if heating.is_some() { returns(&core) + returns(&off) } else { returns(&core) };
        let years = match (months.first(), months.last()) {
            (Some(first), Some(last)) => f64::from(last.first - first.first) / f64::from(YEAR_DAYS),
            _ => 0.0,
        };
        let sum = |of: fn(&PastMonth) -> u32| core.iter().map(|it| f64::from(of(it))).sum::<f64>();
        let comes_and_goes = f64::from(all) >= RETURNS.max(RETURNS_A_YEAR * years)
            && returns(&core) > 0
            && sum(|it| it.zeros) >= STOOD_SHARE * sum(|it| it.days);
        Self { comes_and_goes, all_year: runs_off(&core, &off) }
    }
}

/// Whether an item runs outside of the season much as it does in it.
fn runs_off(core: &[&PastMonth], off: &[&PastMonth]) -> bool {
    let sum = |of: fn(&PastMonth) -> u32| off.iter().map(|it| of(it)).sum::<u32>();
    let (days, zeros) = (sum(|it| it.days), sum(|it| it.zeros));
    let level = |of: &[&PastMonth]| {
        median(&mut of.iter().map(|it| it.median).collect::<Vec<_>>()).unwrap_or_default()
    };
    days >= LEAST_DAYS
        && f64::from(zeros) <= OFF_SHARE * f64::from(days)
        && level(off) > 0.0
        && level(off) >= LEVEL_SHARE * level(core)
}
