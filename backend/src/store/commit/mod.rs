//! The commit path: readings of a message in columns, conflicts with stored values, the statements of a group, and
//! the bounds of a sender.

pub mod batch;
pub mod columnar_batch;
pub mod conflicts;
mod day_set;
pub mod items;
pub mod pending_texts;
pub mod quarter_hours;
pub mod resolve;
pub mod sender_limits;
pub mod sender_usage;
pub mod statements;
mod upload_rows;
