//! Reads the parameters that views share, and the analysis query that they form.

use nengce_analysis::query::{Filter, Query};
use nengce_analysis::snapshot::Snapshot;
use nengce_analysis::spans::{ComparisonSpan, Spans};
use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::lang::Lang;
use nengce_shared::period::{DayRange, PeriodError};
use nengce_shared::problem::Problem;
use nengce_shared::unit_class::UnitClass;

use crate::http::content::query::Params;

/// Which units and energies.
pub const FILTER: [&str; 6] = ["region", "industry", "class", "energy", "units", "basis"];

/// Words of `compare`.
const COMPARISONS: [&str; 5] = ["year", "previous", "year:2020", "region:120101", "peers"];

/// Filter and span.
pub const QUESTION: [&str; 9] =
    ["region", "industry", "class", "energy", "units", "basis", "from", "to", "compare"];

/// `QUESTION` and more.
pub fn with(more: &[&'static str]) -> Vec<&'static str> {
    QUESTION.iter().chain(more).copied().collect()
}

fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|it| word(*it)).collect()
}

/// The basis; equivalent unless named.
pub fn basis(params: &Params) -> Result<Basis, Problem> {
    let all = words(Basis::ALL, Basis::as_str);
    Ok(params.one_of("basis", &all, Basis::parse)?.unwrap_or(Basis::Equivalent))
}

/// The filter.
pub fn filter(params: &Params) -> Result<Filter, Problem> {
    let classes = words(UnitClass::ALL, UnitClass::as_str).join(" | ");
    let energies = words(EnergyGroup::ALL, EnergyGroup::as_str).join(" | ");
    Ok(Filter {
        region: params.regions()?,
        industry: params.industries()?,
        class: params.listed("class", &classes, UnitClass::parse)?,
        energy: params.listed("energy", &energies, EnergyGroup::parse)?,
        unit: params.listed("units", "GB 32100, 18 characters", |code| {
            (code.len() == 18 && code.bytes().all(|it| it.is_ascii_alphanumeric()))
                .then(|| code.to_ascii_uppercase())
        })?,
    })
}

/// A period's problem, on the parameter that has it.
pub fn refuse_period(params: &Params, error: &PeriodError) -> Problem {
    match error {
        PeriodError::Reversed { from, to } => {
            params.refuse("from", &from.to_string(), &format!("≤ {to}"))
        }
        PeriodError::Unreadable(text) => {
            let name = ["period", "to", "from"]
                .into_iter()
                .find(|it| params.text(it) == Some(text))
                .unwrap_or("from");
            params.refuse(
                name,
                text,
                params.lang.pick("YYYY、YYYY-MM 或 YYYY-MM-DD", "YYYY, YYYY-MM or YYYY-MM-DD"),
            )
        }
    }
}

/// Filter, basis and spans; defaults follow the data.
pub fn query(params: &Params, snapshot: &Snapshot) -> Result<Query, Problem> {
    let period = params.text("period");
    let (from, to) = (period.or(params.text("from")), period.or(params.text("to")));
    let (compare, comparison) =
        params.one_of("compare", &COMPARISONS, ComparisonSpan::read)?.unwrap_or_default();
    let spans = Spans::read(from, to, compare, snapshot.data_until, snapshot.today)
        .map_err(|error| refuse_period(params, &error))?;
    check_length(params, spans.asked)?;
    Ok(Query { filter: filter(params)?, basis: basis(params)?, spans, comparison })
}

/// The days between `from` and `to`, or the default where neither is named.
pub fn days(params: &Params, default: DayRange) -> Result<DayRange, Problem> {
    let (from, to) = (params.text("from"), params.text("to"));
    let range = match (from, to) {
        (None, None) => Ok(default),
        (Some(from), Some(to)) => DayRange::parse(from, to),
        (Some(from), None) => DayRange::parse(from, from)
            .map(|it| DayRange::between(it.from(), it.to().max(default.to()))),
        (None, Some(to)) => DayRange::parse(to, to)
            .map(|it| DayRange::between(DayRange::year(it.to().year()).from(), it.to())),
    };
    let range = range.map_err(|error| refuse_period(params, &error))?;
    check_length(params, range)?;
    Ok(range)
}

/// The longest span of days: a bit over thirty years.
const MOST_DAYS: i32 = 11_000;

fn check_length(params: &Params, range: DayRange) -> Result<(), Problem> {
    if range.days() <= MOST_DAYS {
        return Ok(());
    }
    let most = match params.lang {
        Lang::Zh => format!("距 to 不超过 {MOST_DAYS} 天"),
        Lang::En => format!("at most {MOST_DAYS} days before 'to'"),
    };
    Err(params.refuse("from", &range.from().to_string(), &most))
}
