//! The panel: title, grey subtitle, tools at the right, body, a one-line note. Its tools follow its content:
//! a chart or a table registers itself in [`PanelContent`] and thereby can be toggled, exported and enlarged.

mod tools;

use std::sync::Arc;

use leptos::context::Provider;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use nengce_charts::layout::picture::Entry;
use nengce_charts::scene::Scene;

use crate::export::TableData;
use tools::Tools;

/// What a panel knows of the chart or table inside it.
#[derive(Clone, Copy)]
pub struct PanelContent {
    /// The rows shown, for the toggle and for CSV and XLSX.
    pub table: RwSignal<Option<Signal<TableData>>>,
    /// The scene last drawn, for PNG; `None` in a panel without a chart.
    pub scene: RwSignal<Option<Arc<Scene>>>,
    /// True shows the table instead of the chart.
    pub as_table: RwSignal<bool>,
    pub enlarged: RwSignal<bool>,
    /// The series shown, by colour and name, for PNG; `None` where the chart names them itself.
    pub legend: RwSignal<Option<Signal<Vec<Entry>>>>,
    id: &'static str,
    tables: StoredValue<u32>,
}

impl PanelContent {
    /// The key of the address under which the next table of this panel keeps its order; none without an id.
    pub fn sort_key(self) -> Option<String> {
        let number = self.tables.get_value() + 1;
        self.tables.set_value(number);
        on_cleanup(move || {
            self.tables.try_update_value(|it| *it -= 1);
        });
        match (self.id, number) {
            ("", _) => None,
            (id, 1) => Some(format!("sort-{id}")),
            (id, n) => Some(format!("sort-{id}-{n}")),
        }
    }
}

/// The panel this is called in, if any.
pub fn use_panel() -> Option<PanelContent> {
    use_context::<PanelContent>()
}

#[component]
pub fn Panel(
    #[prop(into)] title: Signal<String>,
    /// Unit · basis · period · scope.
    #[prop(optional, into)]
    subtitle: Signal<String>,
    /// Source and certainty, one line under the body.
    #[prop(optional, into)]
    note: Signal<String>,
    /// Grid class of the page's layout.
    #[prop(optional)]
    class: &'static str,
    #[prop(optional)] id: &'static str,
    children: Children,
) -> impl IntoView {
    let content = PanelContent {
        table: RwSignal::new(None),
        scene: RwSignal::new(None),
        as_table: RwSignal::new(false),
        enlarged: RwSignal::new(false),
        legend: RwSignal::new(None),
        id,
        tables: StoredValue::new(0),
    };
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" && content.enlarged.get_untracked() {
            event.stop_propagation();
            content.enlarged.set(false);
        }
    };
    view! {
        <section
            class=move || format!("panel {class}{}", if content.enlarged.get() { " enlarged" } else { "" })
            id=(!id.is_empty()).then_some(id)
            aria-label=title
            on:keydown=escape
        >
            <div class="panel-head">
                <h2>{title}</h2>
                <p class="subtitle">{subtitle}</p>
                <Tools content title subtitle />
            </div>
            <div class="panel-body"><Provider value=content>{children()}</Provider></div>
            {move || Some(note.get()).filter(|it| !it.is_empty()).map(|it| view! { <p class="panel-note">{it}</p> })}
        </section>
    }
}
