//! Points, arithmetic and the local store of a terminal. Every time is in seconds of the wall clock of the city since
//! 1970-01-01 00:00:00; the clock itself is read by the caller.

#![warn(missing_docs)]

mod arithmetic;
mod calendar;
mod engine;
mod error;
mod keep;
pub mod points;
mod settings;
mod status;
mod values;

pub use calendar::{BUCKET, DAY, civil, seconds_of, stamp};
pub use engine::Engine;
pub use error::EngineError;
pub use keep::{Exporter, LogEntry, Rejected, RejectedState};
pub use points::{Kind, Multiplier, Point};
pub use settings::Settings;
pub use status::{CentreStatus, PointStatus, Quality, Status, Taken};
pub use values::{Due, ManualValue, Marks, Period, Refused, Sample};
