//! `GET /api/v1/units/{code}/audit-pack`: the tables of an energy audit, filled as far as the data reach, and their checks.

use super::wire;

wire! {
/// The pack of a unit for one year and the year before. Its tables are Chinese, as the form is.
pub struct AuditPack {
    /// The credit code of the unit.
    pub enterprise_code: String,
    /// The name of the unit.
    pub name: String,
    /// The audit year.
    pub year: i16,
    /// The local day on which the pack was made, `YYYY-MM-DD`.
    pub made_on: String,
    /// The data version.
    pub data_version: u64,
    /// The tables in the order of the form; the energy flow stands after table 21.
    pub sheets: Vec<PackSheet>,
    /// What was held against each other.
    pub checks: Vec<PackCheck>,
    /// The nodes of the energy flow figure.
    pub nodes: Vec<PackNode>,
    /// Its edges.
    pub edges: Vec<PackEdge>,
}
/// A text in both languages.
pub struct PackText {
    /// The Chinese text.
    pub zh: String,
    /// The English text.
    pub en: String,
}
/// One table. In the workbook its heads stand in row 3 and its first row in row 4.
pub struct PackSheet {
    /// The number of the form, such as `11.1`; `fig` for the energy flow.
    pub no: String,
    /// Its title.
    pub title: PackText,
    /// `filled`: from data; `partly`: some cells are left to the unit; `form`: all of them are.
    pub state: String,
    /// The heads of the columns.
    pub head: Vec<String>,
    /// The rows; none in an empty form.
    pub rows: Vec<Vec<PackCell>>,
    /// Where the figures come from, and what is not known.
    pub notes: Vec<PackText>,
}
/// A cell: a text, a figure, or neither where nothing is known.
pub struct PackCell {
    /// The text.
    pub text: Option<String>,
    /// The figure.
    pub number: Option<f64>,
    /// The figure is a fraction that is shown in percent.
    pub percent: bool,
}
/// One cross-check.
pub struct PackCheck {
    /// What is checked: `feedstock_calorific`, `comprehensive_calorific`, `process_within_plant`, …
    pub code: String,
    /// `ok`, `wrong`, or `unknown` where data are missing.
    pub state: String,
    /// The number of the table that holds the cell.
    pub sheet: String,
    /// The cell in the workbook, such as `C11`; null where no single cell is meant.
    pub cell: Option<String>,
    /// What is checked.
    pub title: PackText,
    /// The figure of the cell.
    pub found: Option<f64>,
    /// The figure that it is held against.
    pub against: Option<f64>,
    /// The unit of both.
    pub unit: String,
    /// Why it is right, wrong or unknown.
    pub reason: PackText,
    /// What to do; empty where it is right.
    pub remedy: PackText,
}
/// A source, a process or a use of energy.
pub struct PackNode {
    /// `source:3300`, `process:10`, `rest`, `output:1300`, `end`.
    pub id: String,
    /// The Chinese name.
    pub name: String,
    /// 0 source, 1 where it is used, 2 what becomes of it.
    pub column: u8,
    /// The energy type of a source or an output; else null.
    pub energy_type: Option<String>,
    /// The larger of what comes in and what goes out, tce, calorific.
    pub tce: f64,
}
/// Energy that flows from one node to another.
pub struct PackEdge {
    /// The id of the node it comes from.
    pub from: String,
    /// The id of the node it goes to.
    pub to: String,
    /// The energy type; null where types are mixed.
    pub energy_type: Option<String>,
    /// The quantity; null where it is no sum of one item.
    pub quantity: Option<f64>,
    /// The unit of the quantity in Chinese; empty without a quantity.
    pub unit: String,
    /// tce, calorific.
    pub tce: f64,
    /// The edge is a difference and no measured sum.
    pub inferred: bool,
}
}
