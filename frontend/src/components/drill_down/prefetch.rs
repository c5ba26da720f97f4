//! Requests ahead of a click: the code of the drawer when the pointer enters a chart, the list when the pointer rests on a
//! bar, dot or line.

use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{DrillDown, lazy};
use crate::data::meta::use_data_version;
use crate::i18n::use_lang;
use crate::url_state::use_url_state;

/// A pointer that rests so long on a mark is taken to ask for its list.
const RESTS_MS: u64 = 150;

/// To be told whether the pointer is in the chart; follows the mark under it.
pub fn use_prefetch(
    mark: Signal<Option<usize>>,
    drill_down: Callback<usize, Option<DrillDown>>,
) -> impl Fn(bool) + Copy {
    let (lang, url, version) = (use_lang(), use_url_state(), use_data_version());
    let inside = StoredValue::new(false);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let forget = move || {
        if let Some(Some(handle)) = waiting.try_update_value(Option::take) {
            handle.clear();
        }
    };
    on_cleanup(forget);
    Effect::new(move |_| {
        let row = mark.get();
        forget();
        let Some(row) = row.filter(|_| inside.get_value()) else {
            return;
        };
        let rested = move || {
            if let Some(Some(list)) = drill_down.try_run(row) {
                let selection = url.selection.get_untracked();
                let version = version.get_untracked();
                spawn_local(async move {
                    if let Ok(fetch) = lazy::prefetch().await {
                        fetch(&selection, &list, version, lang);
                    }
                });
            }
        };
        waiting.set_value(set_timeout_with_handle(rested, Duration::from_millis(RESTS_MS)).ok());
    });
    move |now| {
        inside.set_value(now);
        if now {
            // What comes late or not at all is asked for again when the list opens.
            spawn_local(async { drop(lazy::prefetch().await) });
        }
    }
}
