//! What the page shows: the state of each point and centre, and of the store.

use serde::Serialize;

use crate::points::Point;

/// How far a point can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    /// Read lately, and it moves.
    Good,
    /// Read lately, but its value has not changed for long.
    Stuck,
    /// Not read for long.
    Gap,
    /// Nothing came yet.
    Waiting,
}

/// The state of one point.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PointStatus {
    /// The point.
    pub point: Point,
    /// The last value as read, times the factor.
    pub value: Option<f64>,
    /// When it was measured.
    pub at: Option<i64>,
    /// Seconds since.
    pub age_seconds: Option<i64>,
    /// Seconds that the value has not changed.
    pub unchanged_seconds: Option<i64>,
    /// How far it can be relied on.
    pub quality: Quality,
    /// The start of the first bucket of `last_day`.
    pub last_day_from: i64,
    /// The buckets of the last 24 hours; a gap is none.
    pub last_day: Vec<Option<f64>>,
}

/// The state of one centre as the store knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CentreStatus {
    /// Its name in the settings.
    pub name: String,
    /// Values of yesterday that it accepted.
    pub yesterday_sent: u64,
    /// Values of yesterday.
    pub yesterday_all: u64,
    /// Values that wait to be sent.
    pub waiting: u64,
    /// Entries that it refused and nobody dealt with.
    pub rejected: u64,
    /// The start of the oldest value that waits.
    pub oldest_waiting: Option<i64>,
}

/// The state of the engine.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Status {
    /// The points in the order of their table.
    pub points: Vec<PointStatus>,
    /// The centres in the order of the settings.
    pub centres: Vec<CentreStatus>,
    /// Bytes that the store takes.
    pub disk_used: u64,
    /// Bytes that it may take.
    pub disk_bound: u64,
    /// Whether the store could not write: values wait in memory.
    pub disk_full: bool,
    /// The start of the oldest bucket that is kept.
    pub kept_since: Option<i64>,
}

/// What became of a batch of samples.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Samples that moved their points on.
    pub counted: usize,
    /// Samples that were known already, or lie before the last of their point.
    pub old: usize,
    /// Samples that are not plausible and wait for the next one to confirm them.
    pub held: usize,
    /// Points that nobody declared.
    pub unknown: Vec<String>,
    /// Whether everything taken so far is on disk.
    pub on_disk: bool,
}
