//! The snapshot as it travels: what the cube does not hold (names, units, groups, targets, economy, products), then the
//! cube of its months; and the delta from one snapshot to a newer one. Nothing is derived here.

mod delta;
mod groups;
mod names;
mod read;
#[cfg(test)]
pub mod tests;
mod write;

pub use delta::{DELTA_MAGIC, DELTA_MEDIA_TYPE, apply, delta};

use crate::cube::{Cube, CubeError, checksum};
use crate::snapshot::Snapshot;

/// Media type of an encoded snapshot.
pub const MEDIA_TYPE: &str = "application/vnd.nengce.snapshot";

/// The first bytes of every snapshot.
pub const MAGIC: [u8; 4] = *b"NSNP";

/// The version of this layout. Version 1 does not say how units report today.
pub const FORMAT: u16 = 2;
const WITHOUT_REPORTING: u16 = 1;

/// Magic, format, two bytes of nothing, length and checksum of the first part.
const HEAD_BYTES: usize = 20;

/// A snapshot with the cube of its months. Where the members of the cube are groups, units become groups.
pub fn encode(snapshot: &Snapshot, cube: &Cube<'_>) -> Vec<u8> {
    let rest = write::rest(snapshot, cube.level);
    let cube = cube.encode();
    let mut all = Vec::with_capacity(HEAD_BYTES + rest.len() + cube.len());
    all.extend(MAGIC);
    all.extend(FORMAT.to_le_bytes());
    all.extend([0, 0]);
    all.extend((rest.len() as u32).to_le_bytes());
    all.extend(checksum(&rest).to_le_bytes());
    all.extend(rest);
    all.extend(cube);
    all
}

/// The snapshot again.
///
/// # Errors
/// Bytes that are no snapshot of this format, that are damaged, or whose parts contradict each other.
pub fn decode(bytes: &[u8]) -> Result<Snapshot, CubeError> {
    let (head, body) = bytes.split_at_checked(HEAD_BYTES).ok_or(CubeError::Truncated)?;
    let field = |at: usize| head.get(at..).unwrap_or_default();
    if !head.starts_with(&MAGIC) || field(6)[..2] != [0, 0] {
        return Err(CubeError::NotASnapshot);
    }
    let format = u16::from_le_bytes([head[4], head[5]]);
    if format != FORMAT && format != WITHOUT_REPORTING {
        return Err(CubeError::Format(format));
    }
    let length = u32::from_le_bytes([head[8], head[9], head[10], head[11]]) as usize;
    let sum = field(12).try_into().map_or(0, u64::from_le_bytes);
    let (rest, cube) = body.split_at_checked(length).ok_or(CubeError::Truncated)?;
    if checksum(rest) != sum {
        return Err(CubeError::Checksum);
    }
    read::snapshot(rest, &Cube::decode(cube)?, format == FORMAT)
}
