//! The messages between terminals and platforms, by profile: bytes of a terminal's message to readings and problems.
//! No clock and no store: the caller passes the time.

#![warn(missing_docs)]

pub mod bounded_json;
pub mod checks;
pub mod config;
pub mod energy;
pub mod fields;
pub mod identity;
mod known_codes;
mod local_seconds;
pub mod message;
pub mod metering;
pub mod names;
pub mod period;
pub mod profile;
mod province;
pub mod raw_message;
pub mod rejected_entries;
pub mod scalar;
mod single_pass;
pub mod stamp;
#[cfg(test)]
mod tests;
pub mod text;
pub mod wall_time;
pub mod write;

use nengce_shared::data_code::DataCode;
use nengce_shared::lang::Lang;
use nengce_shared::problem::ProblemCode;
use nengce_shared::stat_type::StatType;

pub use known_codes::KnownCodes;
use rejected_entries::RejectedLimits;

/// An accepted value of one data item for one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The data item.
    pub data_code: DataCode,
    /// The length of the period.
    pub stat_type: StatType,
    /// The start of the period in seconds of local wall time since 1970-01-01 00:00:00.
    pub at: i64,
    /// Seconds from the start of the period to the stamp. They are 0 as the protocol has it, and where the sender
    /// declared ends.
    pub off: i32,
    /// The value in the unit that the dictionary gives for the item.
    pub value: f64,
    /// Whether the sender calls the value valid.
    pub valid: bool,
    /// How the value was taken, 1 to 7 (NECC-NHJC-04 `inputType`).
    pub input_type: Option<u8>,
}

/// A rejected entry with its place, the wrong field and the reason. The entry itself is kept, so that it can be
/// corrected and sent again.
#[derive(Debug, Clone, PartialEq)]
pub struct Rejected {
    /// Place of the entry in the message, from 0.
    pub index: u32,
    /// The attribute that is wrong, as the protocol names it.
    pub field: String,
    /// The reason, from a closed list.
    pub code: ProblemCode,
    /// The reason in Chinese, with how to correct it.
    pub reason_zh: String,
    /// The reason in English, with how to correct it.
    pub reason_en: String,
    /// The entry as it came, or its beginning.
    pub entry: String,
}

/// Characters of a wrong text that a problem keeps; answers show fewer of them.
const MOST_CHARACTERS_KEPT: usize = 400;

/// The reason why a field, an entry or a whole message is not accepted, before its place in the message is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// The attribute, as the protocol names it; `body` for the whole message.
    pub field: &'static str,
    /// The reason, from a closed list.
    pub code: ProblemCode,
    /// The offending text.
    pub found: String,
    /// How to correct it, in Chinese; may be empty.
    pub hint_zh: String,
    /// How to correct it, in English; may be empty.
    pub hint_en: String,
}

impl Problem {
    /// A problem without a hint. Of a long `found` only the beginning is kept.
    pub fn new(field: &'static str, code: ProblemCode, found: impl AsRef<str>) -> Self {
        Self {
            field,
            code,
            found: found.as_ref().chars().take(MOST_CHARACTERS_KEPT).collect(),
            hint_zh: String::new(),
            hint_en: String::new(),
        }
    }

    /// Adds how to correct it, in Chinese and English.
    pub fn hint(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        (self.hint_zh, self.hint_en) = (zh.into(), en.into());
        self
    }

    /// The rejected entry at a place of a message.
    pub fn at(self, index: u32, entry: String) -> Rejected {
        Rejected {
            index,
            field: self.field.to_owned(),
            code: self.code,
            reason_zh: self.reason(Lang::Zh),
            reason_en: self.reason(Lang::En),
            entry,
        }
    }

    /// The code in words, the offending text, and what to do.
    pub fn reason(&self, lang: Lang) -> String {
        let (hint, open, close, stop) = match lang {
            Lang::Zh => (&self.hint_zh, "「", "」", "；"),
            Lang::En => (&self.hint_en, " “", "”", "; "),
        };
        let mut text = self.code.title(lang).to_owned();
        if !self.found.is_empty() {
            text.push_str(&format!("{open}{}{close}", echo(&self.found)));
        }
        if !hint.is_empty() {
            text.push_str(stop);
            text.push_str(hint);
        }
        text
    }
}

/// A wrong text as error messages repeat it: at most 100 characters, with invisible characters written out.
pub fn echo(found: &str) -> String {
    checks::seen(&nengce_shared::problem::cut(found))
}

/// The bounds that the configuration sets on the values of a message.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// The local wall time now, in seconds. A period must not start later than this plus `future_skew_seconds`.
    pub now: i64,
    /// Seconds by which a terminal's clock may be ahead.
    pub future_skew_seconds: i64,
    /// The largest magnitude of a value that is accepted.
    pub value_abs_max: f64,
    /// The number of entries that one message may hold.
    pub max_entries: usize,
    /// Set where the sender declared that stamps name the ends of periods: the length of real-time intervals in
    /// seconds, or 0 where the sender did not state it.
    pub ends: Option<i64>,
    /// How much of the rejected entries is kept.
    pub rejected_limits: RejectedLimits,
    /// Moments before which real-time values and day values have been deleted by retention.
    pub retired_before: [i64; 2],
    /// What clients may leave out or write in another way.
    pub leniency: Leniency,
}

impl Bounds {
    /// Accepts every moment and every value, for messages that have been received before or were made here.
    pub const UNLIMITED: Self = Self {
        now: i64::MAX / 4,
        future_skew_seconds: 0,
        value_abs_max: f64::MAX,
        max_entries: usize::MAX,
        ends: None,
        rejected_limits: RejectedLimits::USUAL,
        retired_before: NEVER_RETIRED,
        leniency: Leniency::USUAL,
    };
}

/// Deviations from the protocol that the configuration may allow.
#[derive(Debug, Clone, Copy)]
pub struct Leniency {
    /// The city's offset from UTC in minutes, where it never changes; stamps that carry this offset are accepted.
    pub offset_minutes: Option<i16>,
    /// Whether an entry without `valid` counts as valid, in profiles whose public clients leave it out.
    pub absent_is_valid: bool,
}

impl Leniency {
    /// The deviations that the default configuration allows.
    pub const USUAL: Self = Self { offset_minutes: Some(480), absent_is_valid: true };
}

/// The moments of a store from which retention has deleted nothing.
pub const NEVER_RETIRED: [i64; 2] = [i64::MIN; 2];
