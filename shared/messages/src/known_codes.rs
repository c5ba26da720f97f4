//! What a reader of messages asks about codes that dictionaries list.

/// The dictionaries of whoever reads messages: the platform's own, or what a terminal downloaded.
pub trait KnownCodes {
    /// Whether a code is a division of GB/T 2260.
    fn knows_region(&self, code: &str) -> bool;
    /// Whether a code is an industry of GB/T 4754.
    fn knows_industry(&self, code: &str) -> bool;
}

#[cfg(test)]
pub(crate) mod tests {
    use super::KnownCodes;

    /// Knows the divisions of Tianjin and the industries of manufacturing by their form.
    pub(crate) struct Tianjin;

    impl KnownCodes for Tianjin {
        fn knows_region(&self, code: &str) -> bool {
            code.len() == 6 && code.starts_with("1201")
        }

        fn knows_industry(&self, code: &str) -> bool {
            let digits = code.strip_prefix('C').unwrap_or_default();
            (2..=4).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit())
        }
    }
}
