//! The rows: the total first, then those in view; on a narrow screen a row opens for the columns left out.

use std::sync::Arc;

use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::Column;
use super::line::Line;
use crate::components::selecting::is_long_press;

/// Height of a row of a virtual table, as the style sheet has it.
const ROW: f64 = 32.0;
const IN_VIEW: usize = 40;

#[component]
pub fn Rows(
    columns: Arc<Vec<Column<Line>>>,
    sorted: Memo<Vec<Line>>,
    total: Signal<Option<Line>>,
    on_select: Option<Callback<String>>,
    selected: Signal<Vec<String>>,
    many: Memo<bool>,
    /// How far the table is scrolled.
    top: RwSignal<f64>,
) -> impl IntoView {
    let first =
        Memo::new(
            move |_| {
                if many.get() { ((top.get() / ROW) as usize).saturating_sub(6) } else { 0 }
            },
        );
    let shown = Memo::new(move |_| {
        sorted.with(|rows| {
            let first = first.get().min(rows.len());
            let last = if many.get() { (first + IN_VIEW).min(rows.len()) } else { rows.len() };
            rows[first..last].to_vec()
        })
    });
    let below = move || {
        let rest = sorted.with(Vec::len).saturating_sub(first.get() + shown.with(Vec::len));
        rest as f64 * ROW
    };
    let span = columns.len().to_string();
    let opened = RwSignal::new(None::<String>);
    let total_cells = columns.clone();
    view! {
        <tbody>
            {move || total.get().map(|row| view! { <tr class="total">{cells(&total_cells, &row)}</tr> })}
            <Spacer height=Signal::derive(move || first.get() as f64 * ROW) span=span.clone() />
            <For
                each=move || shown.get()
                // The whole row is the key: a changed row is drawn anew, an unchanged one is left alone.
                key=Line::clone
                children=move |row| {
                    let name = row.key.clone();
                    let (mine, open, select, press, hold) = (name.clone(), name.clone(), name.clone(), name.clone(), name);
                    let selected_row = Memo::new(move |_| selected.with(|it| it.contains(&mine)));
                    let is_open = Memo::new(move |_| opened.with(|it| it.as_ref() == Some(&open)));
                    let act = move |name: &String| {
                        if let Some(on_select) = on_select {
                            on_select.run(name.clone());
                        }
                        // A wide screen leaves nothing out, and a new row would move the whole table.
                        if is_narrow() {
                            opened.update(|it| *it = (it.as_ref() != Some(name)).then(|| name.clone()));
                        }
                    };
                    let details = columns.clone();
                    let detail_row = row.clone();
                    view! {
                        <tr
                            class:selected=selected_row
                            class:selectable=on_select.is_some()
                            tabindex=on_select.is_some().then_some("0")
                            on:click=move |event: MouseEvent| if !on_control(&event) { act(&select) }
                            on:contextmenu=move |event: MouseEvent| if on_select.is_some() && is_long_press(&event) {
                                event.prevent_default();
                                act(&hold);
                            }
                            on:keydown=move |event: KeyboardEvent| {
                                let space = event.key() == " " && on_select.is_some();
                                if (space || event.key() == "Enter") && !on_control(&event) {
                                    event.prevent_default();
                                    act(&press);
                                }
                            }
                        >
                            {cells(&columns, &row)}
                        </tr>
                        <Show when=move || is_open.get()>
                            <tr class="row-more">
                                <td colspan=details.len().to_string()>{more(&details, &detail_row)}</td>
                            </tr>
                        </Show>
                    }
                }
            />
            <Spacer height=Signal::derive(below) span />
        </tbody>
    }
}

fn cells(columns: &[Column<Line>], row: &Line) -> impl IntoView + use<> {
    columns
        .iter()
        .enumerate()
        .map(|(index, column)| match index {
            0 => {
                view! { <th scope="row" class=column.classes()>{column.cell(row)}</th> }.into_any()
            }
            _ => view! { <td class=column.classes()>{column.cell(row)}</td> }.into_any(),
        })
        .collect_view()
}

/// What a narrow screen leaves out, as name and value.
fn more(columns: &[Column<Line>], row: &Line) -> impl IntoView + use<> {
    let left_out = columns
        .iter()
        .filter(|column| !column.in_narrow)
        .map(|column| view! { <div><dt>{column.title()}</dt><dd>{column.cell(row)}</dd></div> })
        .collect_view();
    view! { <dl>{left_out}</dl> }
}

#[component]
fn Spacer(#[prop(into)] height: Signal<f64>, span: String) -> impl IntoView {
    view! {
        <Show when=move || { height.get() > 0.0 }>
            <tr class="spacer" aria-hidden="true">
                <td colspan=span.clone() style:height=move || format!("{}px", height.get())></td>
            </tr>
        </Show>
    }
}

fn is_narrow() -> bool {
    let found = window().match_media("(max-width: 767px)");
    found.is_ok_and(|it| it.is_some_and(|it| it.matches()))
}

/// A link or button inside the row acts for itself.
fn on_control(event: &web_sys::Event) -> bool {
    event
        .target()
        .and_then(|it| it.dyn_into::<web_sys::Element>().ok())
        .and_then(|it| it.closest("a,button,input").ok().flatten())
        .is_some()
}
