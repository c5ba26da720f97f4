//! A series as an index: its first known value is 100.

/// Each value in percent of the first known one. Nothing is an index of a first value that is zero or below.
pub fn of_first(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let first = values.iter().copied().flatten().next().filter(|it| *it > 0.0);
    values.iter().map(|it| Some(it.as_ref()? / first? * 100.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_value_is_a_hundred_and_gaps_stay() {
        let index = of_first(&[None, Some(40.0), None, Some(50.0)]);
        assert_eq!(index, [None, Some(100.0), None, Some(125.0)]);
        assert_eq!(of_first(&[Some(0.0), Some(5.0)]), [None, None]);
        assert_eq!(of_first(&[]), []);
    }
}
