//! The encoding of Protocol Buffers, as far as Sparkplug B needs it: fields with their numbers, in the order of the bytes.

/// Bytes that are no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Broken;

/// What stands in a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Field<'b> {
    Number(u64),
    Four([u8; 4]),
    Eight([u8; 8]),
    Bytes(&'b [u8]),
}

/// The fields of a message, until its end or the first that is broken.
pub(super) struct Fields<'b>(pub(super) &'b [u8]);

impl<'b> Iterator for Fields<'b> {
    type Item = Result<(u64, Field<'b>), Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_none() {
            self.0 = &[];
        }
        Some(field.ok_or(Broken))
    }
}

impl<'b> Fields<'b> {
    fn field(&mut self) -> Option<(u64, Field<'b>)> {
        let key = self.number()?;
        let field = match key & 7 {
            0 => Field::Number(self.number()?),
            1 => Field::Eight(self.bytes(8)?.try_into().ok()?),
            2 => {
                let length = self.number()?;
                Field::Bytes(self.bytes(usize::try_from(length).ok()?)?)
            }
            5 => Field::Four(self.bytes(4)?.try_into().ok()?),
            _ => return None,
        };
        Some((key >> 3, field))
    }

    fn bytes(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// Seven bits in each byte, the lowest first; the highest bit says that more follow.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for place in 0..10 {
            let byte = self.bytes(1)?[0];
            number |= u64::from(byte & 0x7F) << (7 * place);
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

/// Appends a number.
pub(super) fn put_number(into: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        into.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

/// Appends a field that is a number.
pub(super) fn put_field(into: &mut Vec<u8>, field: u64, number: u64) {
    put_number(into, field << 3);
    put_number(into, number);
}

/// Appends a field of bytes.
pub(super) fn put_bytes(into: &mut Vec<u8>, field: u64, bytes: &[u8]) {
    put_number(into, field << 3 | 2);
    put_number(into, bytes.len() as u64);
    into.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Broken, Field, Fields, put_bytes, put_field};

    #[test]
    fn the_examples_of_the_encoding() {
        // From the description of Protocol Buffers: 150 in field 1, "testing" in field 2.
        assert_eq!(Fields(&[0x08, 0x96, 0x01]).next(), Some(Ok((1, Field::Number(150)))));
        let text = [0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6E, 0x67];
        assert_eq!(Fields(&text).next(), Some(Ok((2, Field::Bytes(b"testing")))));
        for cut in [&text[..4], &[0x08][..], &[0x08, 0x96][..], &[0x0B][..], &[0xFF; 11][..]] {
            assert_eq!(Fields(cut).collect::<Vec<_>>(), [Err(Broken)], "{cut:?}");
        }
    }

    proptest! {
        #[test]
        fn fields_come_back(number: u64, bytes: Vec<u8>, field in 1_u64..5000) {
            let mut written = Vec::new();
            put_field(&mut written, field, number);
            put_bytes(&mut written, field + 1, &bytes);
            let read: Vec<_> = Fields(&written).collect();
            let expected =
                [Ok((field, Field::Number(number))), Ok((field + 1, Field::Bytes(&bytes)))];
            prop_assert_eq!(read, expected);
        }

        #[test]
        fn noise_never_panics(bytes: Vec<u8>) {
            prop_assert!(Fields(&bytes).count() <= bytes.len());
        }
    }
}
