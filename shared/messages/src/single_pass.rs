//! Reads a message of the plain form in one pass without copies: an object whose `data` is an array of flat objects,
//! texts without escapes, numbers of at most 15 digits. For any other message it returns `None`, and the full reader of
//! `raw_message` and `energy` takes over.

use std::borrow::Cow;

use super::energy::Entry;
use super::scalar::{Scalar, key_is};

/// The parts of a message of the plain form.
pub(super) struct PlainMessage<'a> {
    /// The device id of the sender.
    pub device_id: Scalar<'a>,
    /// The enterprise that the message is about.
    pub enterprise_code: Scalar<'a>,
    /// The number of entries that were passed to `take`.
    pub entries: u32,
}

/// Passes each entry to `take` while reading. The caller discards all entries when the result is `None`.
pub(super) fn read<'a>(
    text: &'a str,
    max_entries: usize,
    mut take: impl FnMut(u32, &Entry<'a>, &'a str),
) -> Option<PlainMessage<'a>> {
    let mut it = Reader { text, at: 0 };
    let mut found =
        PlainMessage { device_id: Scalar::Missing, enterprise_code: Scalar::Missing, entries: 0 };
    let mut data = false;
    it.open(b'{')?;
    let mut more = !it.closes(b'}');
    while more {
        let key = it.key()?;
        if key_is(key, "deviceId") {
            it.once(&mut found.device_id)?;
        } else if key_is(key, "enterpriseCode") {
            it.once(&mut found.enterprise_code)?;
        } else if key_is(key, "data") {
            if std::mem::replace(&mut data, true) {
                return None;
            }
            it.open(b'[')?;
            let mut more = !it.closes(b']');
            while more {
                if found.entries as usize >= max_entries {
                    return None;
                }
                it.space();
                let from = it.at;
                let entry = it.entry()?;
                take(found.entries, &entry, &text[from..it.at]);
                found.entries += 1;
                more = it.goes_on(b']')?;
            }
        } else {
            it.scalar()?;
        }
        more = it.goes_on(b'}')?;
    }
    it.space();
    (data && it.at == text.len()).then_some(found)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn open(&mut self, bracket: u8) -> Option<()> {
        self.space();
        (self.peek()? == bracket).then(|| self.at += 1)
    }

    /// Whether the closing bracket comes next.
    fn closes(&mut self, bracket: u8) -> bool {
        self.open(bracket).is_some()
    }

    /// True after a comma, false after the closing bracket.
    fn goes_on(&mut self, bracket: u8) -> Option<bool> {
        self.space();
        let found = self.peek()?;
        self.at += 1;
        match found {
            b',' => Some(true),
            it if it == bracket => Some(false),
            _ => None,
        }
    }

    fn key(&mut self) -> Option<&'a str> {
        self.space();
        let key = self.string()?;
        self.space();
        (self.peek()? == b':').then(|| self.at += 1)?;
        self.space();
        Some(key)
    }

    fn entry(&mut self) -> Option<Entry<'a>> {
        let mut entry = Entry::default();
        self.open(b'{')?;
        let mut more = !self.closes(b'}');
        while more {
            let key = self.key()?;
            match entry.slot(key) {
                Some(slot) => self.once(slot)?,
                None => drop(self.scalar()?),
            }
            more = self.goes_on(b'}')?;
        }
        Some(entry)
    }

    /// Sets an attribute; one that occurs twice with different values is left to the full reader, which rejects it.
    fn once(&mut self, slot: &mut Scalar<'a>) -> Option<()> {
        let it = self.scalar()?;
        slot.takes(&it).then(|| *slot = it)
    }

    fn scalar(&mut self) -> Option<Scalar<'a>> {
        self.space();
        match self.peek()? {
            b'"' => Some(Scalar::Text(Cow::Borrowed(self.string()?))),
            b't' => self.word("true", Scalar::Flag(true)),
            b'f' => self.word("false", Scalar::Flag(false)),
            b'n' => self.word("null", Scalar::Missing),
            _ => self.number().map(Scalar::Number),
        }
    }

    fn word(&mut self, word: &str, it: Scalar<'a>) -> Option<Scalar<'a>> {
        self.text.as_bytes()[self.at..]
            .starts_with(word.as_bytes())
            .then(|| self.at += word.len())?;
        Some(it)
    }

    /// The bytes between the quotes of a text without escapes.
    fn string(&mut self) -> Option<&'a str> {
        (self.peek()? == b'"').then(|| self.at += 1)?;
        let from = self.at;
        let bytes = &self.text.as_bytes()[from..];
        let mut length = 0;
        for eight in bytes.chunks_exact(8) {
            let found = special(u64::from_le_bytes(eight.try_into().ok()?));
            if found != 0 {
                length += found.trailing_zeros() as usize / 8;
                break;
            }
            length += 8;
        }
        while !matches!(*bytes.get(length)?, b'"' | b'\\' | 0..0x20) {
            length += 1;
        }
        if bytes[length] != b'"' {
            return None;
        }
        self.at = from + length + 1;
        Some(&self.text[from..from + length])
    }

    /// Reads a number whose digits and power of ten are exact as doubles, so that one division rounds it correctly.
    fn number(&mut self) -> Option<f64> {
        const POWERS_OF_TEN: [f64; 16] =
            [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
        let negative = self.peek()? == b'-';
        self.at += usize::from(negative);
        let from = self.at;
        let mut whole = self.digits(0);
        let before = self.at - from;
        if before == 0 || (before > 1 && self.text.as_bytes()[from] == b'0') {
            return None;
        }
        let mut after = 0;
        if self.peek() == Some(b'.') {
            self.at += 1;
            let from = self.at;
            whole = self.digits(whole);
            after = self.at - from;
            if after == 0 {
                return None;
            }
        }
        if before + after > 15 || matches!(self.peek(), Some(b'e' | b'E')) {
            return None;
        }
        let value = whole as f64 / POWERS_OF_TEN[after];
        Some(if negative { -value } else { value })
    }

    fn digits(&mut self, mut whole: u64) -> u64 {
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            whole = whole.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        whole
    }
}

/// Sets the high bit of every byte that is a quote, a backslash or a control character. Bytes above the first such byte
/// may be marked wrongly.
fn special(eight: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    let zero = |it: u64| it.wrapping_sub(ONES) & !it & HIGH;
    let quote = zero(eight ^ (ONES * b'"' as u64));
    let backslash = zero(eight ^ (ONES * b'\\' as u64));
    let control = eight.wrapping_sub(ONES * 0x20) & !eight & HIGH;
    quote | backslash | control
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn texts_end_where_their_quote_stands(text in "[^\"\\\\\u{0}-\u{1f}]{0,40}", rest in "[a\"\\\\\u{1}é]{0,12}") {
            let whole = format!("\"{text}\"{rest}");
            let mut it = Reader { text: &whole, at: 0 };
            prop_assert_eq!(it.string(), Some(text.as_str()));
            prop_assert_eq!(&whole[it.at..], rest);
        }

        #[test]
        fn numbers_are_those_of_the_thorough_way(text in "-?(0|[1-9][0-9]{0,15})([.][0-9]{1,8})?(e[0-9])?") {
            let mut it = Reader { text: &text, at: 0 };
            if let Some(found) = it.number() {
                let thorough: f64 = serde_json::from_str(&text).unwrap();
                prop_assert_eq!(found.to_bits(), thorough.to_bits());
                prop_assert_eq!(found.to_bits(), text.parse::<f64>().unwrap().to_bits());
            }
        }
    }
}
