//! The sortable table: sticky head and first column, total row first, in-cell marks, virtual rows when there are many,
//! and a narrow mode that keeps the columns marked `in_narrow` and opens a row for the others. Sends no requests.

mod body;
mod column;
mod head;
mod line;

use std::cmp::Ordering;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use crate::components::panel::use_panel;
use crate::export::TableData;
use crate::style::theme::use_theme;
use crate::url_state::use_url_state;
use body::Rows;
pub use column::{Column, Data, SortKey};
use head::Head;
use line::Line;

/// Above this many rows only those in view are in the document.
const VIRTUAL_FROM: usize = 120;

/// Which column sorts, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sorting {
    pub column: usize,
    pub descending: bool,
}

impl Sorting {
    /// As the address has it: the column counted from 1, then `d` when it descends.
    fn word(self) -> String {
        let way = if self.descending { "d" } else { "" };
        format!("{}{way}", self.column + 1)
    }

    fn read(word: &str) -> Option<Self> {
        let column = word.trim_end_matches('d');
        Some(Self {
            column: column.parse::<usize>().ok()?.checked_sub(1)?,
            descending: column.len() < word.len(),
        })
    }
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
    on_select: Option<Callback<String>>,
    /// The keys of the selected rows.
    #[prop(optional, into)]
    selected: Signal<Vec<String>>,
    /// Said instead of rows when there are none.
    #[prop(optional, into)]
    empty: Signal<String>,
) -> impl IntoView
where
    R: Clone + PartialEq + Send + Sync + 'static,
{
    let columns = columns.into_iter().map(Column::erased).collect();
    let lines = Signal::derive(move || {
        let row = |row| Line::new(key(&row), row);
        rows.get().into_iter().map(row).collect()
    });
    let total = Signal::derive(move || total.get().map(|row| Line::new(key(&row), row)));
    view! { <LinesTable label columns lines total sorting on_select selected empty /> }
}

/// The table itself, the same for rows of every kind: one copy of it in the program.
#[component]
fn LinesTable(
    label: Signal<String>,
    columns: Vec<Column<Line>>,
    lines: Signal<Vec<Line>>,
    total: Signal<Option<Line>>,
    sorting: Option<RwSignal<Option<Sorting>>>,
    on_select: Option<Callback<String>>,
    selected: Signal<Vec<String>>,
    empty: Signal<String>,
) -> impl IntoView {
    let (rows, columns) = (lines, Arc::new(columns));
    let sorting = sorting.unwrap_or_else(|| RwSignal::new(None));
    let sorted = {
        let columns = columns.clone();
        Memo::new(move |_| sort(rows.get(), &columns, sorting.get()))
    };
    let panel = use_panel();
    // The address keeps what the reader sorted by; a table without a place in it sorts all the same.
    if let Some(key) = panel.and_then(|it| it.sort_key()) {
        let url = use_url_state();
        if let Some(kept) = untrack(|| url.get(&key)).as_deref().and_then(Sorting::read) {
            sorting.set(Some(kept));
        }
        let first = sorting.get_untracked();
        Effect::new(move |before: Option<Option<Sorting>>| {
            let now = sorting.get();
            if before.unwrap_or(first) != now {
                url.replace(&[(&key, now.map(Sorting::word))]);
            }
            now
        });
    }
    if let Some(panel) = panel {
        let columns = columns.clone();
        panel.table.set(Some(Signal::derive(move || TableData {
            head: columns.iter().flat_map(Column::file_titles).collect(),
            rows: total
                .get()
                .into_iter()
                .chain(sorted.get())
                .map(|row| columns.iter().flat_map(|column| column.file_cells(&row)).collect())
                .collect(),
        })));
    }
    let printing = use_theme().print.printing;
    // Paper holds every row.
    let many = Memo::new(move |_| rows.with(Vec::len) > VIRTUAL_FROM && !printing.get());
    let top = RwSignal::new(0.0);
    let scroller = NodeRef::<html::Div>::new();
    view! {
        <div
            class="table-scroll"
            class:virtual=many
            node_ref=scroller
            tabindex=move || (many.get() || on_select.is_none()).then_some("0")
            on:scroll=move |_| {
                if let Some(it) = scroller.get_untracked().filter(|_| many.get_untracked()) {
                    top.set(f64::from(it.scroll_top()));
                }
            }
        >
            <table class="data" aria-rowcount=move || (rows.with(Vec::len) + 1).to_string()>
                <caption class="sr">{label}</caption>
                <Head columns=columns.clone() sorting />
                <Rows columns sorted total on_select selected many top />
            </table>
            {move || (rows.with(Vec::is_empty) && !empty.with(String::is_empty)).then(|| view! { <p class="state">{empty}</p> })}
        </div>
    }
}

fn sort(mut rows: Vec<Line>, columns: &[Column<Line>], sorting: Option<Sorting>) -> Vec<Line> {
    let Some(sorting) = sorting else { return rows };
    let Some(by) = columns.get(sorting.column).and_then(|it| it.sort.as_ref()) else {
        return rows;
    };
    rows.sort_by_cached_key(|row| Rank(by(row), sorting.descending));
    rows
}

/// A sort key with the way it is sorted.
struct Rank(SortKey, bool);

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.order(&other.0, self.1)
    }
}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Rank {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Rank {}

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
        if descending { forward.reverse() } else { forward }
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
                .sort(|row| SortKey::Number(*row))
                .erased(),
        ];
        let lines = |rows: &[Option<f64>]| -> Vec<Line> {
            rows.iter().map(|it| Line::new(format!("{it:?}"), *it)).collect()
        };
        let rows = lines(&[Some(2.0), None, Some(-1.0)]);
        let by = |descending| Some(Sorting { column: 0, descending });
        let up = lines(&[Some(-1.0), Some(2.0), None]);
        let down = lines(&[Some(2.0), Some(-1.0), None]);
        assert!(sort(rows.clone(), &columns, by(false)) == up);
        assert!(sort(rows.clone(), &columns, by(true)) == down);
        assert!(sort(rows.clone(), &columns, None) == rows);
    }

    #[test]
    fn the_address_keeps_column_and_way() {
        for (column, descending) in [(0, false), (11, true)] {
            let it = Sorting { column, descending };
            assert_eq!(Sorting::read(&it.word()), Some(it));
        }
        for word in ["", "d", "0", "x", "-1d"] {
            assert_eq!(Sorting::read(word), None, "{word}");
        }
    }
}
