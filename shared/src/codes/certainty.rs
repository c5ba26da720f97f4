//! How certain the value of a dictionary row is.

crate::wire_enum! {
    /// The word for certainty that a dictionary row carries beside its edition.
    pub enum Certainty {
        Found = 1, "found", "原文可查", "Found in a source";
        FoundSecondary = 2, "found_secondary", "二手来源", "Found in a secondary source";
        Inferred = 3, "inferred", "推断", "Inferred";
        Recalled = 4, "recalled", "未核原文", "Recalled, not checked";
        Measured = 5, "measured", "实测", "Measured";
        Unknown = 6, "unknown", "不详", "Unknown";
    }
}

impl Certainty {
    /// Reads the word of a CSV column (`found-secondary` or `found_secondary`); anything else is `Unknown`.
    pub fn of_column(text: &str) -> Self {
        Self::parse(&text.trim().replace('-', "_")).unwrap_or(Self::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::Certainty;

    #[test]
    fn columns_are_read_with_either_dash() {
        assert_eq!(Certainty::of_column("found-secondary "), Certainty::FoundSecondary);
        assert_eq!(Certainty::of_column("recalled"), Certainty::Recalled);
        assert_eq!(Certainty::of_column("sure"), Certainty::Unknown);
    }
}
