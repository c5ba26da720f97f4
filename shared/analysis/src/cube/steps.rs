//! Converts exact figures to whole steps, and tce to factors. What is lost here is the stated accuracy of a cube.

use super::column::STEPS;

/// Exact figures of one energy series; NaN where none is.
pub(super) struct Exact {
    /// Net quantities by period.
    pub quantity: Vec<f64>,
    /// tce by period on the calorific and the equivalent basis.
    pub tce: [Vec<f64>; 2],
    pub received: Vec<u32>,
    pub expected: Vec<u32>,
}

/// Decimal steps that keep figures exactly, the coarsest first.
const DECIMALS: [f64; 5] = [1.0, 0.1, 0.01, 0.001, 0.0001];

/// Factors are kept in millionths of a kgce.
pub(super) const MILLIONTHS: f64 = 1e6;

/// A factor of the dictionary changes by less than this from one period to another.
const OUTLIER_FACTOR: f64 = 2.0;

/// The step of a series and its figures in steps. Where no decimal step keeps them all, what rounding leaves is
/// carried on, so that a sum over any span is off by one step at most, as a single figure is.
pub(super) fn quantised(exact: &[f64]) -> (f64, Vec<Option<i32>>) {
    let figures = || exact.iter().copied().filter(|it| !it.is_nan());
    let most = figures().fold(0.0, |most: f64, it| most.max(it.abs()));
    let keeps = |step: &f64| {
        most <= f64::from(STEPS) * step
            && figures().all(|it| ((it / step).round() * step - it).abs() <= most * 1e-10)
    };
    if let Some(step) = DECIMALS.into_iter().find(keeps) {
        let steps = exact.iter().map(|it| (!it.is_nan()).then(|| (it / step).round() as i32));
        return (step, steps.collect());
    }
    let step = short(most / f64::from(STEPS - 1));
    let mut carried = 0.0;
    let mut steps = Vec::with_capacity(exact.len());
    for it in exact {
        steps.push((!it.is_nan()).then(|| {
            let wanted = it / step + carried;
            let found = wanted.round().clamp(-f64::from(STEPS), f64::from(STEPS));
            carried = wanted - found;
            found as i32
        }));
    }
    (step, steps)
}

/// The next larger number with a short mantissa: thousands of steps pack into little.
fn short(step: f64) -> f64 {
    const LOW: u64 = (1 << 42) - 1;
    f64::from_bits((step.max(f64::MIN_POSITIVE).to_bits() | LOW) + 1)
}

/// By cell the factors on both bases in millionths: 0 where any will do, none where no figure is.
pub(super) fn factors(
    exact: &Exact,
    step: f64,
    steps: &mut [Option<i32>],
) -> Vec<Option<[Option<i64>; 2]>> {
    let usual: [f64; 2] = [0, 1].map(|side| {
        let both = exact.tce[side].iter().zip(&exact.quantity);
        let (tce, quantity) = both
            .filter(|(tce, quantity)| !tce.is_nan() && !quantity.is_nan())
            .fold((0.0, 0.0), |sum, it| (sum.0 + it.0.abs(), sum.1 + it.1.abs()));
        1000.0 * tce / quantity
    });
    let mut cell = |at: usize| {
        let (quantity, slot) = (exact.quantity[at], steps[at].as_mut()?);
        let tce = [0, 1].map(|side| exact.tce[side][at]);
        let factor = |side: usize| 1000.0 * tce[side] / quantity;
        if tce.iter().all(|it| it.is_nan()) {
            return Some([None, None]);
        }
        if quantity == 0.0 && tce.iter().all(|it| it.is_nan() || *it == 0.0) {
            return Some(tce.map(|it| (!it.is_nan()).then_some(0)));
        }
        let odd = |side: usize| {
            let it = factor(side).abs();
            !tce[side].is_nan() && (it.is_nan() || it > OUTLIER_FACTOR * usual[side])
        };
        let quantity = if odd(0) || odd(1) {
            // Parts with unlike factors nearly cancel out: what is stored must still give the tce.
            if *slot == 0 {
                *slot = 1;
            }
            f64::from(*slot) * step
        } else {
            quantity
        };
        Some([0, 1].map(|side| {
            let millionths = (1000.0 * tce[side] / quantity * MILLIONTHS).round();
            (!tce[side].is_nan()).then_some(millionths as i64)
        }))
    };
    (0..exact.quantity.len()).map(&mut cell).collect()
}
