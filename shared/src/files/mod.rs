//! Files as people have them: the text of cells, and the head of a Parquet file.

pub mod cell;
pub mod parquet;
