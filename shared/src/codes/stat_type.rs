//! `statType`: the length of the period that a reading stands for. It is a number from 0 to 3 in messages, in the API
//! and in the store.

use crate::wire::json::{FromJson, Json, Mismatch, mismatch};
use crate::wire::lang::Lang;

/// Terminal protocol `statType` (NECC-NHJC-04 data upload; found in real clients), ordered from short to long.
///
/// ```
/// use nengce_shared::stat_type::StatType;
/// assert_eq!(StatType::from_code(2), Some(StatType::Month));
/// assert_eq!("3".parse(), Ok(StatType::Year));
/// ```
#[derive(
    Debug,
    Default,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(into = "u8", try_from = "u8")]
#[repr(u8)]
pub enum StatType {
    /// A value of an interval within a day, or of a moment.
    #[default]
    RealTime = 0,
    /// A value of a local calendar day.
    Day = 1,
    /// A value of a calendar month.
    Month = 2,
    /// A value of a calendar year.
    Year = 3,
}

/// A number beyond 0 to 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a statType is 0, 1, 2 or 3")]
pub struct UnknownStatType;

impl StatType {
    /// All four, from short to long.
    pub const ALL: [Self; 4] = [Self::RealTime, Self::Day, Self::Month, Self::Year];

    /// The number of the protocol, 0 to 3.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The type of a number, if there is one.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }

    /// The name on screen.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::RealTime, Lang::Zh) => "实时",
            (Self::RealTime, Lang::En) => "Real-time",
            (Self::Day, Lang::Zh) => "日",
            (Self::Day, Lang::En) => "Day",
            (Self::Month, Lang::Zh) => "月",
            (Self::Month, Lang::En) => "Month",
            (Self::Year, Lang::Zh) => "年",
            (Self::Year, Lang::En) => "Year",
        }
    }
}

impl From<StatType> for u8 {
    fn from(it: StatType) -> Self {
        it.code()
    }
}

impl TryFrom<u8> for StatType {
    type Error = UnknownStatType;
    fn try_from(code: u8) -> Result<Self, Self::Error> {
        Self::from_code(code).ok_or(UnknownStatType)
    }
}

impl std::fmt::Display for StatType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.code().fmt(f)
    }
}

impl std::str::FromStr for StatType {
    type Err = UnknownStatType;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<u8>().map_err(|_| UnknownStatType)?.try_into()
    }
}

impl FromJson for StatType {
    fn from_json(json: Json) -> Result<Self, Mismatch> {
        u8::from_json(json)?.try_into().map_err(|_| mismatch("a statType, 0 to 3"))
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for StatType {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::schema::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::Integer)
            .minimum(Some(0))
            .maximum(Some(3))
            .description(Some("0 real-time, 1 day, 2 month, 3 year"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for StatType {}

#[cfg(test)]
mod tests {
    use super::StatType;

    #[test]
    fn it_is_a_number_everywhere() {
        for (code, it) in StatType::ALL.into_iter().enumerate() {
            assert_eq!(serde_json::to_string(&it).unwrap(), code.to_string());
            assert_eq!(serde_json::from_str::<StatType>(&code.to_string()).unwrap(), it);
            assert_eq!(it.to_string().parse(), Ok(it));
            assert_eq!(u8::from(it) as usize, code);
        }
        assert!(serde_json::from_str::<StatType>("4").is_err());
        assert_eq!(StatType::from_code(4), None);
    }
}
