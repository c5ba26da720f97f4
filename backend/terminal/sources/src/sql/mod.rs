//! Databases: a named query of the settings, of whose first row a column is the value.
mod address;
#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "postgresql")]
mod postgresql;
mod reader;
mod row;
#[cfg(feature = "sqlserver")]
mod sqlserver;
#[cfg(feature = "sqlserver")]
mod sqlserver_cell;

pub(crate) use address::Address;
pub(crate) use reader::Reader;
