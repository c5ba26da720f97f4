//! The metrics of the links to platforms above.

use crate::http::link::view;
use crate::http::state::AppState;

/// Sets the gauges of each link; a link whose figures cannot be read keeps the last ones.
pub async fn measure(state: &AppState) {
    let Ok(uppers) = view::uppers(state).await else { return };
    for it in uppers {
        let set = |name: &'static str, value: f64| {
            metrics::gauge!(name, "upper" => it.name.clone()).set(value);
        };
        set("nengce_link_due_item_days", it.due_item_days as f64);
        set("nengce_link_lag_seconds", it.lag_seconds.unwrap_or(0) as f64);
        set("nengce_link_refused_entries", it.refused_entries as f64);
        set("nengce_link_units_refused", f64::from(it.units_refused));
        set("nengce_link_paused", f64::from(u8::from(it.paused_by.is_some())));
    }
}
