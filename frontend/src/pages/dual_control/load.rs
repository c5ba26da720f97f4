//! What the page needs: its answer, and, while a district or industry is chosen, the same answer without that choice,
//! so that the lists a choice is made from stay whole.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::dual_control::DualControl;

use crate::load::{Load, use_load};
use crate::url_state::{Filters, UrlState};

#[derive(Clone, Copy)]
pub struct Answers {
    pub chosen: Load<DualControl>,
    regions: Load<DualControl>,
    industries: Load<DualControl>,
}

pub fn ask(url: UrlState) -> Answers {
    let path = |filters: &Filters| format!("/api/v1/dual-control?{}", filters.api_query());
    let without = move |set: fn(&Filters) -> bool, clear: fn(&mut Filters)| {
        move || {
            let mut filters = url.filters.get();
            set(&filters).then(|| {
                clear(&mut filters);
                path(&filters)
            })
        }
    };
    Answers {
        chosen: use_load(move || Some(path(&url.filters.get()))),
        regions: use_load(without(|it| it.region.is_some(), |it| it.region = None)),
        industries: use_load(without(|it| it.industry.is_some(), |it| it.industry = None)),
    }
}

impl Answers {
    /// The answer whose `regions` are complete.
    pub fn of_regions(
        self,
        url: UrlState,
        data: Signal<Arc<DualControl>>,
    ) -> Signal<Arc<DualControl>> {
        whole(
            self.regions,
            move || url.filters.get().region.is_some(),
            data,
        )
    }

    /// The answer whose `industries` are complete.
    pub fn of_industries(
        self,
        url: UrlState,
        data: Signal<Arc<DualControl>>,
    ) -> Signal<Arc<DualControl>> {
        whole(
            self.industries,
            move || url.filters.get().industry.is_some(),
            data,
        )
    }
}

fn whole(
    wide: Load<DualControl>,
    narrowed: impl Fn() -> bool + Send + Sync + 'static,
    data: Signal<Arc<DualControl>>,
) -> Signal<Arc<DualControl>> {
    Signal::derive(move || {
        wide.data
            .get()
            .filter(|_| narrowed())
            .unwrap_or_else(|| data.get())
    })
}
