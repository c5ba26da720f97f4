//! Reads and writes files: the text of cells, and Parquet.

pub mod cell;
pub mod parquet;
