//! Sorts rows by a figure that the caller names. Compiled once for every kind of row.

/// Indices from the smallest to the largest key; equal keys keep their order, NaN is largest.
pub fn rising(keys: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by(|a, b| keys[*a].total_cmp(&keys[*b]));
    order
}

/// The rows from the smallest to the largest key.
pub fn by_rising<T>(rows: Vec<T>, key: impl Fn(&T) -> f64) -> Vec<T> {
    let keys: Vec<f64> = rows.iter().map(key).collect();
    let mut slots: Vec<Option<T>> = rows.into_iter().map(Some).collect();
    rising(&keys).into_iter().filter_map(|at| slots[at].take()).collect()
}

/// The rows from the largest to the smallest key.
pub fn by_falling<T>(rows: Vec<T>, key: impl Fn(&T) -> f64) -> Vec<T> {
    by_rising(rows, |row| -key(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_keep_their_order_either_way() {
        let rows = vec![('a', 2.0), ('b', 1.0), ('c', 2.0), ('d', -1.0)];
        let names = |rows: Vec<(char, f64)>| rows.into_iter().map(|it| it.0).collect::<String>();
        assert_eq!(names(by_rising(rows.clone(), |it| it.1)), "dbac");
        assert_eq!(names(by_falling(rows, |it| it.1)), "acbd");
        assert_eq!(rising(&[f64::NAN, 1.0]), vec![1, 0]);
    }
}
