//! One point: its fields and the multiplier that holds at a moment.

use nengce_shared::data_code::DataCode;
use serde::{Deserialize, Serialize};

/// How the values of a point are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A register that only rises: its increase is the amount.
    #[default]
    Counter,
    /// A rate per hour: its integral over time is the amount.
    Flow,
    /// A state such as a temperature: its mean is the value.
    Gauge,
    /// Entered by hand.
    Manual,
    /// Computed out of other points.
    Formula,
}

impl Kind {
    /// All, as they are written in a point table.
    pub const ALL: [(Self, &str, &str); 5] = [
        (Self::Counter, "counter", "累计"),
        (Self::Flow, "flow", "流量"),
        (Self::Gauge, "gauge", "状态"),
        (Self::Manual, "manual", "手工"),
        (Self::Formula, "formula", "公式"),
    ];

    /// The kind of a word, in English or Chinese.
    pub fn of_word(word: &str) -> Option<Self> {
        let found = |it: &&(Self, &str, &str)| it.1.eq_ignore_ascii_case(word) || it.2 == word;
        Self::ALL.iter().find(found).map(|it| it.0)
    }

    /// The word of a kind.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|it| it.0 == self).map_or("", |it| it.1)
    }
}

/// A multiplier, such as the ratio of current transformers, from a date on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Multiplier {
    /// Midnight of the first day, in seconds of the wall clock.
    pub from: i64,
    /// The multiplier.
    pub value: f64,
}

/// One point of the table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Its short name, unique in the table.
    pub id: String,
    /// Its name on screen.
    pub name: String,
    /// The source that reads it; empty for points entered by hand or computed.
    pub source: String,
    /// Where it is in the source; of a formula point, the formula.
    pub address: String,
    /// How it is counted.
    pub kind: Kind,
    /// The unit of the value times the factor.
    pub unit: String,
    /// What the value is multiplied by to be in the unit.
    pub factor: f64,
    /// The data item it is sent as; none is kept here only.
    #[serde(with = "code_text")]
    pub data_code: Option<DataCode>,
    /// The scope that the plant declares, 1 to 4.
    pub scope: Option<u8>,
    /// Digits of the register before it rolls over to zero.
    pub digits: Option<u8>,
    /// The most that the register can rise in an hour, in units of the register.
    pub max_rate: Option<f64>,
    /// How it is read in the numbers of the protocol, 1 to 7.
    pub input_type: u8,
    /// Multipliers by date; before the first of them it is 1.
    pub multipliers: Vec<Multiplier>,
}

impl Point {
    /// A counter of factor 1 without anything else, to be completed.
    pub fn new(id: &str, name: &str, kind: Kind) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            source: String::new(),
            address: String::new(),
            kind,
            unit: String::new(),
            factor: 1.0,
            data_code: None,
            scope: None,
            digits: None,
            max_rate: None,
            input_type: if kind == Kind::Manual { 5 } else { 4 },
            multipliers: Vec::new(),
        }
    }

    /// Factor times multiplier at a moment.
    pub fn scale(&self, at: i64) -> f64 {
        let last = self.multipliers.iter().rfind(|it| it.from <= at);
        self.factor * last.map_or(1.0, |it| it.value)
    }
}

mod code_text {
    use super::DataCode;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(
        it: &Option<DataCode>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        it.as_ref().map(ToString::to_string).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<DataCode>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        text.map(|it| {
            DataCode::parse_lenient(&it).map_err(|_| serde::de::Error::custom("no dataCode"))
        })
        .transpose()
    }
}
