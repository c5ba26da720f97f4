//! Scales: linear with 1-2-5 ticks, logarithmic, bands. Numbers in, CSS pixels out; no marks.

#[derive(Debug, Clone, PartialEq)]
pub struct Linear {
    pub min: f64,
    pub max: f64,
    /// Pixel of `min` and of `max`; an upright axis has `start > end`.
    pub start: f64,
    pub end: f64,
    pub step: f64,
}

impl Linear {
    /// A domain widened to whole 1-2-5 steps. `wanted` is about how many steps there should be.
    pub fn nice(
        values: impl IntoIterator<Item = f64>,
        wanted: usize,
        start: f64,
        end: f64,
    ) -> Self {
        let (mut min, mut max) = extent(values).unwrap_or((0.0, 1.0));
        if min == max {
            let pad = if min == 0.0 { 1.0 } else { min.abs() * 0.1 };
            (min, max) = (min - pad, max + pad);
        }
        let step = step_125((max - min) / wanted.max(1) as f64);
        Self {
            min: (min / step + 1e-9).floor() * step,
            max: (max / step - 1e-9).ceil() * step,
            start,
            end,
            step,
        }
    }

    /// As `nice`, with zero in the domain: bars start there.
    pub fn from_zero(
        values: impl IntoIterator<Item = f64>,
        wanted: usize,
        start: f64,
        end: f64,
    ) -> Self {
        let mut values: Vec<f64> = values.into_iter().filter(|v| v.is_finite()).collect();
        values.push(0.0);
        if values.iter().all(|v| *v == 0.0) {
            values.push(1.0);
        }
        Self::nice(values, wanted, start, end)
    }

    pub fn at(&self, value: f64) -> f64 {
        self.start + (value - self.min) / (self.max - self.min) * (self.end - self.start)
    }

    pub fn invert(&self, pixel: f64) -> f64 {
        self.min + (pixel - self.start) / (self.end - self.start) * (self.max - self.min)
    }

    pub fn ticks(&self) -> Vec<f64> {
        let first = (self.min / self.step - 1e-9).ceil() as i64;
        let last = (self.max / self.step + 1e-9).floor() as i64;
        (first..=last).map(|n| n as f64 * self.step).collect()
    }
}

/// The least 1, 2 or 5 × 10ⁿ that is not below `raw`.
pub fn step_125(raw: f64) -> f64 {
    if raw <= 0.0 || !raw.is_finite() {
        return 1.0;
    }
    let power = 10f64.powf(raw.log10().floor());
    let lead = raw / power;
    let nice = [1.0, 2.0, 5.0].into_iter().find(|n| lead <= n * (1.0 + 1e-9));
    nice.unwrap_or(10.0) * power
}

pub fn extent(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    values.into_iter().filter(|v| v.is_finite()).fold(None, |seen, v| match seen {
        None => Some((v, v)),
        Some((min, max)) => Some((min.min(v), max.max(v))),
    })
}

#[derive(Debug, Clone, PartialEq)]
pub struct Log {
    pub min: f64,
    pub max: f64,
    pub start: f64,
    pub end: f64,
}

impl Log {
    /// The domain reaches a little beyond the values; values ≤ 0 have no place and are skipped.
    pub fn around(values: impl IntoIterator<Item = f64>, start: f64, end: f64) -> Self {
        let (min, max) = extent(values.into_iter().filter(|v| *v > 0.0)).unwrap_or((1.0, 10.0));
        let pad = ((max / min).powf(0.06)).max(1.25);
        Self { min: min / pad, max: max * pad, start, end }
    }

    pub fn at(&self, value: f64) -> f64 {
        self.start + (value / self.min).ln() / (self.max / self.min).ln() * (self.end - self.start)
    }

    pub fn decades(&self) -> Vec<f64> {
        let first = (self.min.log10() - 1e-9).ceil() as i32;
        let last = (self.max.log10() + 1e-9).floor() as i32;
        (first..=last).map(|n| 10f64.powi(n)).collect()
    }
}

/// `n` equal bands between two pixels, each with a share of its width left free.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    pub n: usize,
    pub start: f64,
    pub end: f64,
    pub free: f64,
}

impl Band {
    pub fn new(n: usize, start: f64, end: f64, free: f64) -> Self {
        Self { n: n.max(1), start, end, free }
    }

    pub fn pitch(self) -> f64 {
        (self.end - self.start) / self.n as f64
    }

    pub fn width(self) -> f64 {
        self.pitch() * (1.0 - self.free)
    }

    pub fn left(self, index: usize) -> f64 {
        self.start + self.pitch() * index as f64 + self.pitch() * self.free / 2.0
    }

    pub fn mid(self, index: usize) -> f64 {
        self.start + self.pitch() * (index as f64 + 0.5)
    }

    /// The band under a pixel; pixels outside have none.
    pub fn index(self, pixel: f64) -> Option<usize> {
        let index = ((pixel - self.start) / self.pitch()).floor();
        (index >= 0.0 && index < self.n as f64).then_some(index as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn steps_are_1_2_5() {
        for (raw, step) in
            [(0.7, 1.0), (1.0, 1.0), (1.1, 2.0), (33.0, 50.0), (51.0, 100.0), (0.0013, 0.002)]
        {
            assert!((step_125(raw) - step).abs() < step * 1e-9, "{raw}");
        }
    }

    #[test]
    fn a_known_axis() {
        let scale = Linear::nice([412.0, 514.0], 4, 200.0, 0.0);
        assert_eq!(scale.ticks(), vec![400.0, 450.0, 500.0, 550.0]);
        assert_eq!(scale.at(400.0), 200.0);
        assert_eq!(scale.at(550.0), 0.0);
        assert!((scale.invert(scale.at(460.4)) - 460.4).abs() < 1e-9);
    }

    #[test]
    fn nothing_and_one_value_still_make_an_axis() {
        for values in [vec![], vec![0.0], vec![5.0], vec![f64::NAN]] {
            let scale = Linear::nice(values.clone(), 4, 100.0, 0.0);
            assert!(scale.max > scale.min, "{values:?}");
            let scale = Linear::from_zero(values, 4, 100.0, 0.0);
            assert!(scale.min <= 0.0 && scale.max > 0.0);
        }
    }

    #[test]
    fn decades_and_places() {
        let scale = Log::around([0.5, 300.0], 0.0, 100.0);
        assert_eq!(scale.decades(), vec![1.0, 10.0, 100.0]);
        let mid = (scale.min * scale.max).sqrt();
        assert!((scale.at(mid) - 50.0).abs() < 1e-9);
    }

    #[test]
    fn bands_tile_their_span() {
        let band = Band::new(12, 40.0, 640.0, 0.2);
        assert_eq!(band.pitch(), 50.0);
        assert_eq!(band.width(), 40.0);
        assert_eq!(band.left(0), 45.0);
        assert_eq!(band.index(39.0), None);
        assert_eq!(band.index(640.0), None);
        assert_eq!(band.index(band.mid(7)), Some(7));
    }

    proptest! {
        #[test]
        fn the_domain_holds_the_values_and_ticks_stay_inside(
            values in proptest::collection::vec(-1e9..1e9f64, 1..20), wanted in 2usize..8,
        ) {
            let scale = Linear::nice(values.clone(), wanted, 300.0, 20.0);
            let slack = (scale.max - scale.min) * 1e-6;
            for v in values {
                prop_assert!(v >= scale.min - slack && v <= scale.max + slack);
            }
            let ticks = scale.ticks();
            prop_assert!(ticks.len() >= 2 && ticks.len() <= wanted + 3, "{} ticks", ticks.len());
            for tick in ticks {
                let y = scale.at(tick);
                prop_assert!((19.9..=300.1).contains(&y));
            }
        }
    }
}
