//! CSV and XLSX files that another system puts into a folder.
mod address;
mod reader;
mod table;

pub(crate) use address::Address;
pub(crate) use reader::Reader;
