//! 百家 / 千家 / 万家: the class under which a key unit is assessed.

crate::wire_enum! {
    /// Class of a key energy-using unit (thresholds recalled, not found in a source; the unit
    /// list may name the class itself and then wins).
    pub enum UnitClass {
        Hundred = 1, "hundred", "百家", "Hundred class";
        Thousand = 2, "thousand", "千家", "Thousand class";
        TenThousand = 3, "ten_thousand", "万家", "Ten-thousand class";
    }
}

impl UnitClass {
    /// The class of a yearly consumption in tce: ≥ 3,000,000 百家, ≥ 500,000 千家, the rest 万家.
    pub fn of_tce(tce_per_year: f64) -> Self {
        match tce_per_year {
            v if v >= 3_000_000.0 => Self::Hundred,
            v if v >= 500_000.0 => Self::Thousand,
            _ => Self::TenThousand,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::UnitClass;

    #[test]
    fn thresholds_are_included() {
        assert_eq!(UnitClass::of_tce(3_000_000.0), UnitClass::Hundred);
        assert_eq!(UnitClass::of_tce(2_999_999.9), UnitClass::Thousand);
        assert_eq!(UnitClass::of_tce(500_000.0), UnitClass::Thousand);
        assert_eq!(UnitClass::of_tce(499_999.9), UnitClass::TenThousand);
    }
}
