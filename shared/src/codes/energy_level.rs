//! `energyConsumeLevel`: the size band of a unit by its yearly consumption.

crate::wire_enum! {
    /// Terminal protocol `energyConsumeLevel` (found); bands in tce a year, lower bound included.
    pub enum EnergyLevel {
        Under5k = 1, "under_5k", "0.5万吨以下", "Under 5,000 tce";
        From5k = 2, "from_5k", "0.5万–1万吨", "5,000–10,000 tce";
        From10k = 3, "from_10k", "1万–10万吨", "10,000–100,000 tce";
        From100k = 4, "from_100k", "10万–50万吨", "100,000–500,000 tce";
        From500k = 5, "from_500k", "50万–300万吨", "500,000–3 million tce";
        From3m = 6, "from_3m", "300万吨及以上", "3 million tce and over";
    }
}

impl EnergyLevel {
    /// The band of a yearly consumption in tce. Anything that is not a number is the lowest band.
    pub fn of_tce(tce_per_year: f64) -> Self {
        match tce_per_year {
            v if v >= 3_000_000.0 => Self::From3m,
            v if v >= 500_000.0 => Self::From500k,
            v if v >= 100_000.0 => Self::From100k,
            v if v >= 10_000.0 => Self::From10k,
            v if v >= 5_000.0 => Self::From5k,
            _ => Self::Under5k,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::EnergyLevel::{self, *};

    #[test]
    fn lower_bounds_belong_to_the_band() {
        for (tce, level) in [
            (0.0, Under5k),
            (4_999.9, Under5k),
            (5_000.0, From5k),
            (10_000.0, From10k),
            (99_999.9, From10k),
            (100_000.0, From100k),
            (500_000.0, From500k),
            (2_999_999.0, From500k),
            (3_000_000.0, From3m),
        ] {
            assert_eq!(EnergyLevel::of_tce(tce), level, "{tce}");
        }
    }
}
