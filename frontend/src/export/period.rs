//! The period that the page shows, also when nobody chose it, and the day of an export, for exported files.

use leptos::prelude::*;

use crate::frame_delay::delayed;

/// Filters in words of what is shown, where they are narrower than the page's.
#[derive(Clone, Copy)]
pub struct ExportScope(pub Signal<String>);

#[derive(Clone, Copy)]
struct CoveredPeriod(RwSignal<Option<(String, String)>>);

/// Once, inside the app.
pub fn provide_covered_period() {
    provide_context(CoveredPeriod(RwSignal::new(None)));
}

/// Says what the page's answer covers, until the page is left.
pub fn set_covered_period(covered: Signal<Option<(String, String)>>) {
    let Some(CoveredPeriod(shown)) = use_context::<CoveredPeriod>() else {
        return;
    };
    // Files and paper name it, the screen does not: it follows what is painted.
    let covered = delayed(covered, 2);
    Effect::new(move |_| shown.set(covered.get()));
    on_cleanup(move || {
        shown.try_set(None);
    });
}

/// First and last day of what is shown, while something is.
pub fn use_covered_period() -> Signal<Option<(String, String)>> {
    use_context::<CoveredPeriod>().map_or_else(|| Signal::stored(None), |it| it.0.into())
}

/// Today by the reader's clock, `2026-01-02`.
pub fn local_date() -> String {
    let now = js_sys::Date::new_0();
    format!("{:04}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())
}
