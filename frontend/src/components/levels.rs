//! The warning levels with the number of groups that have each. A click on a level selects its groups; a second click
//! deselects them.

use leptos::prelude::*;
use nengce_shared::warning::WarningLevel;

use crate::components::badge::LevelBadge;

/// Level and code of every group.
type Groups = Vec<(WarningLevel, String)>;

#[component]
pub fn LevelButtons(
    #[prop(into)] groups: Signal<Groups>,
    /// The codes that the filter holds.
    #[prop(into)]
    selected: Signal<Vec<String>>,
    on_change: impl Fn(Vec<String>) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let of = move |level: WarningLevel| -> Vec<String> {
        groups.with(|it| {
            let mine = it.iter().filter(|(own, _)| *own == level);
            mine.map(|(_, code)| code.clone()).collect()
        })
    };
    let select = move |level: WarningLevel| {
        let count = move || of(level).len();
        let has_selection = move || {
            let codes = of(level);
            selected.with(|it| {
                !it.is_empty()
                    && it.len() == codes.len()
                    && codes.iter().all(|code| it.contains(code))
            })
        };
        let select = move |_| {
            let again = untrack(has_selection);
            on_change(if again { Vec::new() } else { untrack(|| of(level)) });
        };
        view! {
            <Show when=move || { count() > 0 }>
                <button
                    type="button"
                    class="level-count"
                    data-level=level.as_str()
                    aria-pressed=move || has_selection().to_string()
                    on:click=select
                >
                    <b>{count}</b>
                    <LevelBadge level />
                </button>
            </Show>
        }
    };
    let all =
        [WarningLevel::Level1, WarningLevel::Level2, WarningLevel::Level3, WarningLevel::Pending];
    view! { <div class="level-counts">{all.map(select)}</div> }
}
