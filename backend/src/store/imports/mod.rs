//! Imports in the database: rows of lists, saved column mappings, bulk uploads, and files of columns.

pub mod bulk_uploads;
pub mod column_files;
pub mod lists;
pub mod temperatures;
