//! The point table: what is read, how it is counted, and as which data item it is sent.

mod formula;
mod point;
mod sheet;
mod table;

pub use formula::{Formula, FormulaError};
pub use point::{Kind, Multiplier, Point};
pub use table::{PointProblem, Preview, check, preview, to_csv, to_xlsx};
