//! Files of what is shown: CSV from a table's rows, PNG from a scene, XLSX and Parquet by the server. `save` offers them
//! as downloads.

pub mod csv;
pub mod period;
pub mod png;
pub mod save;
pub mod server_file;
pub mod source;

use nengce_shared::number;

/// One cell of the table behind a chart or list.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Text(String),
    /// A figure with its decimals; `None` is missing, never 0.
    Figure(Option<f64>, usize),
    /// A fraction shown as a percentage.
    Percent(Option<f64>),
    /// A share of what was expected: 100% only when nothing is missing.
    Completeness(Option<f64>),
    /// A fraction shown as a signed change.
    Change(Option<f64>),
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// As the screen shows it.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Figure(value, decimals) => number::grouped_or_missing(*value, *decimals),
            Self::Percent(value) => number::percent(*value),
            Self::Completeness(value) => number::completeness(*value),
            Self::Change(value) => number::signed_percent(*value),
        }
    }

    /// The number a spreadsheet should hold, and its decimals; percentages as percents.
    fn plain(&self) -> Option<(f64, usize)> {
        match self {
            Self::Text(_) => None,
            Self::Figure(value, decimals) => value.map(|it| (it, (*decimals).max(4))),
            Self::Percent(value) | Self::Completeness(value) | Self::Change(value) => {
                value.map(|it| (it * 100.0, 4))
            }
        }
    }

    pub fn number(&self) -> Option<String> {
        self.plain().map(|(value, decimals)| number::plain(value, decimals))
    }

    /// As `number`, not written out.
    pub fn value(&self) -> Option<f64> {
        let (value, decimals) = self.plain()?;
        let scale = 10f64.powi(decimals as i32);
        Some((value * scale).round() / scale).filter(|it| it.is_finite())
    }

    fn is_percent(&self) -> bool {
        matches!(self, Self::Percent(_) | Self::Completeness(_) | Self::Change(_))
    }

    pub fn is_figure(&self) -> bool {
        !matches!(self, Self::Text(_))
    }
}

/// The rows behind a chart or list, as read aloud, toggled to, and exported.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableData {
    pub head: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

impl TableData {
    /// The head of a file: plain percents say that they are.
    pub fn titles(&self) -> Vec<String> {
        let in_percent = |at: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(at));
            cells.into_iter().any(Cell::is_percent)
        };
        let title = |(at, head): (usize, &String)| match in_percent(at) && !head.contains('%') {
            true => format!("{head} %"),
            false => head.clone(),
        };
        self.head.iter().enumerate().map(title).collect()
    }
}

/// What every exported file says of itself: title, filters in words, period, unit, basis, data time, source, date.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Caption {
    /// The page, where its name is not the title.
    pub page: Option<String>,
    pub title: String,
    pub subtitle: String,
    pub filters: String,
    pub source: String,
}

impl Caption {
    /// Page, title, filters and period.
    pub fn file_name(&self, extension: &str) -> String {
        let parts = [self.page.as_deref().unwrap_or_default(), &self.title, &self.filters];
        save::file_name(&parts.join(" "), extension)
    }
}
