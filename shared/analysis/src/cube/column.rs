//! Columns as byte planes: all lowest bytes, then all next ones. Planes that hardly vary compress to almost nothing,
//! integers of any width are read in place, and a range is summed plane by plane.

use std::borrow::Cow;
use std::ops::Range;

/// The largest magnitude of a figure, in steps. Beyond it the highest plane would say "missing".
pub const STEPS: i32 = 0x7F_0000;

/// The highest byte of a cell that has no figure.
const MISSING: u8 = 0x80;

/// Signed whole numbers up to `STEPS`, each of which may be missing, in three planes.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures<'a> {
    planes: [Cow<'a, [u8]>; 3],
}

impl<'a> Figures<'a> {
    pub fn new(cells: &[Option<i32>]) -> Figures<'static> {
        let mut planes = [(); 3].map(|()| Vec::with_capacity(cells.len()));
        for cell in cells {
            let bytes = match cell {
                Some(steps) => {
                    let bytes = (*steps).clamp(-STEPS, STEPS).to_le_bytes();
                    [bytes[0], bytes[1], bytes[2]]
                }
                None => [0, 0, MISSING],
            };
            for (plane, byte) in planes.iter_mut().zip(bytes) {
                plane.push(byte);
            }
        }
        Figures { planes: planes.map(Cow::Owned) }
    }

    pub fn borrowed(planes: [&'a [u8]; 3]) -> Self {
        Self { planes: planes.map(Cow::Borrowed) }
    }

    pub fn planes(&self) -> impl Iterator<Item = &[u8]> {
        self.planes.iter().map(|it| &**it)
    }

    pub fn bytes(&self) -> usize {
        self.planes.iter().map(|it| it.len()).sum()
    }

    /// Sum and number of the figures of a range.
    pub fn sum(&self, range: Range<usize>) -> (i64, u32) {
        let [low, middle, high] = self.parts(range);
        let missing = high.iter().map(|it| u32::from(*it == MISSING)).sum::<u32>();
        let high_sum: i32 = high.iter().map(|it| i32::from(*it as i8)).sum();
        let high_sum = i64::from(high_sum) + 128 * i64::from(missing);
        let sum = (high_sum << 16) + i64::from(total(middle) << 8) + i64::from(total(low));
        (sum, high.len() as u32 - missing)
    }

    /// Every cell of a range.
    pub fn cells(&self, range: Range<usize>) -> impl Iterator<Item = Option<i32>> {
        let [low, middle, high] = self.parts(range);
        let cell = |((low, middle), high): ((&u8, &u8), &u8)| {
            (*high != MISSING).then(|| i32::from_le_bytes([0, *low, *middle, *high]) >> 8)
        };
        low.iter().zip(middle).zip(high).map(cell)
    }

    fn parts(&self, range: Range<usize>) -> [&[u8]; 3] {
        self.planes.each_ref().map(|it| it.get(range.clone()).unwrap_or_default())
    }
}

/// Whole numbers from 0, in as many planes as the largest needs; none when all are 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Counts<'a> {
    planes: Vec<Cow<'a, [u8]>>,
}

impl<'a> Counts<'a> {
    pub fn new(cells: &[u32]) -> Counts<'static> {
        let most = cells.iter().copied().max().unwrap_or(0);
        let width = (32 - most.leading_zeros()).div_ceil(8) as usize;
        let plane = |at: usize| Cow::Owned(cells.iter().map(|it| it.to_le_bytes()[at]).collect());
        Counts { planes: (0..width).map(plane).collect() }
    }

    pub fn borrowed(planes: impl Iterator<Item = &'a [u8]>) -> Self {
        Self { planes: planes.map(Cow::Borrowed).collect() }
    }

    pub fn planes(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.planes.iter().map(|it| &**it)
    }

    pub fn bytes(&self) -> usize {
        self.planes.iter().map(|it| it.len()).sum()
    }

    pub fn get(&self, at: usize) -> u32 {
        let planes = self.planes.iter().enumerate();
        planes.map(|(plane, it)| u32::from(it.get(at).copied().unwrap_or(0)) << (8 * plane)).sum()
    }

    pub fn sum(&self, range: Range<usize>) -> u64 {
        let planes = self.planes.iter().enumerate();
        planes
            .map(|(plane, it)| {
                u64::from(total(it.get(range.clone()).unwrap_or_default())) << (8 * plane)
            })
            .sum()
    }
}

/// The sum of bytes. A series has at most `MOST_PERIODS` of them, so it fits.
fn total(bytes: &[u8]) -> u32 {
    bytes.iter().map(|it| u32::from(*it)).sum()
}

/// The longest time axis: sums of one plane fit 32 bits well.
pub const MOST_PERIODS: usize = 1 << 20;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn figures_are_summed_as_they_are_read(
            cells in proptest::collection::vec(proptest::option::of(-STEPS..=STEPS), 0..300),
            a in 0usize..300, b in 0usize..300,
        ) {
            let column = Figures::new(&cells);
            prop_assert_eq!(column.cells(0..cells.len()).collect::<Vec<_>>(), cells.clone());
            let range = a.min(b).min(cells.len())..a.max(b).min(cells.len());
            let found = cells[range.clone()].iter().flatten();
            let expected = found.clone().fold((0, 0), |(sum, n), it| (sum + i64::from(*it), n + 1));
            prop_assert_eq!(column.sum(range), expected);
        }

        #[test]
        fn counts_keep_every_width(cells in proptest::collection::vec(prop_oneof![0u32..3, 0u32..70_000, any::<u32>()], 0..100)) {
            let column = Counts::new(&cells);
            for (at, it) in cells.iter().enumerate() {
                prop_assert_eq!(column.get(at), *it);
            }
            let sum: u64 = cells.iter().map(|it| u64::from(*it)).sum();
            prop_assert_eq!(column.sum(0..cells.len()), sum);
        }
    }
}
