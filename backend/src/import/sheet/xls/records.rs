//! The records of an old workbook: their kinds, and the numbers in them.

/// Iterates over records: the kind of each and its data.
pub(super) struct Records<'a> {
    pub stream: &'a [u8],
    pub at: usize,
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let head = self.stream.get(self.at..self.at + 4)?;
        let (kind, length) = (short(head, 0), usize::from(short(head, 2)));
        let start = self.at + 4;
        let data = self.stream.get(start..start + length)?;
        self.at = start + length;
        Some((kind, data))
    }
}

pub(super) fn short(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |it| u16::from_le_bytes([it[0], it[1]]))
}

pub(super) fn long(bytes: &[u8], at: usize) -> u32 {
    u32::from(short(bytes, at)) | u32::from(short(bytes, at + 2)) << 16
}

pub(super) const BOF: u16 = 0x0809;
pub(super) const EOF: u16 = 0x000a;
pub(super) const CONTINUE: u16 = 0x003c;

pub(super) fn double(data: &[u8], at: usize) -> f64 {
    let bits = u64::from(long(data, at)) | u64::from(long(data, at + 4)) << 32;
    f64::from_bits(bits)
}

/// A number in four bytes: a whole one or the head of a double, perhaps in hundredths.
pub(super) fn compact(it: u32) -> f64 {
    let value = match it & 2 {
        0 => f64::from_bits(u64::from(it & !3) << 32),
        _ => f64::from(it as i32 >> 2),
    };
    if it & 1 == 1 { value / 100.0 } else { value }
}

/// Whether a number format shows a day or a time: its letters outside of quotation marks and brackets.
pub(super) fn shows_date(format: &str) -> bool {
    let (mut quoted, mut bracket, mut skip) = (false, false, false);
    let format = format.split(';').next().unwrap_or_default();
    format.chars().any(|letter| {
        if std::mem::take(&mut skip) {
            return false;
        }
        match letter {
            '"' => quoted = !quoted,
            '[' if !quoted => bracket = true,
            ']' => bracket = false,
            '\\' | '_' | '*' => skip = true,
            _ => {}
        }
        !quoted
            && !bracket
            && matches!(letter, 'y' | 'Y' | 'd' | 'D' | 'h' | 'H' | 'm' | 'M' | 's' | 'S')
    }) && !format.eq_ignore_ascii_case("general")
}
