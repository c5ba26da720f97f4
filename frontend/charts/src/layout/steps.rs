//! Seven steps of a measure by quantile: as many values in each, wherever the large ones lie.

use nengce_shared::percentile::quantile;

/// Steps of `Ink::SEQ`.
const STEPS: usize = 7;

/// Lowest value, the limits between the steps, highest value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Steps(pub [f64; STEPS + 1]);

impl Steps {
    /// `None` for no values.
    pub fn of(values: &[f64]) -> Option<Self> {
        let mut limits = [0.0; STEPS + 1];
        for (at, limit) in limits.iter_mut().enumerate() {
            *limit = quantile(values, at as f64 / STEPS as f64)?;
        }
        Some(Self(limits))
    }

    /// The step that a value falls in; values that are all the same fall in the middle.
    pub fn step(&self, value: f64) -> usize {
        if self.0[0] == self.0[STEPS] {
            return STEPS / 2;
        }
        let inner = &self.0[1..STEPS];
        inner.iter().filter(|limit| value >= **limit).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_holds_as_many_values() {
        let values: Vec<f64> = (0..70).map(|at| f64::from(at * at)).collect();
        let steps = Steps::of(&values).expect("steps");
        let mut counts = [0; STEPS];
        for value in &values {
            counts[steps.step(*value)] += 1;
        }
        assert_eq!(counts, [10; STEPS]);
        assert_eq!((steps.0[0], steps.0[STEPS]), (0.0, 4_761.0));
    }

    #[test]
    fn equal_values_are_in_the_middle_and_none_have_no_steps() {
        assert_eq!(Steps::of(&[5.0, 5.0]).map(|it| it.step(5.0)), Some(3));
        assert_eq!(Steps::of(&[]), None);
    }
}
