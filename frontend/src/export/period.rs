//! The period that the page shows, also when nobody chose it, and the day of an export, for exported files.

use leptos::prelude::*;

/// Filters in words of what is shown, where they are narrower than the page's.
#[derive(Clone, Copy)]
pub struct ShownFilters(pub Signal<String>);

#[derive(Clone, Copy)]
struct ShownPeriod(RwSignal<Option<(String, String)>>);

/// Once, inside the app.
pub fn provide_shown_period() {
    provide_context(ShownPeriod(RwSignal::new(None)));
}

/// Says what the page's answer covers, until the page is left.
pub fn show_period(covered: Signal<Option<(String, String)>>) {
    let Some(ShownPeriod(shown)) = use_context::<ShownPeriod>() else {
        return;
    };
    Effect::new(move |_| shown.set(covered.get()));
    on_cleanup(move || {
        shown.try_set(None);
    });
}

/// First and last day of what is shown, while something is.
pub fn use_shown_period() -> Signal<Option<(String, String)>> {
    use_context::<ShownPeriod>().map_or_else(|| Signal::stored(None), |it| it.0.into())
}

/// Today by the reader's clock, `2026-01-02`.
pub fn local_date() -> String {
    let now = js_sys::Date::new_0();
    format!("{:04}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())
}
