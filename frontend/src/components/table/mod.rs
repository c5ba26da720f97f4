//! The sortable table: sticky head and first column, total row first, in-cell marks, virtual rows when there are many,
//! and a narrow mode that keeps the columns marked `keep` and opens a row for the rest. Asks nobody for data.

mod body;
mod column;
mod head;

use std::cmp::Ordering;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use crate::components::panel::use_panel;
use crate::export::TableData;
use body::Rows;
pub use column::{Column, SortKey};
use head::Head;

/// Above this many rows only those in view are in the document.
const VIRTUAL_FROM: usize = 120;

/// Which column sorts, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sorting {
    pub column: usize,
    pub descending: bool,
}

#[component]
pub fn DataTable<R>(
    /// Accessible name.
    #[prop(into)]
    label: Signal<String>,
    columns: Vec<Column<R>>,
    #[prop(into)] rows: Signal<Vec<R>>,
    /// What makes a row the same row after a refresh.
    key: fn(&R) -> String,
    /// A row of the whole, kept first.
    #[prop(optional, into)]
    total: Signal<Option<R>>,
    #[prop(optional, into)] sorting: Option<RwSignal<Option<Sorting>>>,
    /// Click or Enter on a row; its key.
    #[prop(optional, into)]
    on_pick: Option<Callback<String>>,
    /// The key of the chosen row.
    #[prop(optional, into)]
    chosen: Signal<Option<String>>,
    /// Said instead of rows when there are none.
    #[prop(optional, into)]
    empty: Signal<String>,
) -> impl IntoView
where
    R: Clone + PartialEq + Send + Sync + 'static,
{
    let columns = Arc::new(columns);
    let sorting = sorting.unwrap_or_else(|| RwSignal::new(None));
    let sorted = {
        let columns = columns.clone();
        Memo::new(move |_| sort(rows.get(), &columns, sorting.get()))
    };
    if let Some(panel) = use_panel() {
        let columns = columns.clone();
        panel.table.set(Some(Signal::derive(move || TableData {
            head: columns.iter().map(Column::title).collect(),
            rows: total
                .get()
                .into_iter()
                .chain(sorted.get())
                .map(|row| columns.iter().map(|column| (column.data)(&row)).collect())
                .collect(),
        })));
    }
    let many = Memo::new(move |_| rows.with(Vec::len) > VIRTUAL_FROM);
    let top = RwSignal::new(0.0);
    let scroller = NodeRef::<html::Div>::new();
    view! {
        <div
            class="table-scroll"
            class:virtual=many
            node_ref=scroller
            tabindex=move || (many.get() || on_pick.is_none()).then_some("0")
            on:scroll=move |_| {
                if let Some(it) = scroller.get_untracked().filter(|_| many.get_untracked()) {
                    top.set(f64::from(it.scroll_top()));
                }
            }
        >
            <table class="data" aria-rowcount=move || (rows.with(Vec::len) + 1).to_string()>
                <caption class="sr">{label}</caption>
                <Head columns=columns.clone() sorting />
                <Rows columns sorted key total on_pick chosen many top />
            </table>
            {move || (rows.with(Vec::is_empty) && !empty.with(String::is_empty)).then(|| view! { <p class="state">{empty}</p> })}
        </div>
    }
}

fn sort<R>(mut rows: Vec<R>, columns: &[Column<R>], sorting: Option<Sorting>) -> Vec<R> {
    let Some(sorting) = sorting else { return rows };
    let Some(by) = columns.get(sorting.column).and_then(|it| it.sort.as_ref()) else {
        return rows;
    };
    rows.sort_by(|a, b| by(a).order(&by(b), sorting.descending));
    rows
}

impl SortKey {
    /// Missing figures stay last whichever way the column is sorted.
    fn order(&self, other: &Self, descending: bool) -> Ordering {
        let forward = match (self, other) {
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Number(a), Self::Number(b)) => match (a, b) {
                (Some(a), Some(b)) => a.total_cmp(b),
                (Some(_), None) => return Ordering::Less,
                (None, Some(_)) => return Ordering::Greater,
                (None, None) => Ordering::Equal,
            },
            (Self::Text(_), Self::Number(_)) => Ordering::Less,
            (Self::Number(_), Self::Text(_)) => Ordering::Greater,
        };
        if descending {
            forward.reverse()
        } else {
            forward
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Cell;

    #[test]
    fn missing_figures_are_last_both_ways() {
        let columns = vec![
            Column::<Option<f64>>::new("x", |row| Cell::Figure(*row, 1))
                .sort(|row| SortKey::Number(*row)),
        ];
        let rows = vec![Some(2.0), None, Some(-1.0)];
        let by = |descending| {
            Some(Sorting {
                column: 0,
                descending,
            })
        };
        assert_eq!(
            sort(rows.clone(), &columns, by(false)),
            vec![Some(-1.0), Some(2.0), None]
        );
        assert_eq!(
            sort(rows.clone(), &columns, by(true)),
            vec![Some(2.0), Some(-1.0), None]
        );
        assert_eq!(sort(rows.clone(), &columns, None), rows);
    }
}
