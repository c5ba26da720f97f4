//! The requests of the page: the selected grouping, the other grouping for the table beside it, and the decomposition.
//! Each list from which a selection is made is requested without that selection, so that it stays whole. Figures are
//! painted first, the rest some frames later.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_analysis::intensity::By as Grouping;
use nengce_shared::api::intensity::{Decomposition, IntensityView};
use nengce_shared::json::FromJson;
use nengce_shared::lang::Lang;

use crate::frame_delay::delayed;
use crate::load::{Load, use_linked};
use crate::snapshot::{decomposition, intensity, use_snapshot};
use crate::url_state::{Selection, UrlState};

/// What the groups are; `?by=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupBy {
    Region,
    Industry,
    Unit,
}

impl GroupBy {
    pub const ALL: [Self; 3] = [Self::Region, Self::Industry, Self::Unit];

    pub fn of(word: Option<&str>) -> Self {
        match word {
            Some("industry") => Self::Industry,
            Some("unit") => Self::Unit,
            _ => Self::Region,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Industry => "industry",
            Self::Unit => "unit",
        }
    }

    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Region => lang.pick("区", "District"),
            Self::Industry => lang.pick("行业", "Industry"),
            Self::Unit => lang.pick("单位", "Unit"),
        }
    }

    fn grouping(self) -> Grouping {
        match self {
            Self::Region => Grouping::Region,
            Self::Industry => Grouping::Industry,
            Self::Unit => Grouping::Unit,
        }
    }

    /// The codes selected in this dimension.
    pub fn selected(self, selection: &Selection) -> &Vec<String> {
        match self {
            Self::Region => &selection.region,
            Self::Industry => &selection.industry,
            Self::Unit => &selection.units,
        }
    }

    pub fn selected_mut(self, selection: &mut Selection) -> &mut Vec<String> {
        match self {
            Self::Region => &mut selection.region,
            Self::Industry => &mut selection.industry,
            Self::Unit => &mut selection.units,
        }
    }

    /// The filters without the choice made in this dimension, where there is one.
    fn without(self, mut selection: Selection) -> Option<Selection> {
        let selected = self.selected_mut(&mut selection);
        (!std::mem::take(selected).is_empty()).then_some(selection)
    }

    /// The grouping of the table beside the paths.
    pub fn beside(self) -> Self {
        match self {
            Self::Region => Self::Industry,
            Self::Industry => Self::Region,
            Self::Unit => Self::Unit,
        }
    }
}

#[derive(Clone, Copy)]
pub struct Loads {
    /// What is selected: the sentence and the figures.
    pub view: Load<IntensityView>,
    /// All groups; all units; all of the other grouping.
    pub groups: Load<IntensityView>,
    pub points: Load<IntensityView>,
    pub beside: Load<IntensityView>,
    pub effects: Load<Decomposition>,
    /// The effects of all industries.
    pub members: Load<Decomposition>,
}

impl Loads {
    pub fn start(url: UrlState, by: Memo<GroupBy>) -> Self {
        let view = use_linked(
            move || Some(path(by.get(), &url.selection.get())),
            move || intensity(&url.selection.get(), by.get().grouping()),
        );
        // The first answers are the server's: they are smaller than the city.
        use_snapshot(move || view.data.with(Option::is_some));
        // Units have no second grouping.
        let beside = move || Some(by.get().beside()).filter(|it| *it != by.get());
        let wide = move || beside().map(|it| whole_of(it, url));
        // Always against the year before: the endpoint knows no other comparison.
        let yearly = move || url.deferred_selection.with(Selection::without_comparison);
        let effects =
            use_linked(move || Some(effects_path(&yearly())), move || decomposition(&yearly()));
        Self {
            view,
            groups: whole(url, view, by, move || by.get()),
            points: whole(url, view, by, || GroupBy::Unit),
            beside: use_linked(
                move || Some(path(beside()?, &wide()?)),
                move || intensity(&wide()?, beside()?.grouping()),
            ),
            effects,
            members: unless_chosen(
                effects,
                effects.data,
                move || GroupBy::Industry.without(yearly()),
                effects_path,
                decomposition,
            ),
        }
    }
}

fn path(by: GroupBy, selection: &Selection) -> String {
    format!("/api/v1/intensity?by={}&{}", by.word(), selection.api_query())
}

fn effects_path(selection: &Selection) -> String {
    format!("/api/v1/intensity/decomposition?by=industry&{}", selection.api_query())
}

/// The filters without the choice made in a dimension; tracked.
fn whole_of(dimension: GroupBy, url: UrlState) -> Selection {
    let selection = url.deferred_selection.get();
    dimension.without(selection.clone()).unwrap_or(selection)
}

/// The page's answer without the choice made in a dimension.
fn whole(
    url: UrlState,
    view: Load<IntensityView>,
    by: Memo<GroupBy>,
    dimension: impl Fn() -> GroupBy + Copy + 'static,
) -> Load<IntensityView> {
    unless_chosen(
        view,
        delayed(view.data, 2),
        move || dimension().without(url.deferred_selection.get()),
        move |selection| path(by.get(), selection),
        move |selection| intensity(selection, by.get().grouping()),
    )
}

/// The narrowed answer itself where nothing is narrowed: `wide` has the filters to ask by where something is.
fn unless_chosen<T: FromJson + Send + Sync + 'static>(
    narrowed: Load<T>,
    answer: Signal<Option<Arc<T>>>,
    wide: impl Fn() -> Option<Selection> + Copy + 'static,
    path: impl Fn(&Selection) -> String + 'static,
    derive: impl Fn(&Selection) -> Option<Arc<T>> + 'static,
) -> Load<T> {
    let load = use_linked(
        move || wide().map(|it| path(&it)),
        move || match wide() {
            Some(selection) => derive(&selection),
            None => answer.get(),
        },
    );
    Effect::new(move |_| {
        if wide().is_none() {
            load.error.set(narrowed.error.get());
        }
    });
    load
}

/// Why the span cannot be decomposed, when that is the answer: an empty state, not a failure.
pub fn undecomposable(load: Load<Decomposition>) -> Option<String> {
    load.error.with(|it| {
        let it = it.as_ref().filter(|it| it.code == "not_found")?;
        Some(it.detail.clone().unwrap_or_else(|| it.title.clone()))
    })
}
