//! The pattern that replaces the colour of an energy type in black-and-white print. Draws nothing.

use crate::paint::hatch::Slope;
use crate::scene::palette::Ink;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pattern {
    Solid,
    SolidLight,
    Lines(&'static [Slope]),
    Dots,
}

impl Pattern {
    /// `None` for inks that are no energy type: they are their grey.
    pub(super) fn of(ink: Ink) -> Option<Self> {
        Some(match ink {
            Ink::Coal => Self::Solid,
            Ink::Oil => Self::Lines(&[Slope::Rising]),
            Ink::Gas => Self::Dots,
            Ink::Electricity => Self::SolidLight,
            Ink::Heat => Self::Lines(&[Slope::Falling]),
            Ink::Other => Self::Lines(&[Slope::Rising, Slope::Falling]),
            _ => return None,
        })
    }

    /// What is under lines and dots, or all there is.
    pub(super) fn ground(self) -> Ink {
        match self {
            Self::Solid => Ink::Ink,
            Self::SolidLight => Ink::Line2,
            Self::Lines(_) | Self::Dots => Ink::Surface,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nengce_shared::energy_group::EnergyGroup;

    #[test]
    fn every_energy_type_has_a_pattern_of_its_own() {
        let all: Vec<Pattern> = EnergyGroup::ALL
            .iter()
            .map(|it| Pattern::of(Ink::of_energy(*it)).expect("an energy type has a pattern"))
            .collect();
        for (at, pattern) in all.iter().enumerate() {
            assert!(!all[at + 1..].contains(pattern), "{pattern:?} twice");
        }
        assert_eq!(Pattern::of(Ink::Accent), None);
    }
}
