//! The encoded cube: magic number, format, checksum, then columns as they are in memory. Decoding borrows the columns
//! of cells and checks every offset that will be followed, so that no later step can leave the bounds.

mod read;
mod write;

use super::Cube;
pub use read::CubeError;
pub(crate) use read::Reader;
pub(crate) use write::Writer;

/// The first bytes of every cube.
pub const MAGIC: [u8; 4] = *b"NCUB";

/// The version of this layout.
pub const FORMAT: u16 = 1;

/// Magic, format, two bytes of nothing, checksum.
const HEAD_BYTES: usize = 16;

impl Cube<'_> {
    /// As it travels, before brotli.
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::with_capacity(HEAD_BYTES + self.cells() * 4);
        write::body(self, &mut writer);
        let body = writer.done();
        let mut all = Vec::with_capacity(HEAD_BYTES + body.len());
        all.extend(MAGIC);
        all.extend(FORMAT.to_le_bytes());
        all.extend([0, 0]);
        all.extend(checksum(&body).to_le_bytes());
        all.extend(body);
        all
    }
}

impl<'a> Cube<'a> {
    /// Reads an encoded cube; cells stay where they are.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, CubeError> {
        let mut head = Reader::new(bytes);
        if head.array::<4>()? != MAGIC {
            return Err(CubeError::NotACube);
        }
        let format = u16::from_le_bytes(head.array()?);
        if format != FORMAT {
            return Err(CubeError::Format(format));
        }
        if head.array::<2>()? != [0, 0] {
            return Err(CubeError::NotACube);
        }
        let sum = u64::from_le_bytes(head.array()?);
        let body = bytes.get(HEAD_BYTES..).unwrap_or_default();
        if checksum(body) != sum {
            return Err(CubeError::Checksum);
        }
        read::body(Reader::new(body))
    }
}

/// Changes with every single changed byte, and with the length.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    const HASH_FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |sum: u64, word: u64| (sum ^ word).wrapping_mul(HASH_FACTOR).rotate_left(29);
    let words = bytes.chunks_exact(8);
    let mut last = [0; 8];
    last[..words.remainder().len()].copy_from_slice(words.remainder());
    let sum = words.fold(bytes.len() as u64, |sum, word| {
        mix(sum, word.try_into().map_or(0, u64::from_le_bytes))
    });
    mix(sum, u64::from_le_bytes(last))
}
