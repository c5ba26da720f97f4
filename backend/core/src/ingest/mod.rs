//! From a terminal's bytes to readings and problems. Pure: no clock, no store; the caller says what time it is.

pub mod checks;
pub mod config;
pub mod energy;
pub mod envelope;
pub mod fields;
pub mod identity;
pub mod message;
pub mod metering;
pub mod names;
pub mod period;
pub mod profile;
pub mod refusals;
mod single_pass;
pub mod stamp;
#[cfg(test)]
mod tests;
pub mod text;
pub mod tree;
pub mod wall_time;

use nengce_shared::data_code::DataCode;
use nengce_shared::lang::Lang;
use nengce_shared::problem::ProblemCode;
use nengce_shared::stat_type::StatType;

use refusals::Keep;

/// One accepted value. `at` is the start of its period, seconds of local wall time since 1970-01-01 00:00:00.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The item.
    pub data_code: DataCode,
    /// The length of the period.
    pub stat_type: StatType,
    /// The start of its period.
    pub at: i64,
    /// Seconds that the stamp lay after the start of its period; 0 as the protocol has it, and for declared ends.
    pub off: i32,
    /// In the dictionary's unit of the item.
    pub value: f64,
    /// The sender calls the value valid.
    pub valid: bool,
    /// How the value was taken, 1 to 7 (NECC-NHJC-04 `inputType`).
    pub input_type: Option<u8>,
}

/// One refused entry: where, which field, why, and the entry itself to mend and send again.
#[derive(Debug, Clone, PartialEq)]
pub struct Rejected {
    /// Place of the entry in the message, from 0.
    pub index: u32,
    /// The attribute that is wrong, as the protocol names it.
    pub field: String,
    /// Why, from a closed list.
    pub code: ProblemCode,
    /// Why, in words, with what to do.
    pub reason_zh: String,
    /// Why, in words, with what to do.
    pub reason_en: String,
    /// The entry as it came, or its beginning.
    pub entry: String,
}

/// Characters of an offending text that are looked at; fewer are shown.
const SHOWN: usize = 400;

/// Why a field was refused, before the place is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Defect {
    /// The attribute, as the protocol names it.
    pub field: &'static str,
    /// Why, from a closed list.
    pub code: ProblemCode,
    /// The offending text.
    pub found: String,
    /// What to do, in both languages; may be empty.
    pub hint_zh: String,
    /// The same in English.
    pub hint_en: String,
}

impl Defect {
    /// `found` is shown to people: of a long text its beginning.
    pub fn new(field: &'static str, code: ProblemCode, found: impl AsRef<str>) -> Self {
        Self {
            field,
            code,
            found: found.as_ref().chars().take(SHOWN).collect(),
            hint_zh: String::new(),
            hint_en: String::new(),
        }
    }

    /// Adds what to do.
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

/// What came, as an error says it back: at most 100 characters, unseen ones written out.
pub fn echo(found: &str) -> String {
    checks::seen(&nengce_shared::problem::cut(found))
}

/// What a message may hold; every bound is configuration.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Local wall time now, in seconds; nothing may start later than this plus the skew.
    pub now: i64,
    /// Seconds by which a terminal's clock may be ahead.
    pub future_skew_seconds: i64,
    /// Larger magnitudes are absurd.
    pub value_abs_max: f64,
    /// Entries of one message.
    pub max_entries: usize,
    /// Set where the sender declared that stamps are the ends of periods: the length of real-time intervals in seconds,
    /// 0 where it was not said.
    pub ends: Option<i64>,
    /// What is kept of entries that are refused.
    pub keep: Keep,
    /// Before which moments real-time and day values have been retired.
    pub retired_before: [i64; 2],
    /// What clients may leave out or write otherwise.
    pub habits: Habits,
}

/// Habits of clients that the configuration may allow or not.
#[derive(Debug, Clone, Copy)]
pub struct Habits {
    /// The city's offset from UTC in minutes, where it never changes: stamps that carry it are taken.
    pub offset_minutes: Option<i16>,
    /// An entry without `valid` is valid, in profiles whose public clients leave it out.
    pub absent_is_valid: bool,
}

impl Habits {
    /// The habits of the default configuration.
    pub const USUAL: Self = Self { offset_minutes: Some(480), absent_is_valid: true };
}

/// Nothing has been retired.
pub const NEVER_RETIRED: [i64; 2] = [i64::MIN; 2];
