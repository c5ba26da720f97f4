//! Recovery codes: each replaces one code of the second factor, once, when the phone is lost.

use sha2::{Digest, Sha256};

/// How many an account gets.
pub const COUNT: usize = 10;
/// Random bytes of one code.
pub const BYTES: usize = 7;
/// Letters and digits that are not mistaken for each other; 32 of them, so that five bits make one.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

/// A code as people write it down: `abcde-23456`.
pub fn code(random: [u8; BYTES]) -> String {
    let bits = random.iter().fold(0u64, |all, it| all << 8 | u64::from(*it));
    let letter = |at: u64| char::from(ALPHABET[(bits >> (5 * at) & 31) as usize]);
    let half = |from: u64| (from..from + 5).map(letter).collect::<String>();
    format!("{}-{}", half(0), half(5))
}

/// What is kept of a code, however it is typed.
pub fn digest(typed: &str) -> String {
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    const_hex::encode(Sha256::digest(plain.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_code_is_known_again_with_or_without_its_hyphen(random in any::<[u8; BYTES]>()) {
            let code = code(random);
            prop_assert_eq!(code.len(), 11);
            prop_assert_eq!(digest(&code), digest(&code.replace('-', " ").to_uppercase()));
        }
    }
}
