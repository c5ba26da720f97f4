//! Stacking: amounts into spans from the bottom. Negative amounts (recovered energy) hang below zero.

/// Lower and upper end of each amount, in order. `None` and hidden amounts take no place.
pub fn spans(amounts: &[Option<f64>]) -> Vec<Option<(f64, f64)>> {
    let (mut up, mut down) = (0.0, 0.0);
    amounts
        .iter()
        .map(|amount| {
            let amount = amount.filter(|a| a.is_finite())?;
            let base = if amount >= 0.0 { &mut up } else { &mut down };
            let from = *base;
            *base += amount;
            Some((from.min(*base), from.max(*base)))
        })
        .collect()
}

/// Top and bottom of the whole stack.
pub fn reach(amounts: &[Option<f64>]) -> (f64, f64) {
    amounts
        .iter()
        .flatten()
        .filter(|a| a.is_finite())
        .fold((0.0, 0.0), |(down, up), a| if *a >= 0.0 { (down, up + a) } else { (down + a, up) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spans_touch_and_skip_the_missing() {
        assert_eq!(
            spans(&[Some(3.0), None, Some(2.0), Some(-1.0)]),
            vec![Some((0.0, 3.0)), None, Some((3.0, 5.0)), Some((-1.0, 0.0))]
        );
        assert_eq!(reach(&[Some(3.0), None, Some(2.0), Some(-1.0)]), (-1.0, 5.0));
    }

    proptest! {
        #[test]
        fn heights_sum_to_the_total(amounts in proptest::collection::vec(proptest::option::of(0.0..1e6f64), 0..8)) {
            let sum: f64 = amounts.iter().flatten().sum();
            let heights: f64 = spans(&amounts).iter().flatten().map(|(a, b)| b - a).sum();
            prop_assert!((sum - heights).abs() <= sum * 1e-12 + 1e-9);
            prop_assert!((reach(&amounts).1 - sum).abs() <= sum * 1e-12 + 1e-9);
        }
    }
}
