//! The requests of the page: its answer, and, while a district or industry is selected, the same answer without that
//! selection, so that the list to select from stays whole. Once the city is in the browser, all of them are derived
//! there; if it is there by groups, lists of units still come from the server.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::dual_control::DualControl;

use crate::load::{Load, use_linked, use_load};
use crate::snapshot::{dual_control, is_grouped, use_snapshot};
use crate::url_state::{Selection, UrlState};

#[derive(Clone, Copy)]
pub struct Answers {
    pub selected: Load<DualControl>,
    regions: Load<DualControl>,
    industries: Load<DualControl>,
    units: Load<DualControl>,
}

pub fn ask(url: UrlState) -> Answers {
    let path = |selection: &Selection| format!("/api/v1/dual-control?{}", selection.api_query());
    let without = move |set: fn(&Selection) -> bool, clear: fn(&mut Selection)| {
        let wide = move || {
            let mut selection = url.selection.get();
            set(&selection).then(|| {
                clear(&mut selection);
                selection
            })
        };
        use_linked(move || wide().map(|it| path(&it)), move || dual_control(&wide()?))
    };
    let selected = use_linked(
        move || Some(path(&url.selection.get())),
        move || dual_control(&url.selection.get()),
    );
    // The first answer is the server's: it is smaller than the city.
    use_snapshot(move || selected.data.with(Option::is_some));
    let units = use_load(move || {
        let selection = url.selection.get();
        by_groups(&selection).then(|| path(&selection))
    });
    Answers {
        selected,
        regions: without(|it| !it.region.is_empty(), |it| it.region.clear()),
        industries: without(|it| !it.industry.is_empty(), |it| it.industry.clear()),
        units,
    }
}

/// Whether the answer is derived from groups: it lists no units. Tracked.
fn by_groups(selection: &Selection) -> bool {
    is_grouped() && dual_control(selection).is_some()
}

impl Answers {
    /// The answer whose `regions` are complete.
    pub fn of_regions(
        self,
        url: UrlState,
        data: Signal<Arc<DualControl>>,
    ) -> Signal<Arc<DualControl>> {
        whole(self.regions, move || !url.selection.get().region.is_empty(), data)
    }

    /// The answer whose `industries` are complete.
    pub fn of_industries(
        self,
        url: UrlState,
        data: Signal<Arc<DualControl>>,
    ) -> Signal<Arc<DualControl>> {
        whole(self.industries, move || !url.selection.get().industry.is_empty(), data)
    }

    /// The answer whose units are listed, and whether it is on its way.
    pub fn of_units(
        self,
        url: UrlState,
        data: Signal<Arc<DualControl>>,
    ) -> (Signal<Arc<DualControl>>, Signal<bool>) {
        let apart = Memo::new(move |_| by_groups(&url.selection.get()));
        let units = self.units;
        (
            whole(units, move || apart.get(), data),
            Signal::derive(move || apart.get() && units.loading.get()),
        )
    }
}

fn whole(
    wide: Load<DualControl>,
    narrowed: impl Fn() -> bool + Send + Sync + 'static,
    data: Signal<Arc<DualControl>>,
) -> Signal<Arc<DualControl>> {
    Signal::derive(move || wide.data.get().filter(|_| narrowed()).unwrap_or_else(|| data.get()))
}
