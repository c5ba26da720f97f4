//! Frames of DL/T 645: `68 A0…A5 68 C L DATA CS 16`, before them up to four FE; each byte of the data has 33H added.
use crate::line::envelope::{self, Found};

/// A frame without its envelope; the data as it was before 33H was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frame {
    /// Lowest byte first, as on the wire.
    pub(crate) meter: [u8; 6],
    pub(crate) control: u8,
    pub(crate) data: Vec<u8>,
}

/// The bytes that wake a meter.
const WAKE: [u8; 4] = [0xFE; 4];

/// Bytes before the data; the last of them is its length.
const HEAD: usize = 10;
/// Set in the control byte of every answer.
pub(crate) const ANSWER: u8 = 0x80;
/// Set in the control byte of an answer that refuses.
pub(crate) const REFUSED: u8 = 0x40;
/// Set in the control byte of an answer after which more can be asked for.
pub(crate) const MORE: u8 = 0x20;

impl Frame {
    /// From the first 68H to 16H.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![0x68];
        bytes.extend_from_slice(&self.meter);
        bytes.extend_from_slice(&[0x68, self.control, self.data.len() as u8]);
        bytes.extend(self.data.iter().map(|it| it.wrapping_add(0x33)));
        envelope::close(&mut bytes);
        bytes
    }

    /// With the bytes before it that wake a meter.
    pub(crate) fn with_wake(&self) -> Vec<u8> {
        [WAKE.as_slice(), &self.bytes()].concat()
    }

    /// Of a whole frame whose form has been checked.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        let meter = bytes.get(1..7)?.try_into().ok()?;
        let length = usize::from(*bytes.get(9)?);
        let data = bytes.get(10..10 + length)?.iter().map(|it| it.wrapping_sub(0x33)).collect();
        Some(Self { meter, control: bytes[8], data })
    }
}

/// Whether a frame that a person wrote is exactly one that reads.
pub(crate) fn only_reads(bytes: &[u8]) -> bool {
    envelope::whole(bytes, HEAD).is_some_and(|frame| {
        frame[7] == 0x68 && matches!(frame[8], 0x01 | 0x02 | 0x11 | 0x12 | 0x13)
    })
}

/// Looks for an answer; requests that a converter echoes are passed over.
pub(crate) fn find_answer(bytes: &[u8]) -> Found {
    find(bytes, |control| control & ANSWER != 0)
}

/// Looks for a frame whose control byte is wanted.
pub(crate) fn find(bytes: &[u8], wanted: fn(u8) -> bool) -> Found {
    let mut start = 0;
    loop {
        let Some(next) = bytes[start..].iter().position(|it| *it == 0x68) else {
            return Found::Incomplete;
        };
        start += next;
        let rest = &bytes[start..];
        let Some(second) = rest.get(7) else { return Found::Incomplete };
        if *second != 0x68 {
            start += 1;
            continue;
        }
        let end = match envelope::length(rest, HEAD) {
            Ok(it) => it,
            Err(found) => return found,
        };
        if wanted(rest[8]) {
            return Found::Frame(start..start + end);
        }
        start += end;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Frame, find, find_answer};
    use crate::error::Problem;
    use crate::line::envelope::Found;

    const METER: [u8; 6] = [0x29, 0x25, 0x07, 0x07, 0x21, 0x20];

    fn bytes(text: &str) -> Vec<u8> {
        text.split_whitespace().map(|it| u8::from_str_radix(it, 16).expect("hex")).collect()
    }

    #[test]
    fn published_request_and_answer() {
        let request = Frame { meter: METER, control: 0x11, data: vec![0; 4] };
        let published = "FE FE FE FE 68 29 25 07 07 21 20 68 11 04 33 33 33 33 4E 16";
        assert_eq!(request.with_wake(), bytes(published));
        let answer =
            bytes("FE FE FE FE 68 29 25 07 07 21 20 68 91 08 33 33 33 33 A9 4A 36 33 2E 16");
        assert_eq!(find_answer(&answer), Found::Frame(4..24));
        let frame = Frame::of(&answer[4..]).expect("a frame");
        assert_eq!(frame.data, [0, 0, 0, 0, 0x76, 0x17, 0x03, 0x00]);
    }

    #[test]
    fn echoes_are_passed_over_and_noise_is_seen() {
        let request = Frame { meter: METER, control: 0x11, data: vec![0; 4] };
        let answer = Frame { meter: METER, control: 0x91, data: vec![0; 8] };
        let both = [request.with_wake(), answer.with_wake()].concat();
        assert_eq!(find_answer(&both), Found::Frame(24..44));
        assert_eq!(find_answer(&both[..40]), Found::Incomplete);
        let mut noisy = answer.bytes();
        noisy[12] ^= 1;
        assert!(matches!(find_answer(&noisy), Found::Bad(Problem::Checksum, _)));
    }

    proptest! {
        #[test]
        fn frames_come_back(meter: [u8; 6], control: u8, data in proptest::collection::vec(any::<u8>(), 0..=200)) {
            let frame = Frame { meter, control, data };
            prop_assert_eq!(Frame::of(&frame.bytes()), Some(frame.clone()));
            let whole = frame.bytes();
            prop_assert_eq!(find(&whole, |_| true), Found::Frame(0..whole.len()));
        }

        #[test]
        fn noise_never_panics(noise in proptest::collection::vec(any::<u8>(), 0..300)) {
            find_answer(&noise);
            Frame::of(&noise);
        }
    }
}
