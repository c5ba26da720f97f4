//! The table of shared strings of an old workbook, which runs on over several records.

use super::records::{long, short};
use super::{FileProblem, Limits, limits};

pub(super) struct Cursor<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(parts: Vec<&'a [u8]>) -> Self {
        Self { parts, part: 0, at: 0 }
    }

    /// Every string; the counts at the table's head are not believed.
    pub(super) fn table(mut self, limits: &Limits) -> Result<Vec<String>, FileProblem> {
        let mut strings = Vec::new();
        self.skip(8);
        while let Some(text) = self.string() {
            if text.len() > limits.cell_bytes {
                return Err(limits::cell_too_long(limits, ""));
            }
            strings.push(text);
            if strings.len() > limits.shared_strings {
                let (zh, en) =
                    ("不同文字过多，请分成几个文件", "too many distinct texts; split the file");
                let key = "max_import_shared_strings";
                return Err(limits::beyond(key, limits.shared_strings, "", zh, en));
            }
        }
        Ok(strings)
    }

    fn left(&self) -> &'a [u8] {
        self.parts.get(self.part).map_or(&[], |it| &it[self.at.min(it.len())..])
    }

    /// Moves to the next record where this one has ended; false at the end of all.
    fn ready(&mut self) -> bool {
        while self.left().is_empty() {
            if self.part >= self.parts.len() {
                return false;
            }
            (self.part, self.at) = (self.part + 1, 0);
        }
        true
    }

    fn skip(&mut self, mut count: usize) {
        while count > 0 && self.ready() {
            let step = count.min(self.left().len());
            self.at += step;
            count -= step;
        }
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        if !self.ready() {
            return None;
        }
        let found = self.left().get(..count)?;
        self.at += count;
        Some(found)
    }

    fn string(&mut self) -> Option<String> {
        let head = self.take(3)?;
        let (mut left, flags) = (usize::from(short(head, 0)), head[2]);
        let runs = match flags & 8 {
            0 => 0,
            _ => usize::from(short(self.take(2)?, 0)),
        };
        let more = match flags & 4 {
            0 => 0,
            _ => long(self.take(4)?, 0) as usize,
        };
        let mut wide = flags & 1 == 1;
        let mut units: Vec<u16> = Vec::with_capacity(left);
        while left > 0 {
            if self.left().is_empty() {
                if !self.ready() {
                    break;
                }
                // A text that runs on begins anew with how wide its letters are.
                wide = self.take(1)?[0] & 1 == 1;
            }
            let width = 1 + usize::from(wide);
            let count = (self.left().len() / width).min(left);
            if count == 0 {
                self.skip(1);
                continue;
            }
            let bytes = self.take(count * width)?;
            match wide {
                true => units.extend(bytes.chunks_exact(2).map(|it| short(it, 0))),
                false => units.extend(bytes.iter().map(|it| u16::from(*it))),
            }
            left -= count;
        }
        self.skip(runs * 4);
        self.skip(more);
        Some(String::from_utf16_lossy(&units))
    }
}
