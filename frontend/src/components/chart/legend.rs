//! A legend whose entries switch their series off and on. Which series are hidden is the page's signal.

use std::collections::BTreeSet;

use leptos::prelude::*;
use nengce_charts::scene::palette::Ink;

use crate::components::panel::use_panel;

/// One entry: the series' number, its colour, its name.
#[derive(Debug, Clone, PartialEq)]
pub struct LegendItem {
    pub series: usize,
    pub ink: Ink,
    pub name: String,
    /// Figures beside the name.
    pub figures: Vec<String>,
}

#[component]
pub fn Legend(
    #[prop(into)] items: Signal<Vec<LegendItem>>,
    hidden: RwSignal<BTreeSet<usize>>,
    /// Names over the figures, when there are figures.
    #[prop(optional, into)]
    head: Signal<Vec<String>>,
) -> impl IntoView {
    if let Some(panel) = use_panel() {
        let shown = Signal::derive(move || {
            let off = hidden.get();
            let on = items.get().into_iter().filter(|it| !off.contains(&it.series));
            on.map(|it| (it.ink, it.name)).collect()
        });
        panel.legend.set(Some(shown));
        on_cleanup(move || {
            panel.legend.try_set(None);
        });
    }
    view! {
        <ul class="legend">
            {move || head.with(|head| (!head.is_empty()).then(|| view! {
                <li class="legend-head" aria-hidden="true">
                    {head.iter().map(|it| view! { <span>{it.clone()}</span> }).collect_view()}
                </li>
            }))}
            {move || items.get().into_iter().map(|item| {
                let series = item.series;
                let off = move || hidden.with(|it| it.contains(&series));
                view! {
                    <li>
                        <button
                            type="button"
                            aria-pressed=move || (!off()).to_string()
                            class:off=off
                            on:click=move |_| hidden.update(|it| if !it.remove(&series) { it.insert(series); })
                        >
                            <i style:background=format!("var(--{})", item.ink.token())></i>
                            <span>{item.name}</span>
                            {item.figures.into_iter().map(|it| view! { <span class="num">{it}</span> }).collect_view()}
                        </button>
                    </li>
                }
            }).collect_view()}
        </ul>
    }
}
