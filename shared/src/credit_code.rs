//! Unified social credit code (GB 32100): 18 characters, the last one a check digit.
//! Knows the form only; whether the enterprise exists is the unit list's matter.

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
    #[error("{found} characters instead of {expected}")]
    Length { expected: usize, found: usize },
    #[error("character '{character}' at position {position} is not in the code's alphabet")]
    Character { position: usize, character: char },
    #[error("check digit is {found}, should be {expected}")]
    CheckDigit { expected: char, found: char },
}

impl CreditCode {
    /// Reads a code: trims white space, raises to upper case, checks alphabet and check digit.
    /// Positions in errors count from 1.
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
            return Err(CreditCodeError::Character {
                position: at + 1,
                character,
            });
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
        let value = alphabet
            .iter()
            .position(|it| it == byte)
            .unwrap_or_default();
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
