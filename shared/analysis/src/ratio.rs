//! Energy per value added of a group: ΣE / Σoutput over months in which both are known.
//! The denominator is the region's economy where it covers the span, else the units' own value added.

use nengce_shared::month::Month;

use super::picture::Picture;
use super::sums::month_tce;
pub use super::sums_of_pairs::Sums;

/// Whose value added divides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denominator {
    Gdp,
    UnitValueAdded,
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
    pub now: Sums,
    pub before: Sums,
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
    picture: &Picture<'_>,
    units: &[usize],
    months: &[Month],
    apart: i32,
    economy: &[&str],
) -> Pair {
    over_gdp(picture, units, months, apart, economy)
        .unwrap_or_else(|| over_own(picture, units, months, apart))
}

/// The question's own span: whole months only, an unfinished one only where units sent value added.
pub fn of_span(picture: &Picture<'_>, units: &[usize], economy: &[&str]) -> Pair {
    let spans = &picture.question.spans;
    pair(picture, units, &spans.now_parts().whole, spans.months_apart(), economy)
}

fn over_gdp(
    picture: &Picture<'_>,
    units: &[usize],
    months: &[Month],
    apart: i32,
    regions: &[&str],
) -> Option<Pair> {
    let facts = picture.facts;
    let gdp = |month| -> Option<f64> { regions.iter().map(|it| facts.gdp(it, month)).sum() };
    if regions.is_empty() {
        return None;
    }
    let done: Vec<Month> = months.iter().copied().filter(|it| facts.is_done(*it)).collect();
    let mut pair =
        Pair { now: Sums::default(), before: Sums::default(), denominator: Denominator::Gdp };
    for month in &done {
        pair.now.output += gdp(*month)?;
        pair.now.energy += picture.month(units, *month)?;
        let earlier = month.plus(-apart);
        pair.before.output += gdp(earlier)?;
        pair.before.energy += picture.month(units, earlier).unwrap_or(f64::NAN);
    }
    (!done.is_empty()).then_some(pair)
}

fn over_own(picture: &Picture<'_>, units: &[usize], months: &[Month], apart: i32) -> Pair {
    let mut pair =
        Pair { now: Sums::default(), before: Sums::default(), denominator: Denominator::Absent };
    for unit in units {
        for month in months {
            if let Some(both) = picture.facts.uneven(*unit, *month, picture.question.basis) {
                pair.now.take(both.now);
                pair.before.take(both.before);
            } else if let Some(now) = own(picture, *unit, *month) {
                pair.now.take(now);
                if let Some(before) = own(picture, *unit, month.plus(-apart)) {
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
pub fn own(picture: &Picture<'_>, unit: usize, month: Month) -> Option<Sums> {
    let output = picture.facts.value_added(unit, month)?;
    let question = picture.question;
    let energy = month_tce(picture.facts, question.basis, unit, month, &question.filter.energy)?;
    Some(Sums { energy, output })
}
