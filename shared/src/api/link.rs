//! The link to the platforms above, the platforms below, and which regions lag. Days are `YYYY-MM-DD`, moments local
//! `YYYY-MM-DD HH:MM:SS`.

use super::wire;
use crate::codes::link::{LinkState, OfferState, RegionLevel};

wire! {
/// Everything that the page of the link shows (`GET /api/v1/link`).
pub struct LinkView {
    /// The platforms above, in the order of the file of the link.
    pub uppers: Vec<UpperPlatform>,
    /// The platforms below: tokens that may register the units of regions.
    pub belows: Vec<BelowPlatform>,
    /// Editions of the dictionaries that platforms above gave, newest first, at most 20.
    pub offers: Vec<DictionaryOffer>,
    /// The edition of the dictionaries in force here.
    pub dic_version: String,
}
/// A platform above.
pub struct UpperPlatform {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: String,
    /// Its profile of the protocol.
    pub profile: String,
    /// What goes up by the rules of the file, in Chinese.
    pub rules_zh: String,
    /// The same in English.
    pub rules_en: String,
    /// How the link stands.
    pub state: LinkState,
    /// The stable code of the last failure since the last success; empty where there is none.
    pub code: String,
    /// Its reason in Chinese.
    pub reason_zh: String,
    /// Its reason in English.
    pub reason_en: String,
    /// When it failed.
    pub failed_at: Option<String>,
    /// The last time that the platform above took something.
    pub sent_at: Option<String>,
    /// Who paused it, and when.
    pub paused_by: Option<String>,
    /// When it was paused.
    pub paused_at: Option<String>,
    /// Units that go up by the rules.
    pub units: u32,
    /// Of these, units that are registered above.
    pub units_registered: u32,
    /// Of these, units that the platform above refuses.
    pub units_refused: u32,
    /// Item-days that wait.
    pub due_item_days: u64,
    /// Since when the oldest of them waits.
    pub due_since: Option<String>,
    /// Seconds that it has waited; null where nothing waits.
    pub lag_seconds: Option<u64>,
    /// Entries that the platform above refused and that still stand.
    pub refused_entries: u64,
    /// The last days with values, newest first, at most 14.
    pub days: Vec<LinkDay>,
}
/// How complete one day is above.
pub struct LinkDay {
    /// The day.
    pub day: String,
    /// Item-days that the platform above has as they stand here.
    pub sent: u64,
    /// Item-days that wait, new or corrected.
    pub due: u64,
    /// Values of the day that the platform above refused.
    pub refused: u64,
}
/// A unit at a platform above (`GET /api/v1/link/{upper}/units`).
pub struct LinkUnit {
    /// Its credit code.
    pub enterprise_code: String,
    /// Its name.
    pub name: String,
    /// Its region, six digits.
    pub region_code: String,
    /// Whether it is registered there.
    pub registered: bool,
    /// Item-days that wait.
    pub due_item_days: u64,
    /// The last time that the platform above took something of it.
    pub sent_at: Option<String>,
    /// The code of the last failure; empty where there is none.
    pub code: String,
    /// Its reason in Chinese.
    pub reason_zh: String,
    /// Its reason in English.
    pub reason_en: String,
    /// When it is tried again.
    pub next_at: Option<String>,
}
/// The units at a platform above, those with a failure first, then those with most that waits; at most 1,000.
pub struct LinkUnitList {
    /// The units.
    pub rows: Vec<LinkUnit>,
    /// Units in all.
    pub total: u32,
}
/// A value that a platform above refused (`GET /api/v1/link/{upper}/refused`).
pub struct LinkRefused {
    /// The credit code of the unit.
    pub enterprise_code: String,
    /// Its name.
    pub name: String,
    /// The data item, `PP-UU-DDDD-CCTTTT-YY`.
    pub data_code: String,
    /// 0 real time, 1 day, 2 month, 3 year.
    pub stat_type: u8,
    /// The start of its period.
    pub at: String,
    /// The value.
    pub value: f64,
    /// The code that the platform above gave.
    pub code: String,
    /// The reason that it gave.
    pub reason: String,
    /// When it was refused.
    pub refused_at: String,
}
/// Values that a platform above refused, newest first, at most 1,000.
pub struct LinkRefusedList {
    /// The values.
    pub rows: Vec<LinkRefused>,
    /// Values in all.
    pub total: u64,
}
/// A platform below.
pub struct BelowPlatform {
    /// The name of its token.
    pub name: String,
    /// The regions whose units it may register: 2, 4 or 6 digits.
    pub regions: Vec<String>,
    /// When the token ends.
    pub expires_at: Option<String>,
    /// Units that it registered.
    pub units: u32,
    /// Of these, units with a value of the last complete day.
    pub units_reporting: u32,
    /// The last message of any of its units.
    pub last_seen: Option<String>,
}
/// An edition of the dictionaries that a platform above gave.
pub struct DictionaryOffer {
    /// The number.
    pub offer_id: u64,
    /// The platform above.
    pub upper: String,
    /// Its edition there.
    pub version: String,
    /// When it came.
    pub received_at: String,
    /// What became of it.
    pub state: OfferState,
    /// The day from which it is applied, where one was named.
    pub effective_on: Option<String>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<String>,
    /// What it would change against the dictionaries in force now; empty where it is decided and applied.
    pub changes: Vec<DictionaryChange>,
    /// Why it cannot be used, in Chinese; empty where it can.
    pub problem_zh: String,
    /// The same in English.
    pub problem_en: String,
}
/// What an edition changes in one dictionary.
pub struct DictionaryChange {
    /// The dictionary.
    pub dictionary: String,
    /// Rows that are new.
    pub added: u32,
    /// Rows that go.
    pub removed: u32,
    /// The rows, at most 50, as lines of the file.
    pub rows: Vec<DictionaryRowChange>,
}
/// One row of a dictionary that an edition changes.
pub struct DictionaryRowChange {
    /// The row now; null where it is new.
    pub before: Option<String>,
    /// The row then; null where it goes.
    pub after: Option<String>,
}
/// A decision on an edition (`POST /api/v1/link/offers/{offer_id}`).
pub struct OfferDecision {
    /// Whether it is applied.
    pub apply: bool,
    /// The day from which, `YYYY-MM-DD`; null or past: at once.
    pub effective_on: Option<String>,
}
/// How the regions of a level report (`GET /api/v1/link/regions`), those that lag most first.
pub struct RegionReporting {
    /// The level.
    pub level: RegionLevel,
    /// The region that they lie in, 2 or 4 digits; empty: all.
    pub within: String,
    /// The last complete day.
    pub day: String,
    /// The regions.
    pub rows: Vec<RegionRow>,
}
/// How the units of one region report.
pub struct RegionRow {
    /// Its digits: 2, 4 or 6.
    pub region: String,
    /// Its name in Chinese; the digits where the dictionary has none.
    pub name_zh: String,
    /// Its name in English.
    pub name_en: String,
    /// Approved units.
    pub units: u32,
    /// Of these, units with a value of the last complete day or later.
    pub reporting: u32,
    /// Units whose last value is older.
    pub late: u32,
    /// Units without any value.
    pub silent: u32,
    /// The last day with a value of any of them.
    pub last_day: Option<String>,
    /// The last day that all of them reached; null where one has nothing.
    pub complete_through: Option<String>,
}
}
