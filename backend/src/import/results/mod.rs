//! What people are told about a file: its preview, notes, rejected rows and the report of an import.

pub mod notes;
pub mod preview;
pub mod rejected_rows;
pub mod report;
