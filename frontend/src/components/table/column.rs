//! A column: its head, what it shows, what it exports, what it sorts by, and whether a narrow screen keeps it.

use leptos::prelude::*;

use super::line::Line;
use crate::export::Cell;

/// What a column sorts by.
#[derive(Debug, Clone, PartialEq)]
pub enum SortKey {
    Text(String),
    Number(Option<f64>),
}

type Show<R> = Box<dyn Fn(&R) -> AnyView + Send + Sync>;
/// The cell of a row.
pub type Data<R> = Box<dyn Fn(&R) -> Cell + Send + Sync>;
type Sort<R> = Box<dyn Fn(&R) -> SortKey + Send + Sync>;

pub struct Column<R> {
    pub head: Signal<String>,
    /// The unit, grey after the head.
    pub unit: String,
    pub number: bool,
    pub in_narrow: bool,
    pub show: Option<Show<R>>,
    pub data: Data<R>,
    pub sort: Option<Sort<R>>,
    /// The columns of a file that stand for this one; `None` where the file has the column itself.
    pub in_file: Option<Vec<(String, Data<R>)>>,
    /// Extra class of the column's cells.
    pub class: &'static str,
}

impl<R> Column<R> {
    /// A column of text or figures; figures are right-aligned.
    pub fn new(
        head: impl Into<Signal<String>>,
        data: impl Fn(&R) -> Cell + Send + Sync + 'static,
    ) -> Self {
        Self {
            head: head.into(),
            unit: String::new(),
            number: false,
            in_narrow: false,
            show: None,
            data: Box::new(data),
            sort: None,
            in_file: None,
            class: "",
        }
    }

    /// Right-aligned.
    pub fn number(mut self) -> Self {
        self.number = true;
        self
    }

    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = unit.into();
        self
    }

    /// Shown on a narrow screen too (4–5 columns are).
    pub fn in_narrow(mut self) -> Self {
        self.in_narrow = true;
        self
    }

    /// Shows something else than the exported text: a link, a badge, a mark.
    pub fn show<V: IntoView + 'static>(
        mut self,
        show: impl Fn(&R) -> V + Send + Sync + 'static,
    ) -> Self {
        self.show = Some(Box::new(move |row| show(row).into_any()));
        self
    }

    pub fn sort(mut self, by: impl Fn(&R) -> SortKey + Send + Sync + 'static) -> Self {
        self.sort = Some(Box::new(by));
        self
    }

    /// Sorts by a figure.
    pub fn sort_number(self, by: impl Fn(&R) -> Option<f64> + Send + Sync + 'static) -> Self {
        self.sort(move |row| SortKey::Number(by(row)))
    }

    /// Sorts by a text.
    pub fn sort_text(self, by: impl Fn(&R) -> String + Send + Sync + 'static) -> Self {
        self.sort(move |row| SortKey::Text(by(row)))
    }

    /// In files a column of its own for each part; none where other columns hold the same.
    pub fn in_file(mut self, parts: Vec<(String, Data<R>)>) -> Self {
        self.in_file = Some(parts);
        self
    }

    pub fn class(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }

    /// Head and unit, as exported; tracked.
    pub fn title(&self) -> String {
        let head = self.head.get();
        if self.unit.is_empty() { head } else { format!("{head} {}", self.unit) }
    }

    /// The titles of this column in a file; tracked.
    pub fn file_titles(&self) -> Vec<String> {
        match &self.in_file {
            Some(parts) => parts.iter().map(|(title, _)| title.clone()).collect(),
            None => vec![self.title()],
        }
    }

    /// The cells of a row under [`Self::file_titles`].
    pub fn file_cells(&self, row: &R) -> Vec<Cell> {
        match &self.in_file {
            Some(parts) => parts.iter().map(|(_, cell)| cell(row)).collect(),
            None => vec![(self.data)(row)],
        }
    }

    /// The classes of a cell of this column.
    pub fn classes(&self) -> String {
        let mut classes = String::from(self.class);
        for (set, class) in [(self.number, " num"), (!self.in_narrow, " wide")] {
            if set {
                classes.push_str(class);
            }
        }
        classes
    }

    pub fn cell(&self, row: &R) -> AnyView {
        match &self.show {
            Some(show) => show(row),
            None => (self.data)(row).shown().into_any(),
        }
    }
}

impl<R: 'static> Column<R> {
    /// The same column over rows of any kind.
    pub(super) fn erased(self) -> Column<Line> {
        let of_line = |data: Data<R>| -> Data<Line> {
            Box::new(move |line| line.row().map_or_else(|| Cell::text(""), &data))
        };
        Column {
            head: self.head,
            unit: self.unit,
            number: self.number,
            in_narrow: self.in_narrow,
            class: self.class,
            show: self.show.map(|show| -> Show<Line> {
                Box::new(move |line| line.row().map_or_else(|| ().into_any(), &show))
            }),
            data: of_line(self.data),
            in_file: self.in_file.map(|parts| {
                parts.into_iter().map(|(title, data)| (title, of_line(data))).collect()
            }),
            sort: self.sort.map(|sort| -> Sort<Line> {
                Box::new(move |line| line.row().map_or(SortKey::Number(None), &sort))
            }),
        }
    }
}
