//! What the page asks: the chosen grouping, the other grouping for the table beside it, and the decomposition.

use leptos::prelude::*;
use nengce_core::analysis::intensity::By as Grouping;
use nengce_shared::api::intensity::{Decomposition, IntensityView};
use nengce_shared::lang::Lang;

use crate::cube::{decomposition, intensity, use_city_of_products};
use crate::load::{Load, use_linked};
use crate::url_state::{Filters, UrlState};

/// What the groups are; `?by=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Region,
    Industry,
    Unit,
}

impl By {
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
    pub view: Load<IntensityView>,
    pub beside: Load<IntensityView>,
    pub effects: Load<Decomposition>,
}

impl Loads {
    pub fn start(url: UrlState, by: Memo<By>) -> Self {
        let query = move || url.filters.with(|it| it.api_query());
        let path = move |by: By| format!("/api/v1/intensity?by={}&{}", by.word(), query());
        let derive = move |by: By| intensity(&url.filters.get(), by.grouping());
        // Units have no second grouping.
        let beside = move || Some(by.get().beside()).filter(|it| *it != by.get());
        // Always against the year before: the endpoint knows no other comparison.
        let yearly = move || url.filters.with(Filters::against_year_before);
        let view = use_linked(move || Some(path(by.get())), move || derive(by.get()));
        // The first answers are the server's: they are smaller than the city.
        use_city_of_products(move || view.data.with(Option::is_some));
        Self {
            view,
            beside: use_linked(move || beside().map(path), move || derive(beside()?)),
            effects: use_linked(
                move || {
                    let query = yearly().api_query();
                    Some(format!(
                        "/api/v1/intensity/decomposition?by=industry&{query}"
                    ))
                },
                move || decomposition(&yearly()),
            ),
        }
    }
}

/// Why the span cannot be decomposed, when that is the answer: an empty state, not a failure.
pub fn undecomposable(load: Load<Decomposition>) -> Option<String> {
    load.error.with(|it| {
        let it = it.as_ref().filter(|it| it.code == "not_found")?;
        Some(it.detail.clone().unwrap_or_else(|| it.title.clone()))
    })
}
