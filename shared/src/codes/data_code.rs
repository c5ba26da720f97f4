//! The 16-digit data code `PP-UU-DDDD-CCTTTT-YY` of the terminal protocol. This checks the form only; the dictionary
//! lists the codes in use.

use std::fmt;
use std::str::FromStr;

use crate::codes::data_class::DataClass;
use crate::codes::energy_group::EnergyGroup;
use crate::codes::place::Place;
use crate::codes::scope::Scope;

/// Digits before each hyphen of the written form.
const BOUNDARIES: [usize; 4] = [2, 4, 8, 14];

/// A well-formed data code (NECC-NHJC-04, found): process, process unit, key equipment, data
/// class and type, usage. Ordered as its digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, example = "00-00-0000-023300-11"))]
pub struct DataCode([u8; 16]);

/// What is wrong with a text that should have been a data code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DataCodeError {
    /// Another number of digits than 16.
    #[error("{found} digits instead of 16")]
    Length {
        /// Digits of the text.
        found: usize,
    },
    /// A character that is neither a digit nor a hyphen.
    #[error("character '{character}' at position {position} is neither a digit nor a hyphen")]
    Character {
        /// Counted from 1.
        position: usize,
        /// The character as it was written.
        character: char,
    },
    /// Hyphens at other places than the form has them.
    #[error("hyphens are not where PP-UU-DDDD-CCTTTT-YY has them")]
    Hyphens,
    /// Some hyphens and some not: the digits could be grouped in two ways.
    #[error("some hyphens are missing, so the digits can be read in more than one way")]
    Ambiguous,
}

impl DataCode {
    /// Reads exactly `PP-UU-DDDD-CCTTTT-YY`.
    ///
    /// ```
    /// use nengce_shared::data_code::DataCode;
    /// let electricity = DataCode::parse_strict("00-00-0000-023300-11")?;
    /// assert_eq!(electricity.class_digits(), "02");
    /// assert_eq!(DataCode::parse_lenient("0000000002330011")?, electricity);
    /// # Ok::<(), nengce_shared::data_code::DataCodeError>(())
    /// ```
    ///
    /// # Errors
    /// A text of another form, with the first place that is wrong.
    pub fn parse_strict(text: &str) -> Result<Self, DataCodeError> {
        match split(text)? {
            (digits, BOUNDARIES, 4) => Ok(Self(digits)),
            _ => Err(DataCodeError::Hyphens),
        }
    }

    /// Reads a code as real clients write it: white space around it, all four hyphens or none.
    ///
    /// With only some of the hyphens a sender has lost something, and whether it was a hyphen or
    /// a digit that another digit then filled cannot be told: `00-00-0000023400-80` is
    /// [`DataCodeError::Ambiguous`], though it happens to hold 16 digits.
    pub fn parse_lenient(text: &str) -> Result<Self, DataCodeError> {
        if let Some(digits) = usual(text) {
            return Ok(Self(digits));
        }
        match split(text.trim())? {
            (digits, _, 0) | (digits, BOUNDARIES, 4) => Ok(Self(digits)),
            (_, _, 1..=3) => Err(DataCodeError::Ambiguous),
            _ => Err(DataCodeError::Hyphens),
        }
    }

    /// The 16 digits without hyphens.
    pub fn digits(&self) -> &str {
        self.part(0, 16)
    }

    /// `PP`: process, `00` for the whole plant.
    pub fn process(&self) -> &str {
        self.part(0, 2)
    }

    /// `UU`: process unit.
    pub fn process_unit(&self) -> &str {
        self.part(2, 4)
    }

    /// `DDDD`: key-equipment type and number.
    pub fn equipment(&self) -> &str {
        self.part(4, 8)
    }

    /// `CC`: data class digits.
    pub fn class_digits(&self) -> &str {
        self.part(8, 10)
    }

    /// The data class, `None` outside 01–10.
    pub fn class(&self) -> Option<DataClass> {
        DataClass::of_digits(self.class_digits())
    }

    /// `TTTT`: the type within the class; for energy the code of `energy_types.csv`.
    pub fn energy_type(&self) -> &str {
        self.part(10, 14)
    }

    /// `YY`: usage; its role (consumption, output …) is dictionary data.
    pub fn usage(&self) -> &str {
        self.part(14, 16)
    }

    /// The group of the type, meaningful for classes 01 and 02.
    pub fn energy_group(&self) -> EnergyGroup {
        EnergyGroup::of_type(self.energy_type())
    }

    /// What the code covers: the finest part that is not zero.
    pub fn scope(&self) -> Scope {
        self.place().scope()
    }

    /// Where in the unit it is measured.
    pub fn place(&self) -> Place {
        let [digits @ .., _, _, _, _, _, _, _, _] = self.0;
        Place::of(digits)
    }

    /// Type 0000: the total over the types of its class, which never adds to a sum of them.
    pub fn is_total(&self) -> bool {
        self.energy_type() == "0000"
    }

    fn part(&self, from: usize, to: usize) -> &str {
        std::str::from_utf8(&self.0[from..to]).expect("digits are ASCII")
    }
}

/// The 16 digits of a text of exactly the form `PP-UU-DDDD-CCTTTT-YY`.
fn usual(text: &str) -> Option<[u8; 16]> {
    let it: &[u8; 20] = text.as_bytes().try_into().ok()?;
    if [it[2], it[5], it[10], it[17]] != [b'-'; 4] {
        return None;
    }
    let mut digits = [0; 16];
    digits[..2].copy_from_slice(&it[..2]);
    digits[2..4].copy_from_slice(&it[3..5]);
    digits[4..8].copy_from_slice(&it[6..10]);
    digits[8..14].copy_from_slice(&it[11..17]);
    digits[14..].copy_from_slice(&it[18..]);
    digits.iter().all(u8::is_ascii_digit).then_some(digits)
}

/// The 16 digits, the number of them before each of the first four hyphens, and the number of hyphens.
fn split(text: &str) -> Result<([u8; 16], [usize; 4], usize), DataCodeError> {
    let mut digits = [0; 16];
    let mut places = [0; 4];
    let (mut count, mut hyphens) = (0, 0);
    for (at, character) in text.chars().enumerate() {
        match character {
            '-' => {
                if let Some(place) = places.get_mut(hyphens) {
                    *place = count;
                }
                hyphens += 1;
            }
            '0'..='9' => {
                if let Some(slot) = digits.get_mut(count) {
                    *slot = character as u8;
                }
                count += 1;
            }
            _ => {
                return Err(DataCodeError::Character { position: at + 1, character });
            }
        }
    }
    if count != 16 {
        return Err(DataCodeError::Length { found: count });
    }
    Ok((digits, places, hyphens))
}

impl FromStr for DataCode {
    type Err = DataCodeError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse_strict(text)
    }
}

impl fmt::Display for DataCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut written = [b'-'; 20];
        let mut from = 0;
        for (hyphens, to) in BOUNDARIES.into_iter().chain([16]).enumerate() {
            written[from + hyphens..to + hyphens].copy_from_slice(&self.0[from..to]);
            from = to;
        }
        f.pad(std::str::from_utf8(&written).expect("digits and hyphens are ASCII"))
    }
}

impl fmt::Debug for DataCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DataCode({self})")
    }
}

crate::string_serde!(DataCode, DataCode::parse_strict);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_parts_of_the_protocols_example() {
        let code = DataCode::parse_strict("04-01-0000-040200-30").unwrap();
        assert_eq!((code.process(), code.process_unit(), code.equipment()), ("04", "01", "0000"));
        assert_eq!((code.class_digits(), code.energy_type(), code.usage()), ("04", "0200", "30"));
        assert_eq!(code.class(), Some(DataClass::NonEnergyProduct));
        assert_eq!(code.scope(), Scope::ProcessUnit);
        assert_eq!(code.digits(), "0401000004020030");
    }

    #[test]
    fn scope_is_the_finest_part_in_use() {
        for (text, scope, total) in [
            ("00-00-0000-023300-11", Scope::WholePlant, false),
            ("00-00-0000-020000-11", Scope::WholePlant, true),
            ("04-00-0000-023300-11", Scope::Process, false),
            ("04-01-0000-023300-11", Scope::ProcessUnit, false),
            ("04-01-1002-023300-11", Scope::KeyEquipment, false),
            ("00-00-1002-023300-11", Scope::KeyEquipment, false),
        ] {
            let code = DataCode::parse_strict(text).unwrap();
            assert_eq!((code.scope(), code.is_total()), (scope, total), "{text}");
        }
    }

    #[test]
    fn lenient_reading_takes_all_hyphens_or_none() {
        let code = DataCode::parse_strict("00-00-0000-011500-11").unwrap();
        for text in ["00-00-0000-011500-11", "0000000001150011", " 00-00-0000-011500-11 "] {
            assert_eq!(DataCode::parse_lenient(text), Ok(code), "{text}");
        }
        assert_eq!(DataCode::parse_strict("0000000001150011"), Err(DataCodeError::Hyphens));
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        use DataCodeError::*;
        for (text, error) in [
            // Sixteen digits, one hyphen lost: a real client's code.
            ("00-00-0000023400-80", Ambiguous),
            ("0000-0000-023300-11", Ambiguous),
            ("00-00-0000-023300-1", Length { found: 15 }),
            ("00-00-0000-0233000-11", Length { found: 17 }),
            ("", Length { found: 0 }),
            ("00-00-000-0023300-11", Hyphens),
            ("00--00-0000-02330011", Hyphens),
            ("-00-00-0000-023300-11", Hyphens),
            ("00-00-0000-02330A-11", Character { position: 17, character: 'A' }),
            ("00-00-0000-02330٣-11", Character { position: 17, character: '٣' }),
            ("00–00–0000–023300–11", Character { position: 3, character: '–' }),
        ] {
            assert_eq!(DataCode::parse_lenient(text), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn written_and_read_it_is_the_same(digits in "[0-9]{16}") {
            let code = DataCode::parse_lenient(&digits).unwrap();
            prop_assert_eq!(DataCode::parse_strict(&code.to_string()), Ok(code));
            prop_assert_eq!(code.digits(), digits.as_str());
            let json = serde_json::to_string(&code).unwrap();
            prop_assert_eq!(serde_json::from_str::<DataCode>(&json).unwrap(), code);
        }

        #[test]
        fn the_usual_form_is_one_of_all(text in "[0-9]{2}-[0-9]{2}-[0-9]{4}[-0]([0-9]{6}|[0-9]{5}A)-[0-9]{2}") {
            let all = split(&text).ok().filter(|it| it.1 == BOUNDARIES && it.2 == 4);
            prop_assert_eq!(usual(&text), all.map(|it| it.0));
        }

        #[test]
        fn any_text_is_answered(text in "[-0-9 A]{0,24}") {
            if let Ok(code) = DataCode::parse_lenient(&text) {
                prop_assert_eq!(code.digits(), text.trim().replace('-', ""));
            }
        }
    }
}
