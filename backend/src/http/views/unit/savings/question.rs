//! What a request for savings asks for: the months of the works, of the baseline before and of the report after them.

use nengce_analysis::snapshot::Snapshot;
use nengce_core::savings::LEAST_BASELINE_MONTHS;
use nengce_shared::basis::Basis;
use nengce_shared::data_code::DataCode;
use nengce_shared::month::Month;
use nengce_shared::period::DayRange;

use crate::http::content::problem::ApiResult;
use crate::http::content::query::Params;
use crate::http::views::parameters;

pub const KNOWN: [&str; 8] =
    ["works_from", "works_to", "until", "baseline_months", "drivers", "basis", "model", "items"];
/// Items that a question names, at most.
const MOST_ITEMS: usize = 10;

const MONTHS_OF_YEAR: i32 = 12;
const DEFAULT_BASELINE_MONTHS: i32 = 24;
const MOST_BASELINE_MONTHS: i32 = 36;
const MOST_WORKS_MONTHS: i32 = 60;
const MOST_REPORT_MONTHS: i32 = 36;

pub(super) struct Question {
    pub basis: Basis,
    /// The first and the last month of the works.
    pub works: (Month, Month),
    /// The last month of the report.
    pub until: Month,
    pub baseline_months: i32,
    /// Codes of drivers; without any, those that the unit has.
    pub drivers: Vec<String>,
    pub model: Model,
    /// Data codes of the items whose energy is meant; without any, all that counts.
    pub items: Vec<String>,
}

/// What the model takes for one observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Model {
    Month,
    Day,
}

impl Model {
    pub(super) const WORDS: [&str; 2] = ["month", "day"];

    pub(super) fn parse(word: &str) -> Option<Self> {
        [Self::Month, Self::Day].into_iter().find(|it| it.as_str() == word)
    }

    pub(super) fn as_str(self) -> &'static str {
        Self::WORDS[self as usize]
    }
}

/// A part of the months that a question spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Baseline,
    Works,
    Report,
}

impl Part {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Works => "works",
            Self::Report => "report",
        }
    }
}

impl Question {
    pub(super) fn read(params: &Params, snapshot: &Snapshot) -> ApiResult<Self> {
        let month = |name: &str| params.one_of(name, &["YYYY-MM"], |it| it.parse::<Month>().ok());
        let last = Month::of(snapshot.data_until.unwrap_or(snapshot.today));
        let complete = if snapshot.is_done(last) { last } else { last.prev() };
        // Without a month: the works that have just a year of report after them.
        let from = month("works_from")?.unwrap_or(complete.plus(-MONTHS_OF_YEAR));
        let to = month("works_to")?.unwrap_or(from);
        let latest = from.plus(MOST_WORKS_MONTHS - 1);
        if to < from || to > latest {
            return Err(params
                .refuse("works_to", &to.to_string(), &format!("{from} – {latest}"))
                .into());
        }
        let until = month("until")?.unwrap_or(complete).min(to.plus(MOST_REPORT_MONTHS));
        let range = LEAST_BASELINE_MONTHS as i32..=MOST_BASELINE_MONTHS;
        let allowed = format!("{} – {}", range.start(), range.end());
        let baseline_months = params.one_of("baseline_months", &[&allowed], |it| {
            it.parse().ok().filter(|it| range.contains(it))
        })?;
        let drivers = params.listed(
            "drivers",
            "product codes, value_added, weekend, heating_degree_days, cooling_degree_days or none",
            |it| (!it.is_empty()).then(|| it.to_owned()),
        )?;
        Ok(Self {
            basis: parameters::basis(params)?,
            works: (from, to),
            until,
            baseline_months: baseline_months.unwrap_or(DEFAULT_BASELINE_MONTHS),
            drivers,
            model: params.one_of("model", &Model::WORDS, Model::parse)?.unwrap_or(Model::Month),
            items: Self::items(params)?,
        })
    }

    fn items(params: &Params) -> ApiResult<Vec<String>> {
        let code = |it: &str| DataCode::parse_lenient(it).ok().map(|it| it.to_string());
        let items = params.listed("items", "PP-UU-DDDD-CCTTTT-YY", code)?;
        match items.len() {
            ..=MOST_ITEMS => Ok(items),
            count => {
                Err(params.refuse("items", &count.to_string(), &format!("≤ {MOST_ITEMS}")).into())
            }
        }
    }

    /// The items as the store is asked for them; empty for all that counts.
    pub(super) fn item_list(&self) -> String {
        self.items.join(",")
    }

    /// The days from the first of the baseline to the last of the report.
    pub(super) fn days(&self) -> DayRange {
        let first = self.works.0.plus(-self.baseline_months).first_day();
        DayRange::between(first, self.until.max(self.works.1).last_day())
    }

    /// The part of a month.
    pub(super) fn part(&self, month: Month) -> Part {
        match month {
            it if it < self.works.0 => Part::Baseline,
            it if it <= self.works.1 => Part::Works,
            _ => Part::Report,
        }
    }

    /// The months, oldest first; those of the report end with the last one asked for.
    pub(super) fn months(&self) -> Vec<(Month, Part)> {
        let (from, to) = self.works;
        let first = from.plus(-self.baseline_months);
        let last = self.until.max(to).since(first);
        (0..=last).map(|at| first.plus(at)).map(|it| (it, self.part(it))).collect()
    }
}
