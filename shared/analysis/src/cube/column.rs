//! Columns as byte planes: all lowest bytes, then all next ones. Planes that hardly vary compress to almost nothing, and
//! integers of any width are read in place.

use std::borrow::Cow;
use std::ops::Range;

/// The largest magnitude of a figure, in steps. Beyond it the highest plane would say "missing".
pub const STEPS: i32 = 0x7F_0000;

/// The highest byte of a cell that has no figure.
const MISSING: u8 = 0x80;

/// Signed whole numbers up to `STEPS`, each of which may be missing, in three planes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figures<'a> {
    planes: [Cow<'a, [u8]>; 3],
}

impl<'a> Figures<'a> {
    /// A column of these cells.
    pub(super) fn new(cells: &[Option<i32>]) -> Figures<'static> {
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

    /// A column over planes of bytes.
    pub(super) fn borrowed(planes: [&'a [u8]; 3]) -> Self {
        Self { planes: planes.map(Cow::Borrowed) }
    }

    /// The planes of bytes.
    pub(super) fn planes(&self) -> impl Iterator<Item = &[u8]> {
        self.planes.iter().map(|it| &**it)
    }

    /// Every cell of a range.
    pub(super) fn cells(&self, range: Range<usize>) -> impl Iterator<Item = Option<i32>> {
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
pub(super) struct Counts<'a> {
    planes: Vec<Cow<'a, [u8]>>,
}

impl<'a> Counts<'a> {
    /// A column of these cells.
    pub(super) fn new(cells: &[u32]) -> Counts<'static> {
        let most = cells.iter().copied().max().unwrap_or(0);
        let width = (32 - most.leading_zeros()).div_ceil(8) as usize;
        let plane = |at: usize| Cow::Owned(cells.iter().map(|it| it.to_le_bytes()[at]).collect());
        Counts { planes: (0..width).map(plane).collect() }
    }

    /// A column over planes of bytes.
    pub(super) fn borrowed(planes: impl Iterator<Item = &'a [u8]>) -> Self {
        Self { planes: planes.map(Cow::Borrowed).collect() }
    }

    /// The planes of bytes.
    pub(super) fn planes(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.planes.iter().map(|it| &**it)
    }

    /// The count at a place.
    pub(super) fn get(&self, at: usize) -> u32 {
        let planes = self.planes.iter().enumerate();
        planes.map(|(plane, it)| u32::from(it.get(at).copied().unwrap_or(0)) << (8 * plane)).sum()
    }
}

/// The longest time axis.
pub const MOST_PERIODS: usize = 1 << 20;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_range_of_figures_is_read_as_it_was_written(
            cells in proptest::collection::vec(proptest::option::of(-STEPS..=STEPS), 0..300),
            a in 0usize..300, b in 0usize..300,
        ) {
            let column = Figures::new(&cells);
            let range = a.min(b).min(cells.len())..a.max(b).min(cells.len());
            prop_assert_eq!(column.cells(range.clone()).collect::<Vec<_>>(), cells[range].to_vec());
        }

        #[test]
        fn counts_keep_every_width(cells in proptest::collection::vec(prop_oneof![0u32..3, 0u32..70_000, any::<u32>()], 0..100)) {
            let column = Counts::new(&cells);
            for (at, it) in cells.iter().enumerate() {
                prop_assert_eq!(column.get(at), *it);
            }
        }
    }
}
