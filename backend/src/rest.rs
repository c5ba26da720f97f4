//! How long something rests before it is tried again: each failure doubles it.

/// Doublings that are counted; the longest rest comes long before.
const MOST_DOUBLINGS: u32 = 12;

/// The rest in seconds after so many failures that came before the last one.
pub(crate) fn doubled(first_seconds: u32, failures: u32, longest_seconds: i64) -> i64 {
    let doubled = i64::from(first_seconds.max(1)).saturating_mul(1 << failures.min(MOST_DOUBLINGS));
    doubled.min(longest_seconds)
}

#[cfg(test)]
mod tests {
    use super::doubled;

    #[test]
    fn each_failure_doubles_the_rest_up_to_the_longest() {
        assert_eq!(
            [0, 1, 2, 5, 6, 99].map(|it| doubled(30, it, 900)),
            [30, 60, 120, 900, 900, 900]
        );
        assert_eq!(doubled(0, 0, 900), 1, "no rest at all would be no rest");
    }
}
