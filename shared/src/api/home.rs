//! `GET /api/v1/home`: the first page of whoever asks: what is new, what is late, and what is theirs.

use super::wire;

wire! {
/// The first page of an account: a part for each of its tasks. What a role has nothing to do with is not there.
pub struct Home {
    /// The local day, `YYYY-MM-DD`.
    pub today: String,
    /// The parts, most pressing first.
    pub parts: Vec<HomePart>,
}
/// One task of a role: its figures, and the first rows of what stands behind them.
pub struct HomePart {
    /// The name of the part, such as `meters`.
    pub name: String,
    /// The title in Chinese.
    pub zh: String,
    /// The title in English.
    pub en: String,
    /// What the figures cover, in Chinese.
    pub about_zh: String,
    /// The same in English.
    pub about_en: String,
    /// The figures of the part over all units within the reader's reach.
    pub figures: Vec<HomeFigure>,
    /// The first rows, most urgent first.
    pub rows: Vec<HomeRow>,
    /// The number of all rows.
    pub rows_total: u64,
    /// The path of the portal's page that shows all of them.
    pub link: String,
}
/// A figure with the page that shows it.
pub struct HomeFigure {
    /// The name of the figure within its part, such as `overdue`.
    pub name: String,
    /// The label in Chinese.
    pub zh: String,
    /// The label in English.
    pub en: String,
    /// The figure in `unit_en`; null where it is not known.
    pub value: Option<f64>,
    /// The whole of which `value` is a part; null where there is none.
    pub of: Option<f64>,
    /// The unit in Chinese.
    pub unit_zh: String,
    /// The unit in English: `tce`, or what is counted.
    pub unit_en: String,
    /// The change against the same days of the year before, a fraction; null without a comparison.
    pub change: Option<f64>,
    /// Whether any of it is too much: it is late or wrong.
    pub is_late: bool,
    /// The path of the portal's page that shows the figure.
    pub link: String,
}
/// What stands behind a figure: a unit, a finding, a reason.
pub struct HomeRow {
    /// What it is, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// The path of the portal's page about it.
    pub link: String,
    /// What is the matter with it, in Chinese.
    pub note_zh: String,
    /// The same in English.
    pub note_en: String,
    /// Its figures, the same ones in each row of a part.
    pub figures: Vec<HomeFigure>,
}
}
