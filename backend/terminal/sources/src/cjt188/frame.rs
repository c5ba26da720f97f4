//! Frames of CJ/T 188: `68 T A0…A6 CTR LEN DATA CS 16`, before them FE bytes; the data as it is.
use crate::line::envelope::{self, Found};

/// A frame without its envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frame {
    /// The type of the meter: 10H and following water, 20H heat, 30H gas.
    pub(crate) kind: u8,
    /// Lowest byte first, as on the wire.
    pub(crate) meter: [u8; 7],
    pub(crate) control: u8,
    pub(crate) data: Vec<u8>,
}

/// Bytes before the data; the last of them is its length.
const HEAD: usize = 11;
/// Set in the control byte of every answer.
const ANSWER: u8 = 0x80;
/// Set in the control byte of an answer that refuses.
pub(crate) const REFUSED: u8 = 0x40;

impl Frame {
    /// From 68H to 16H.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![0x68, self.kind];
        bytes.extend_from_slice(&self.meter);
        bytes.extend_from_slice(&[self.control, self.data.len() as u8]);
        bytes.extend_from_slice(&self.data);
        envelope::close(&mut bytes);
        bytes
    }

    /// With the bytes before it that wake a meter.
    pub(crate) fn with_wake(&self) -> Vec<u8> {
        [&[0xFE; 3], self.bytes().as_slice()].concat()
    }

    /// Of a whole frame whose form has been checked.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        let meter = bytes.get(2..9)?.try_into().ok()?;
        let length = usize::from(*bytes.get(10)?);
        let data = bytes.get(11..11 + length)?.to_vec();
        Some(Self { kind: bytes[1], meter, control: bytes[9], data })
    }
}

/// Whether a frame that a person wrote is exactly one that reads.
pub(crate) fn only_reads(bytes: &[u8]) -> bool {
    envelope::whole(bytes, HEAD).is_some_and(|frame| matches!(frame[9], 0x01 | 0x03 | 0x09))
}

/// Looks for an answer; requests that a converter echoes are passed over.
pub(crate) fn find_answer(bytes: &[u8]) -> Found {
    let mut start = 0;
    loop {
        let Some(next) = bytes[start..].iter().position(|it| *it == 0x68) else {
            return Found::Incomplete;
        };
        start += next;
        let rest = &bytes[start..];
        let end = match envelope::length(rest, HEAD) {
            Ok(it) => it,
            Err(found) => return found,
        };
        if rest[9] & ANSWER != 0 {
            return Found::Frame(start..start + end);
        }
        start += end;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Frame, find_answer};
    use crate::line::envelope::Found;

    const METER: [u8; 7] = [0x44, 0x33, 0x22, 0x11, 0x00, 0x33, 0x78];

    #[test]
    fn published_request() {
        let request =
            Frame { kind: 0x10, meter: METER, control: 0x01, data: vec![0x1F, 0x90, 0x00] };
        let published = [
            0x68, 0x10, 0x44, 0x33, 0x22, 0x11, 0x00, 0x33, 0x78, 0x01, 0x03, 0x1F, 0x90, 0x00,
            0x80, 0x16,
        ];
        assert_eq!(request.bytes(), published);
    }

    proptest! {
        #[test]
        fn frames_come_back(meter: [u8; 7], data in proptest::collection::vec(any::<u8>(), 0..=100)) {
            let frame = Frame { kind: 0x20, meter, control: 0x81, data };
            let whole = frame.bytes();
            prop_assert_eq!(find_answer(&whole), Found::Frame(0..whole.len()));
            prop_assert_eq!(Frame::of(&whole), Some(frame));
        }

        #[test]
        fn noise_never_panics(noise in proptest::collection::vec(any::<u8>(), 0..300)) {
            find_answer(&noise);
            Frame::of(&noise);
        }
    }
}
