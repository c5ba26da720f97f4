//! The rows of a chart as a plain table: read by those who cannot see the canvas, shown to all on demand.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use crate::export::TableData;
use crate::frame_delay::delayed;

/// Frames after which the charts of a page have been painted.
const AFTER_ALL: u32 = 4;

/// Rows that stand ready; the rest of a longer table is made when it is shown.
const READY_ROWS: usize = 500;

#[component]
pub fn RowsTable(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] table: Signal<TableData>,
    #[prop(into)] visible: Signal<bool>,
    /// What takes the focus when the table takes the chart's place.
    node: NodeRef<html::Div>,
    /// Back to the chart: T or Escape.
    back: Callback<()>,
) -> impl IntoView {
    // Read aloud or on demand: after what is seen.
    let table = delayed(table, AFTER_ALL);
    let most = Memo::new(move |_| if visible.get() { usize::MAX } else { READY_ROWS });
    let key = move |event: KeyboardEvent| {
        if visible.get_untracked() && matches!(event.key().as_str(), "t" | "T" | "Escape") {
            event.prevent_default();
            event.stop_propagation();
            back.run(());
        }
    };
    view! {
        <div
            class=move || if visible.get() { "rows-table" } else { "sr" }
            node_ref=node
            tabindex=move || visible.get().then_some("0")
            role="group"
            aria-label=label
            on:keydown=key
        >
            <table class="data">
                <caption class="sr">{label}</caption>
                {move || table.with(|table| {
                    let figures: Vec<bool> = (0..table.head.len())
                        .map(|at| table.rows.iter().any(|row| row.get(at).is_some_and(|it| it.is_figure())))
                        .collect();
                    let class = |at: usize| if figures.get(at) == Some(&true) { "num" } else { "" };
                    let head = table.head.iter().enumerate()
                        .map(|(at, name)| view! { <th scope="col" class=class(at)>{name.clone()}</th> })
                        .collect_view();
                    let most = if table.rows.len() > READY_ROWS { most.get() } else { READY_ROWS };
                    let rows = table.rows.iter().take(most).map(|row| {
                        let cells = row.iter().enumerate()
                            .map(|(at, cell)| view! { <td class=class(at)>{cell.shown()}</td> })
                            .collect_view();
                        view! { <tr>{cells}</tr> }
                    }).collect_view();
                    view! { <thead><tr>{head}</tr></thead><tbody>{rows}</tbody> }
                })}
            </table>
        </div>
    }
}
