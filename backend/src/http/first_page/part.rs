//! What a part of the first page is made of: the units that it may read, and the figures and rows that it gives.

use std::sync::Arc;

use nengce_analysis::query::{Filter, Query};
use nengce_analysis::spans::{ComparisonSpan, Spans};
use nengce_analysis::unit_scope::UnitScope;
use nengce_shared::api::home::{HomeFigure, HomePart, HomeRow};
use nengce_shared::basis::Basis;

use crate::http::access::reader::units_of;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::http::views::City;
use crate::store::unit_ids::UnitIds;

/// Rows that a part shows at most.
pub(super) const MOST_ROWS: usize = 8;

/// A text in Chinese and in English.
pub(super) type Words<'a> = (&'a str, &'a str);

pub(super) const UNITS: Words<'_> = ("家", "units");
pub(super) const TCE: Words<'_> = ("tce", "tce");

/// The units that a part may read.
pub(super) struct Within<'a> {
    pub(super) state: &'a AppState,
    scope: UnitScope,
}

impl<'a> Within<'a> {
    pub(super) fn new(state: &'a AppState, scope: UnitScope) -> Self {
        Self { state, scope }
    }

    /// The snapshot of these units alone.
    pub(super) async fn city(&self) -> ApiResult<Arc<City>> {
        self.state.snapshots.city(self.state, &self.scope).await
    }

    /// The same units as queries of the store take them.
    pub(super) fn units(&self) -> UnitIds {
        units_of(self.state, &self.scope)
    }
}

/// Everything over the span that pages show without a filter.
pub(super) fn usual_query(city: &City) -> ApiResult<Query> {
    let (until, today) = (city.snapshot().data_until, city.snapshot().today);
    let spans = Spans::read(None, None, ComparisonSpan::YearBefore, until, today);
    Ok(query_over(spans.map_err(ApiError::internal)?))
}

/// Everything over some days, on the equivalent basis.
pub(super) fn query_over(spans: Spans) -> Query {
    Query { filter: Filter::default(), basis: Basis::Equivalent, spans, comparison: None }
}

/// A count of something.
pub(super) fn figure(
    name: &str,
    words: Words<'_>,
    value: impl Into<Option<f64>>,
    unit: Words<'_>,
    link: &str,
) -> HomeFigure {
    HomeFigure {
        name: name.to_owned(),
        zh: words.0.to_owned(),
        en: words.1.to_owned(),
        // An empty sum of floats is a negative zero.
        value: value.into().map(|it| it + 0.0),
        of: None,
        unit_zh: unit.0.to_owned(),
        unit_en: unit.1.to_owned(),
        change: None,
        is_late: false,
        link: link.to_owned(),
    }
}

/// A count of something that should be none.
pub(super) fn late(
    name: &str,
    words: Words<'_>,
    value: f64,
    unit: Words<'_>,
    link: &str,
) -> HomeFigure {
    HomeFigure { is_late: value > 0.0, ..figure(name, words, value, unit, link) }
}

/// The days that are left until a deadline; late once it has passed.
pub(super) fn days_left(left: Option<i32>, link: &str) -> HomeFigure {
    let it = figure("left", ("剩余天数", "Days left"), left.map(f64::from), ("", ""), link);
    HomeFigure { is_late: left.is_some_and(|it| it < 0), ..it }
}

/// A row about a unit or about something else that has one name.
pub(super) fn row(name: &str, link: String, note: Words<'_>, figures: Vec<HomeFigure>) -> HomeRow {
    HomeRow {
        zh: name.to_owned(),
        en: name.to_owned(),
        link,
        note_zh: note.0.to_owned(),
        note_en: note.1.to_owned(),
        figures,
    }
}

/// A part of which the first rows are sent, because `link` lists them all.
pub(super) fn part(
    (name, link): (&str, &str),
    title: Words<'_>,
    about: Words<'_>,
    figures: Vec<HomeFigure>,
    mut rows: Vec<HomeRow>,
) -> HomePart {
    let rows_total = rows.len() as u64;
    rows.truncate(MOST_ROWS);
    HomePart {
        name: name.to_owned(),
        zh: title.0.to_owned(),
        en: title.1.to_owned(),
        about_zh: about.0.to_owned(),
        about_en: about.1.to_owned(),
        figures,
        rows,
        rows_total,
        link: link.to_owned(),
    }
}
