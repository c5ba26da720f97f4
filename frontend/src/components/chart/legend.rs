//! A legend whose entries switch their series off and on. Which series are hidden is the page's signal.

use std::collections::BTreeSet;

use leptos::prelude::*;
use nengce_charts::layout::picture::{Entry, Form};
use nengce_charts::scene::Dash;
use nengce_charts::scene::palette::Ink;

use crate::components::panel::use_panel;

/// One entry: the series' number, how it is drawn, its colour, its name.
#[derive(Debug, Clone, PartialEq)]
pub struct LegendItem {
    pub series: usize,
    pub form: Form,
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
            on.map(|it| Entry { form: it.form, ink: it.ink, name: it.name }).collect()
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
                            <i
                                class=class(item.form)
                                style:background=(!is_line(item.form)).then(|| colour(item.ink))
                                style:color=is_line(item.form).then(|| colour(item.ink))
                            ></i>
                            <span>{item.name}</span>
                            {item.figures.into_iter().map(|it| view! { <span class="num">{it}</span> }).collect_view()}
                        </button>
                    </li>
                }
            }).collect_view()}
        </ul>
    }
}

fn is_line(form: Form) -> bool {
    matches!(form, Form::Line(_))
}

/// In black and white an area's colour is a pattern, which only a background can be.
fn colour(ink: Ink) -> String {
    format!("var(--{})", ink.token())
}

fn class(form: Form) -> &'static str {
    match form {
        Form::Area => "",
        Form::Line(Dash::Solid) => "line",
        Form::Line(Dash::Dashed) => "line dashed",
        Form::Line(Dash::Dotted) => "line dotted",
        Form::Dot => "dot",
    }
}
