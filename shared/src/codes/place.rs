//! The first eight digits of a data code: where in a unit something is measured.

use std::fmt;

use crate::codes::scope::Scope;

/// `PP-UU-DDDD` of a data code: process, process unit, key equipment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    process: [u8; 2],
    process_unit: [u8; 2],
    equipment: [u8; 4],
}

impl Place {
    /// The whole plant, `00-00-0000`.
    pub const WHOLE_PLANT: Self =
        Self { process: *b"00", process_unit: *b"00", equipment: *b"0000" };

    /// Reads `PP-UU-DDDD`.
    pub fn parse(text: &str) -> Option<Self> {
        let is_digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
        let parts: Vec<&str> = text.split('-').filter(|it| is_digits(it)).collect();
        let [process, process_unit, equipment] = parts[..] else { return None };
        Some(Self {
            process: process.as_bytes().try_into().ok()?,
            process_unit: process_unit.as_bytes().try_into().ok()?,
            equipment: equipment.as_bytes().try_into().ok()?,
        })
    }

    /// The place of the eight digits.
    pub(super) fn of(digits: [u8; 8]) -> Self {
        let [p, q, u, v, equipment @ ..] = digits;
        Self { process: [p, q], process_unit: [u, v], equipment }
    }

    /// What kind of place: the finest part that is not zero.
    pub fn scope(self) -> Scope {
        if self.equipment != *b"0000" {
            Scope::KeyEquipment
        } else if self.process_unit != *b"00" {
            Scope::ProcessUnit
        } else if self.process != *b"00" {
            Scope::Process
        } else {
            Scope::WholePlant
        }
    }

    /// The places that hold this one, the nearest first; of the whole plant none. Equipment that belongs to no process
    /// unit lies in its process, and without a process in the plant.
    pub fn above(self) -> impl Iterator<Item = Self> {
        let without_equipment = Self { equipment: *b"0000", ..self };
        let of_process = Self { process_unit: *b"00", ..without_equipment };
        let all = [without_equipment, of_process, Self::WHOLE_PLANT];
        let mut last = self;
        all.into_iter().filter(move |it| std::mem::replace(&mut last, *it) != *it)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [&self.process[..], &self.process_unit, &self.equipment];
        let [process, unit, equipment] = parts.map(|it| str::from_utf8(it).unwrap_or_default());
        write!(f, "{process}-{unit}-{equipment}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_lies_in_the_next_coarser_one() {
        let above = |text: &str| -> Vec<String> {
            Place::parse(text).unwrap().above().map(|it| it.to_string()).collect()
        };
        assert_eq!(above("04-01-0203"), ["04-01-0000", "04-00-0000", "00-00-0000"]);
        assert_eq!(above("04-00-0203"), ["04-00-0000", "00-00-0000"]);
        assert_eq!(above("00-03-0101"), ["00-03-0000", "00-00-0000"]);
        assert_eq!(above("00-00-0101"), ["00-00-0000"]);
        assert_eq!(above("00-00-0000"), [""; 0]);
        for wrong in ["4-1-0", "04-01-0203-", "04-01", "0x-01-0203", "04-01-02036", ""] {
            assert_eq!(Place::parse(wrong), None, "{wrong}");
        }
    }
}
