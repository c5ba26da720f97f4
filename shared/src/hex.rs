//! Writes bytes as hexadecimal digits and reads them back: ids, digests, cursors and encrypted texts.

use std::fmt::Write;

/// Two lower-case digits a byte.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a text cannot fail.
        write!(text, "{byte:02x}").ok();
    }
    text
}

/// The bytes of a text of such digits, in either letter case; `None` for anything else.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |it: u8| char::from(it).to_digit(16).and_then(|it| u8::try_from(it).ok());
    text.len().is_multiple_of(2).then_some(())?;
    text.as_bytes().chunks_exact(2).map(|it| Some(digit(it[0])? << 4 | digit(it[1])?)).collect()
}

#[cfg(test)]
mod tests {
    use super::{hex, unhex};

    #[test]
    fn two_digits_a_byte_and_back() {
        let bytes = [0, 0x0f, 0xa0];
        assert_eq!(hex(&bytes), "000fa0");
        assert_eq!(unhex("000FA0").as_deref(), Some(&bytes[..]));
        for text in ["0", "0g", "é"] {
            assert_eq!(unhex(text), None, "{text}");
        }
    }
}
