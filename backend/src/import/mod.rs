//! Turns files into readings and rows: named columns in any order, every rejected row kept with its line and reason.
//! Reads no clock, and uses only the store's reader of columnar files; `http/` stores the result.

mod cell_problem;
pub mod check;
pub mod checked_file;
pub mod limits;
pub mod lists;
pub mod mapping;
pub mod problem;
pub mod readings;
pub mod results;
pub mod sheet;
#[cfg(test)]
mod tests;
