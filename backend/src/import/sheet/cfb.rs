//! The container of old Office files: one stream of it by name. Every chain of sectors is bounded by the file's own size.

use std::collections::HashSet;

const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Sector numbers from here on are marks.
const FIRST_MARK: u32 = 0xffff_fffa;

/// The first stream of one of these names.
pub(super) fn stream(file: &[u8], names: &[&str]) -> Result<Vec<u8>, &'static str> {
    const DAMAGED: &str = "the container is damaged";
    let header = file.get(..512).filter(|it| it.starts_with(MAGIC)).ok_or(DAMAGED)?;
    let size = match short(header, 30) {
        9 => 512usize,
        12 => 4096,
        _ => return Err(DAMAGED),
    };
    let body = Body { file, size, table: Vec::new() };
    let table = table(header, &body).ok_or(DAMAGED)?;
    let body = Body { table, ..body };
    let folder = body.chain(long(header, 48), usize::MAX).ok_or(DAMAGED)?;
    let entries: Vec<&[u8]> = folder.chunks_exact(128).collect();
    let root = entries.first().ok_or(DAMAGED)?;
    let wanted = |entry: &&&[u8]| names.iter().any(|it| it.eq_ignore_ascii_case(&name_of(entry)));
    let entry = entries.iter().find(wanted).ok_or("no Workbook stream; is it an Excel file?")?;
    let length = long(entry, 120) as usize;
    let start = long(entry, 116);
    let found = if length >= 4096 {
        body.chain(start, length)
    } else {
        let mini = body.chain(long(root, 116), long(root, 120) as usize).ok_or(DAMAGED)?;
        let mini_table = body.chain(long(header, 60), usize::MAX).ok_or(DAMAGED)?;
        let small = Body {
            file: &mini,
            size: 64,
            table: mini_table.chunks_exact(4).map(|it| long(it, 0)).collect(),
        };
        small.chain_from(start, length, 0)
    };
    found.filter(|it| it.len() >= length).ok_or(DAMAGED)
}

fn short(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |it| u16::from_le_bytes([it[0], it[1]]))
}

fn long(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |it| u32::from_le_bytes([it[0], it[1], it[2], it[3]]))
}

fn name_of(entry: &[u8]) -> String {
    let length = usize::from(short(entry, 64)).saturating_sub(2).min(64);
    let units = entry[..length].chunks_exact(2).map(|it| u16::from_le_bytes([it[0], it[1]]));
    char::decode_utf16(units).filter_map(Result::ok).collect()
}

/// The table of sectors: 109 of its sectors are named in the header, more in a chain.
fn table(header: &[u8], body: &Body<'_>) -> Option<Vec<u32>> {
    let mut sectors: Vec<u32> = header[76..512].chunks_exact(4).map(|it| long(it, 0)).collect();
    let (mut next, mut seen) = (long(header, 68), HashSet::new());
    while next < FIRST_MARK {
        if !seen.insert(next) {
            return None;
        }
        let sector = body.sector(next, 1)?;
        let (names, last) = sector.split_at(sector.len().checked_sub(4)?);
        sectors.extend(names.chunks_exact(4).map(|it| long(it, 0)));
        next = long(last, 0);
    }
    let most = body.file.len() / body.size + 1;
    let mut table = Vec::new();
    for it in sectors.into_iter().filter(|it| *it < FIRST_MARK).take(most) {
        table.extend(body.sector(it, 1)?.chunks_exact(4).map(|it| long(it, 0)));
    }
    Some(table)
}

struct Body<'a> {
    file: &'a [u8],
    size: usize,
    table: Vec<u32>,
}

impl<'a> Body<'a> {
    /// A sector; the last may be cut short.
    fn sector(&self, at: u32, header: usize) -> Option<&'a [u8]> {
        let start = (at as usize).checked_add(header)?.checked_mul(self.size)?;
        let end = (start + self.size).min(self.file.len());
        self.file.get(start..end)
    }

    fn chain(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        self.chain_from(start, length, 1)
    }

    fn chain_from(&self, start: u32, length: usize, header: usize) -> Option<Vec<u8>> {
        let mut found = Vec::new();
        let mut at = start;
        while at < FIRST_MARK && found.len() < length {
            let sector = self.sector(at, header)?;
            // A chain longer than the file goes in a circle.
            if sector.is_empty() || found.len() > self.file.len() {
                return None;
            }
            let left = length - found.len();
            found.extend_from_slice(&sector[..sector.len().min(left)]);
            at = *self.table.get(at as usize)?;
        }
        Some(found)
    }
}
