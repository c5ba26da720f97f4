//! Files that people import, and bulk uploads of industry systems.

pub(in crate::http) mod body;
pub mod bulk;
mod bulk_commit;
pub mod bulk_results;
mod check;
mod commit;
pub mod files;
pub mod jobs;
pub mod profiles;
