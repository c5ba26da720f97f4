//! Energy per value added of a group: ΣE / Σoutput over months in which both are known.
//! The denominator is the region's economy where it covers the span, else the units' own value added.

use nengce_shared::month::Month;

use super::evaluation::Evaluation;
pub use super::ratio_sums::RatioSums;
use super::unit_totals::month_tce;

/// Whose value added divides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denominator {
    /// Value added of the region.
    Gdp,
    /// The units' own value added.
    UnitValueAdded,
    /// No value added is known.
    Absent,
}

impl Denominator {
    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gdp => "gdp",
            Self::UnitValueAdded => "unit_value_added",
            Self::Absent => "none",
        }
    }
}

/// The ratio of a span and of the months it is compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The sums of the span.
    pub now: RatioSums,
    /// The sums of the comparison.
    pub before: RatioSums,
    /// The source of value added.
    pub denominator: Denominator,
}

impl Pair {
    /// value / previous − 1.
    pub fn change(&self) -> Option<f64> {
        nengce_shared::intensity::growth(self.now.value()?, self.before.value()?)
    }
}

/// The ratio of units over months and over the same months `apart` earlier. `economy` names the
/// regions whose value added divides when it is known for every month of both.
pub fn pair(
    evaluation: &Evaluation<'_>,
    units: &[usize],
    months: &[Month],
    apart: i32,
    economy: &[&str],
) -> Pair {
    over_gdp(evaluation, units, months, apart, economy)
        .unwrap_or_else(|| over_own(evaluation, units, months, apart))
}

/// The query's own span: whole months only, an unfinished one only where units sent value added. Nothing stands before
/// it where the comparison span lacks too much.
pub fn of_span(evaluation: &Evaluation<'_>, units: &[usize], economy: &[&str]) -> Pair {
    let spans = &evaluation.query.spans;
    let pair = pair(evaluation, units, &spans.now_parts().whole, spans.months_apart(), economy);
    match evaluation.is_comparable(units) {
        true => pair,
        false => Pair { before: RatioSums::default(), ..pair },
    }
}

fn over_gdp(
    evaluation: &Evaluation<'_>,
    units: &[usize],
    months: &[Month],
    apart: i32,
    regions: &[&str],
) -> Option<Pair> {
    let snapshot = evaluation.snapshot;
    let gdp = |month| -> Option<f64> { regions.iter().map(|it| snapshot.gdp(it, month)).sum() };
    if regions.is_empty() {
        return None;
    }
    let done: Vec<Month> = months.iter().copied().filter(|it| snapshot.is_done(*it)).collect();
    let mut pair = Pair {
        now: RatioSums::default(),
        before: RatioSums::default(),
        denominator: Denominator::Gdp,
    };
    for month in &done {
        pair.now.output += gdp(*month)?;
        pair.now.energy += evaluation.month(units, *month)?;
        let earlier = month.plus(-apart);
        pair.before.output += gdp(earlier)?;
        pair.before.energy += evaluation.month(units, earlier).unwrap_or(f64::NAN);
    }
    (!done.is_empty()).then_some(pair)
}

fn over_own(evaluation: &Evaluation<'_>, units: &[usize], months: &[Month], apart: i32) -> Pair {
    let mut pair = Pair {
        now: RatioSums::default(),
        before: RatioSums::default(),
        denominator: Denominator::Absent,
    };
    for unit in units {
        for month in months {
            if let Some(both) = evaluation.snapshot.uneven(*unit, *month, evaluation.query.basis) {
                pair.now.take(both.now);
                pair.before.take(both.before);
            } else if let Some(now) = own(evaluation, *unit, *month) {
                pair.now.take(now);
                if let Some(before) = own(evaluation, *unit, month.plus(-apart)) {
                    pair.before.take(before);
                }
            }
        }
    }
    if pair.now.output > 0.0 {
        pair.denominator = Denominator::UnitValueAdded;
    }
    pair
}

/// A unit's month, when it has both energy and value added.
pub fn own(evaluation: &Evaluation<'_>, unit: usize, month: Month) -> Option<RatioSums> {
    let output = evaluation.snapshot.value_added(unit, month)?;
    let query = evaluation.query;
    let energy = month_tce(evaluation.snapshot, query.basis, unit, month, &query.filter.energy)?;
    Some(RatioSums { energy, output })
}
