//! The kinds of deliberate faults: names in the file of faults, frequency, size, and what a fault needs to show.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// The kind of a planted fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// Nothing comes from the unit on some days.
    MissedDays,
    /// Nothing comes from the unit from a day on.
    Silent,
    /// Days are missed and sent later.
    LateBackfill,
    /// The day value repeats.
    Stuck,
    /// One interval carries a whole counter reading.
    CounterRestart,
    /// Values are a power of ten too large.
    UnitMixup,
    /// A value is below zero.
    Negative,
    /// A second upload sends another value for the same key.
    Duplicate,
    /// The meter drifts slowly.
    Drift,
    /// The calibration of a meter has expired.
    ExpiredMeter,
    /// The reported month is not the sum of its days.
    MonthMismatch,
    /// An entry has a data code that cannot be read.
    UnreadableCode,
    /// An entry has a data code that no dictionary knows.
    UnknownCode,
    /// The unit is listed and never sends anything.
    NeverUploads,
    /// The plant stands still; this is no fault.
    Shutdown,
    /// One item is missing while others come.
    ItemMissing,
    /// Some points of a day are missing.
    FewPoints,
    /// Days come late.
    LateUpload,
    /// A value lies outside the configured bounds.
    OutOfRange,
    /// A day is far from the usual, and the next days are not.
    Jump,
    /// An item is at zero while the unit runs.
    DeadMeter,
    /// A real-time value repeats for hours.
    StuckPoints,
    /// The reported day is not the sum of its points.
    DaySum,
    /// A stamp is off the start of its period.
    PeriodStart,
    /// The item is at zero from its first day on.
    DeadFromStart,
}

impl FaultKind {
    /// The name in the truth file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MissedDays => "missed_days",
            Self::Silent => "silent",
            Self::LateBackfill => "late_backfill",
            Self::Stuck => "stuck",
            Self::CounterRestart => "counter_restart",
            Self::UnitMixup => "unit_mixup",
            Self::Negative => "negative",
            Self::Duplicate => "duplicate_other_value",
            Self::Drift => "drift",
            Self::ExpiredMeter => "expired_meter",
            Self::MonthMismatch => "day_month_mismatch",
            Self::UnreadableCode => "unreadable_code",
            Self::UnknownCode => "unknown_code",
            Self::NeverUploads => "never_uploads",
            Self::Shutdown => "shutdown",
            Self::ItemMissing => "item_missing",
            Self::FewPoints => "few_points",
            Self::LateUpload => "late_upload",
            Self::OutOfRange => "out_of_range",
            Self::Jump => "jump",
            Self::DeadMeter => "dead_meter",
            Self::StuckPoints => "stuck_points",
            Self::DaySum => "day_sum_mismatch",
            Self::PeriodStart => "period_start_off",
            Self::DeadFromStart => "dead_from_start",
        }
    }

    /// The number of units with this fault in a city of 286.
    pub const fn count(self) -> usize {
        match self {
            Self::MissedDays => 22,
            Self::Silent => 6,
            Self::LateBackfill => 8,
            Self::Stuck => 6,
            Self::CounterRestart | Self::Negative | Self::Drift => 4,
            Self::UnitMixup => 4,
            Self::Duplicate => 6,
            Self::ExpiredMeter => 12,
            Self::MonthMismatch | Self::Shutdown => 5,
            Self::UnreadableCode | Self::UnknownCode => 2,
            Self::ItemMissing
            | Self::FewPoints
            | Self::OutOfRange
            | Self::Jump
            | Self::DeadMeter
            | Self::StuckPoints
            | Self::DaySum
            | Self::PeriodStart => 2,
            Self::NeverUploads | Self::LateUpload | Self::DeadFromStart => 0,
        }
    }

    /// Draws the number of days after the first day, and the amount (see [`Fault`](super::faults::Fault)).
    pub fn draw_size(self, random: &mut ChaCha8Rng) -> (i32, f64) {
        let mut between = |least: f64, most: f64| -> f64 {
            (least.ln() + random.random::<f64>() * (most / least).ln()).exp()
        };
        let amount = match self {
            Self::LateUpload => between(1.0, 12.0),
            Self::Negative => -between(0.05, 3.0),
            Self::OutOfRange => between(21.0, 60.0),
            Self::CounterRestart => between(10.0, 600.0),
            Self::Jump => between(2.2, 6.0),
            Self::StuckPoints => between(5.0, 7.9).floor(),
            Self::FewPoints => between(0.13, 0.8),
            Self::DaySum | Self::MonthMismatch => 1.0 + between(0.065, 0.6),
            Self::PeriodStart => between(2.0, 700.0),
            Self::UnitMixup => 10f64.powi(between(1.0, 4.99) as i32),
            _ => 0.0,
        };
        let days = match self {
            Self::Silent => between(6.0, 25.0),
            Self::Shutdown => between(3.0, 26.0),
            Self::Stuck => between(3.0, 10.0),
            Self::UnitMixup => between(1.0, 9.0),
            Self::DeadMeter | Self::ItemMissing | Self::MissedDays => between(0.6, 8.0),
            Self::FewPoints | Self::LateUpload | Self::DaySum => between(0.6, 3.0),
            Self::Jump | Self::PeriodStart | Self::Negative => between(0.6, 2.0),
            _ => 0.0,
        };
        (days as i32, amount)
    }

    /// Whether only real-time values show the fault.
    pub const fn needs_points(self) -> bool {
        matches!(self, Self::FewPoints | Self::StuckPoints | Self::DaySum)
    }

    /// Whether only a comparison with another item of the unit shows the fault.
    pub const fn is_relative(self) -> bool {
        matches!(self, Self::DeadMeter | Self::DeadFromStart)
    }
}
