//! A search whose words stand in the address as `q`; it asks once the typing pauses.

use std::time::Duration;

use leptos::prelude::*;

use crate::url_state::use_url_state;

const PAUSE: Duration = Duration::from_millis(250);

#[component]
pub fn SearchBox(
    /// What can be searched for.
    placeholder: &'static str,
    /// What is searched, for those who hear the page.
    label: &'static str,
    testid: &'static str,
) -> impl IntoView {
    let url = use_url_state();
    // The last key pressed counts.
    let turn = StoredValue::new(0u32);
    let search = move |event| {
        let words = event_target_value(&event);
        turn.update_value(|it| *it += 1);
        let mine = turn.get_value();
        let later = move || {
            if turn.try_get_value() == Some(mine) {
                let words = Some(words.trim().to_owned()).filter(|it| !it.is_empty());
                url.replace(&[("q", words), ("cursor", None)]);
            }
        };
        set_timeout(later, PAUSE);
    };
    view! {
        <input
            type="search"
            class="control unit-search"
            placeholder=placeholder
            aria-label=label
            data-testid=testid
            prop:value=move || url.get("q").unwrap_or_default()
            on:input=search
        />
    }
}
