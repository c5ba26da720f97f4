//! Unified social credit code (GB 32100): 18 characters, the last one a check digit. This checks the form only, not
//! whether the enterprise exists.

use std::fmt;
use std::str::FromStr;

/// The 31 characters of GB 32100: digits and capitals without I, O, S, V, Z.
pub const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A well-formed code whose check digit holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, example = "911201120000000191"))]
pub struct CreditCode([u8; 18]);

/// What is wrong with a text that should have been a credit code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreditCodeError {
    /// Another number of characters than expected.
    #[error("{found} characters instead of {expected}")]
    Length {
        /// 18, or 17 without the check digit.
        expected: usize,
        /// Characters of the text.
        found: usize,
    },
    /// A character outside of GB 32100's alphabet.
    #[error("character '{character}' at position {position} is not in the code's alphabet")]
    Character {
        /// Counted from 1.
        position: usize,
        /// The character as it was written.
        character: char,
    },
    /// The check digit is not the one that the other 17 characters give.
    #[error("check digit is {found}, should be {expected}")]
    CheckDigit {
        /// The correct check digit.
        expected: char,
        /// The check digit as it was written.
        found: char,
    },
}

impl CreditCode {
    /// Reads a code: trims white space, raises to upper case, checks alphabet and check digit.
    ///
    /// ```
    /// use nengce_shared::credit_code::CreditCode;
    /// assert!(CreditCode::parse("91120110MA06ABCDX2").is_ok());
    /// assert!(CreditCode::parse("91120110MA06ABCDX3").is_err());
    /// ```
    ///
    /// # Errors
    /// The first thing that is wrong with the text; positions count from 1.
    pub fn parse(text: &str) -> Result<Self, CreditCodeError> {
        let bytes: [u8; 18] = letters(text, 18)?;
        let expected = check_digit(&bytes[..17]);
        if bytes[17] != expected {
            return Err(CreditCodeError::CheckDigit {
                expected: expected as char,
                found: bytes[17] as char,
            });
        }
        Ok(Self(bytes))
    }

    /// Completes 17 characters with their check digit, for synthetic enterprises.
    pub fn with_check_digit(first17: &str) -> Result<Self, CreditCodeError> {
        let head: [u8; 17] = letters(first17, 17)?;
        let mut bytes = [0; 18];
        bytes[..17].copy_from_slice(&head);
        bytes[17] = check_digit(&head);
        Ok(Self(bytes))
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("the alphabet is ASCII")
    }
}

fn letters<const N: usize>(text: &str, expected: usize) -> Result<[u8; N], CreditCodeError> {
    let text = text.trim();
    let found = text.chars().count();
    if found != expected {
        return Err(CreditCodeError::Length { expected, found });
    }
    let mut bytes = [0; N];
    for (at, character) in text.chars().enumerate() {
        let upper = character.to_ascii_uppercase();
        if !ALPHABET.contains(upper) {
            return Err(CreditCodeError::Character { position: at + 1, character });
        }
        bytes[at] = upper as u8;
    }
    Ok(bytes)
}

/// GB 32100: weights 3^i mod 31 for i = 0…16, check = (31 − Σ mod 31) mod 31
/// (verified on five real codes).
fn check_digit(first17: &[u8]) -> u8 {
    let alphabet = ALPHABET.as_bytes();
    let mut weight = 1;
    let mut sum = 0;
    for byte in first17 {
        let value = alphabet.iter().position(|it| it == byte).unwrap_or_default();
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    alphabet[(31 - sum % 31) % 31]
}

impl FromStr for CreditCode {
    type Err = CreditCodeError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CreditCode({self})")
    }
}

impl AsRef<str> for CreditCode {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

crate::string_serde!(CreditCode, CreditCode::parse);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn synthetic_examples_hold() {
        for text in ["911201120000000191", "91120110MA06ABCDX2"] {
            let code = CreditCode::parse(text).unwrap();
            assert_eq!(code.to_string(), text);
            assert_eq!(CreditCode::with_check_digit(&text[..17]).unwrap(), code);
            let json = serde_json::to_string(&code).unwrap();
            assert_eq!(serde_json::from_str::<CreditCode>(&json).unwrap(), code);
        }
        let lower = CreditCode::parse(" 91120110ma06abcdx2\n").unwrap();
        assert_eq!(lower.as_str(), "91120110MA06ABCDX2");
    }

    #[test]
    fn errors_say_what_is_wrong() {
        let parse = |text| CreditCode::parse(text).unwrap_err();
        assert_eq!(parse("9112011200000001"), CreditCodeError::Length { expected: 18, found: 16 });
        assert_eq!(
            parse("91120112O000000191"),
            CreditCodeError::Character { position: 9, character: 'O' }
        );
        assert_eq!(
            parse("91120112００００000191").to_string(),
            "character '０' at position 9 is not in the code's alphabet"
        );
        assert_eq!(
            parse("911201120000000192"),
            CreditCodeError::CheckDigit { expected: '1', found: '2' }
        );
    }

    fn letters() -> impl Strategy<Value = Vec<u8>> {
        proptest::collection::vec(0usize..31, 17)
            .prop_map(|it| it.into_iter().map(|at| ALPHABET.as_bytes()[at]).collect())
    }

    proptest! {
        /// 31 is prime and no weight 3^i is a multiple of it, so no single wrong character and no
        /// exchange of two neighbours (their weights differ) goes unseen.
        #[test]
        fn one_wrong_character_is_always_caught(head in letters(), at in 0usize..18, by in 1usize..31) {
            let head = String::from_utf8(head).unwrap();
            let code = CreditCode::with_check_digit(&head).unwrap();
            let mut wrong = code.as_str().as_bytes().to_vec();
            let value = ALPHABET.bytes().position(|it| it == wrong[at]).unwrap();
            wrong[at] = ALPHABET.as_bytes()[(value + by) % 31];
            let wrong = String::from_utf8(wrong).unwrap();
            let caught = matches!(CreditCode::parse(&wrong), Err(CreditCodeError::CheckDigit { .. }));
            prop_assert!(caught, "{code} and {wrong}");
        }

        #[test]
        fn exchanged_neighbours_are_always_caught(head in letters(), at in 0usize..16) {
            let head = String::from_utf8(head).unwrap();
            let code = CreditCode::with_check_digit(&head).unwrap();
            let mut swapped = code.as_str().as_bytes().to_vec();
            swapped.swap(at, at + 1);
            let same = swapped == code.as_str().as_bytes();
            let parsed = CreditCode::parse(std::str::from_utf8(&swapped).unwrap());
            prop_assert_eq!(parsed.is_ok(), same);
        }

        #[test]
        fn any_text_is_answered(text in ".{0,24}") {
            if let Ok(code) = CreditCode::parse(&text) {
                prop_assert_eq!(code.as_str(), text.trim().to_uppercase());
            }
        }
    }
}
