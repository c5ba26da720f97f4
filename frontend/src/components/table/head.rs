//! The head of a table: names, units, one arrow at the column that sorts; click or Enter sorts.

use std::sync::Arc;

use leptos::prelude::*;

use super::line::Line;
use super::{Column, Sorting};

#[component]
pub fn Head(columns: Arc<Vec<Column<Line>>>, sorting: RwSignal<Option<Sorting>>) -> impl IntoView {
    let cells = columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let numeric = column.number;
            let way = move || sorting.get().filter(|it| it.column == index).map(|it| it.descending);
            let aria = move || match way() {
                Some(true) => "descending",
                Some(false) => "ascending",
                None => "none",
            };
            let words = view! {
                <span>{column.head}</span>
                {(!column.unit.is_empty()).then(|| view! { " " <span class="unit">{column.unit.clone()}</span> })}
            };
            let sortable = column.sort.is_some();
            let inside = if sortable {
                // Figures start at the largest, names at the first.
                let flip = move |_| {
                    sorting.update(|it| {
                        let descending = it.filter(|it| it.column == index).map_or(numeric, |it| !it.descending);
                        *it = Some(Sorting { column: index, descending });
                    });
                };
                view! {
                    <button type="button" class="sort" on:click=flip>
                        {words}
                        <span class="arrow" aria-hidden="true">
                            {move || match way() { Some(true) => "↓", Some(false) => "↑", None => "" }}
                        </span>
                    </button>
                }
                .into_any()
            } else {
                words.into_any()
            };
            view! { <th scope="col" class=column.classes() aria-sort=sortable.then_some(aria)>{inside}</th> }
        })
        .collect_view();
    view! { <thead><tr>{cells}</tr></thead> }
}
