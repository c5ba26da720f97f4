//! What goes through the engine: samples in, values that are due out.

use nengce_shared::data_code::DataCode;
use nengce_shared::stat_type::StatType;
use serde::{Deserialize, Serialize};

/// One reading of one point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// The `id` of the point.
    pub point: String,
    /// When it was measured, in seconds of the wall clock.
    pub at: i64,
    /// The value as the source holds it, before factor and multiplier.
    pub value: f64,
}

/// What a value was made by, as bits: none for one that was measured throughout.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Marks(pub u8);

impl Marks {
    /// Measured.
    pub const NONE: Self = Self(0);
    /// Spread over a gap by interpolation.
    pub const INTERPOLATED: Self = Self(1);
    /// Holds the increase of a gap before it, of which only the sum is known.
    pub const AFTER_GAP: Self = Self(2);
    /// Entered by hand.
    pub const MANUAL: Self = Self(4);
    /// Counted over a restart, a roll-over or a replaced meter.
    pub const TURNED: Self = Self(8);
    /// Holds a time that came twice, since the clock was set back.
    pub const CLOCK_BACK: Self = Self(16);

    /// Both.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a mark is set.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A period of one point: the key by which a value is sent once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    /// The number of the point in the store.
    pub point: i64,
    /// The length of the period.
    pub stat: StatType,
    /// The start in seconds of the wall clock.
    pub start: i64,
}

/// A value that a centre has not yet accepted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Due {
    /// What it is the value of.
    pub period: Period,
    /// The `id` of the point.
    pub point: String,
    /// The data item.
    #[serde(skip)]
    pub data_code: DataCode,
    /// The value.
    pub value: f64,
    /// How it was made.
    pub marks: Marks,
    /// How the point is read, 1 to 7; 5 where a value was entered by hand.
    pub input_type: u8,
    /// The batches of the store before it was read.
    #[serde(skip)]
    pub(crate) batches: u64,
}

/// A value entered by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ManualValue {
    /// The `id` of the point.
    pub point: String,
    /// The length of the period.
    pub stat: StatType,
    /// A moment in the period.
    pub at: i64,
    /// The value in the unit of the data item.
    pub value: f64,
    /// Why it was entered.
    pub reason: String,
    /// Who entered it.
    pub by: String,
}

/// An entry that a centre refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Which value.
    pub period: Period,
    /// The field that the centre names.
    pub field: String,
    /// The centre's code.
    pub code: String,
    /// The centre's reason.
    pub reason: String,
}
