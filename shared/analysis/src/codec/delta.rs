//! The delta between two encoded snapshots: parts that are copied from the older one, and new bytes between them. It does
//! not know what the bytes mean; applied to the older snapshot, it gives the newer one byte for byte.

use std::collections::HashMap;

use crate::cube::{CubeError, checksum};

/// Media type of a delta.
pub const DELTA_MEDIA_TYPE: &str = "application/vnd.nengce.snapshot-delta";

/// The first bytes of every delta; a whole snapshot and a cube begin with others.
pub const DELTA_MAGIC: [u8; 4] = *b"NSD1";

/// Magic number, length of the newer snapshot, checksums of the older and of the newer one.
const HEAD_BYTES: usize = 24;
/// Each part: how many new bytes follow, from where in the older snapshot bytes are copied behind them, and how many.
const PART_HEAD_BYTES: usize = 12;
/// A shorter run of equal bytes is sent, not copied.
const LEAST_COPIED: usize = 32;

/// The delta from `old` to `new`.
pub fn delta(old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut delta = Vec::from(DELTA_MAGIC);
    delta.extend((new.len() as u32).to_le_bytes());
    delta.extend(checksum(old).to_le_bytes());
    delta.extend(checksum(new).to_le_bytes());
    let blocks = old.chunks_exact(LEAST_COPIED).enumerate();
    let places: HashMap<&[u8], usize> = blocks.map(|(at, it)| (it, at * LEAST_COPIED)).collect();
    // `sent` bytes of the newer snapshot are in the delta; the byte after them stood at `follows` in the older one, unless
    // bytes were added or taken away there.
    let (mut at, mut sent, mut follows) = (0, 0, 0);
    while at < new.len() {
        let equal = |from: usize| {
            let pairs = old.get(from..).unwrap_or_default().iter().zip(&new[at..]);
            pairs.take_while(|(old, new)| old == new).count()
        };
        let aligned = Some(follows + (at - sent)).filter(|it| equal(*it) >= LEAST_COPIED);
        let moved = || places.get(new.get(at..at + LEAST_COPIED)?).copied();
        let Some(from) = aligned.or_else(moved) else {
            at += 1;
            continue;
        };
        let copied = equal(from);
        put(&mut delta, &new[sent..at], from, copied);
        (at, follows) = (at + copied, from + copied);
        sent = at;
    }
    put(&mut delta, &new[sent..], 0, 0);
    delta
}

fn put(delta: &mut Vec<u8>, added: &[u8], from: usize, copied: usize) {
    for it in [added.len(), from, copied] {
        delta.extend((it as u32).to_le_bytes());
    }
    delta.extend(added);
}

/// The newer snapshot.
///
/// # Errors
/// The delta is damaged, or starts from another snapshot than `old`.
pub fn apply(old: &[u8], delta: &[u8]) -> Result<Vec<u8>, CubeError> {
    let (head, mut parts) = delta.split_at_checked(HEAD_BYTES).ok_or(CubeError::Truncated)?;
    if !head.starts_with(&DELTA_MAGIC) {
        return Err(CubeError::NotASnapshot);
    }
    let sum = |at: usize| head[at..at + 8].try_into().map_or(0, u64::from_le_bytes);
    if checksum(old) != sum(8) {
        return Err(CubeError::Checksum);
    }
    let length = number(head, 4);
    let mut new = Vec::with_capacity(length.min(old.len() + delta.len()));
    while !parts.is_empty() {
        let (part, rest) = parts.split_at_checked(PART_HEAD_BYTES).ok_or(CubeError::Truncated)?;
        let (added, from, copied) = (number(part, 0), number(part, 4), number(part, 8));
        let (added, rest) = rest.split_at_checked(added).ok_or(CubeError::Truncated)?;
        let copied = old.get(from..).and_then(|it| it.get(..copied)).ok_or(CubeError::Truncated)?;
        if new.len() + added.len() + copied.len() > length {
            return Err(CubeError::Checksum);
        }
        new.extend(added);
        new.extend(copied);
        parts = rest;
    }
    if new.len() != length || checksum(&new) != sum(16) {
        return Err(CubeError::Checksum);
    }
    Ok(new)
}

/// The four bytes at a place that the caller has checked.
fn number(bytes: &[u8], at: usize) -> usize {
    bytes[at..at + 4].try_into().map_or(0, u32::from_le_bytes) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Bytes with long equal runs, and the same with places changed, lost and added.
    fn versions() -> impl Strategy<Value = (Vec<u8>, Vec<u8>)> {
        let edit =
            (any::<prop::sample::Index>(), 0..3u8, prop::collection::vec(any::<u8>(), 1..40));
        let bytes = prop::collection::vec(prop_oneof![3 => Just(0u8), 1 => any::<u8>()], 1..2_000);
        (bytes, prop::collection::vec(edit, 0..8)).prop_map(|(old, edits)| {
            let mut new = old.clone();
            for (place, kind, bytes) in edits {
                let at = place.index(new.len() + 1);
                let end = (at + bytes.len()).min(new.len());
                match kind {
                    0 => drop(new.splice(at..end, bytes[..end - at].to_vec())),
                    1 => drop(new.splice(at..at, bytes)),
                    _ => drop(new.drain(at..end)),
                }
            }
            (old, new)
        })
    }

    proptest! {
        #[test]
        fn the_older_one_and_its_delta_are_the_newer_one((old, new) in versions()) {
            prop_assert_eq!(apply(&old, &delta(&old, &new)).expect("it fits"), new);
        }

        #[test]
        fn a_damaged_delta_gives_nothing_else((old, new) in versions(), place: prop::sample::Index, bit in 0..8u8) {
            let mut wrong = delta(&old, &new);
            let at = place.index(wrong.len());
            wrong[at] ^= 1u8 << bit;
            // A part may be taken from another place with the same bytes.
            prop_assert!(apply(&old, &wrong).map_or(true, |it| it == new));
            prop_assert!(apply(&old, &wrong[..at]).map_or(true, |it| it == new));
        }
    }

    #[test]
    fn one_changed_figure_of_a_large_snapshot_is_a_small_delta() {
        let old: Vec<u8> = (0..200_000u32).flat_map(|it| (it / 7).to_le_bytes()).collect();
        let mut new = old.clone();
        new[123_456] ^= 1;
        let delta = delta(&old, &new);
        assert!(delta.len() < 200, "{}", delta.len());
        assert_eq!(apply(&old, &delta), Ok(new));
        assert_eq!(apply(b"another", &delta), Err(CubeError::Checksum));
    }
}
