//! The envelope that both protocols of meters share: the length before the data, the sum of bytes and 16H after it.
use std::ops::Range;

use crate::error::Problem;

/// What the bytes that came so far are.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// More is needed.
    Incomplete,
    /// An answer that cannot be used.
    Bad(Problem, String),
    /// An answer in this range.
    Frame(Range<usize>),
}

/// Ends a frame that has everything up to its data.
pub(crate) fn close(frame: &mut Vec<u8>) {
    frame.push(checksum(frame));
    frame.push(0x16);
}

/// The length of the frame that the bytes begin with, once it is whole and right; before the data are `head` bytes, of
/// which the last is the length of the data.
pub(crate) fn length(bytes: &[u8], head: usize) -> Result<usize, Found> {
    let Some(data) = bytes.get(head - 1) else { return Err(Found::Incomplete) };
    let end = head + usize::from(*data) + 2;
    let Some(frame) = bytes.get(..end) else { return Err(Found::Incomplete) };
    if frame[end - 1] != 0x16 {
        let detail = format!("{:02X} where 16 ends a frame", frame[end - 1]);
        return Err(Found::Bad(Problem::Frame, detail));
    }
    let sum = checksum(&frame[..end - 2]);
    if frame[end - 2] != sum {
        let detail = format!("{:02X}, computed {sum:02X}", frame[end - 2]);
        return Err(Found::Bad(Problem::Checksum, detail));
    }
    Ok(end)
}

/// The one frame that a person wrote, without the bytes that wake a meter; none where it is not exactly one.
pub(crate) fn whole(bytes: &[u8], head: usize) -> Option<&[u8]> {
    let start = bytes.iter().position(|it| *it != 0xFE)?;
    let frame = &bytes[start..];
    (frame[0] == 0x68 && length(frame, head) == Ok(frame.len())).then_some(frame)
}

/// The sum of bytes.
fn checksum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, it| sum.wrapping_add(*it))
}
