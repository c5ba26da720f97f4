//! What the page asks: the chosen grouping, the other grouping for the table beside it, and the decomposition.

use leptos::prelude::*;
use nengce_shared::api::intensity::{Decomposition, IntensityView};
use nengce_shared::lang::Lang;

use crate::load::{Load, use_load};
use crate::url_state::UrlState;

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
        Self {
            view: use_load(move || Some(path(by.get()))),
            // Units have no second grouping.
            beside: use_load(move || {
                let by = by.get();
                (by.beside() != by).then(|| path(by.beside()))
            }),
            // Always against the year before: the endpoint knows no other comparison.
            effects: use_load(move || {
                let query = url.filters.with(|it| it.against_year_before().api_query());
                Some(format!(
                    "/api/v1/intensity/decomposition?by=industry&{query}"
                ))
            }),
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
