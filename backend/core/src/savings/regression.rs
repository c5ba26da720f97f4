//! Ordinary least squares with the covariance of its coefficients: what a linear model explains, and how sure it is.

use nalgebra::{DMatrix, DVector};

/// A column whose part that other columns do not explain is below this share of its length adds nothing.
const LEAST_NEW_SHARE: f64 = 1e-9;

/// A fitted linear model.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// One coefficient for each column of the design.
    pub coefficients: DVector<f64>,
    /// (XᵀX)⁻¹: the covariance of the coefficients for errors of variance 1.
    pub unscaled_covariance: DMatrix<f64>,
    /// What the model leaves of each observation.
    pub residuals: DVector<f64>,
    /// Observations less coefficients.
    pub degrees_of_freedom: usize,
}

/// Why there is no fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// There are no more observations than coefficients.
    TooFewObservations,
    /// A column is a combination of those before it; its place.
    Dependent(usize),
}

/// Fits `observed = design × coefficients`. Columns are brought to one length first, because outputs and constants differ
/// by many powers of ten.
pub fn fit(design: &DMatrix<f64>, observed: &DVector<f64>) -> Result<Fit, Unfit> {
    let (rows, columns) = design.shape();
    if rows <= columns {
        return Err(Unfit::TooFewObservations);
    }
    let lengths: Vec<f64> = design.column_iter().map(|it| it.norm()).collect();
    if let Some(empty) = lengths.iter().position(|it| *it == 0.0 || !it.is_finite()) {
        return Err(Unfit::Dependent(empty));
    }
    let scaled =
        DMatrix::from_fn(rows, columns, |row, column| design[(row, column)] / lengths[column]);
    let qr = scaled.clone().qr();
    let r = qr.r();
    if let Some(at) = (0..columns).find(|at| r[(*at, *at)].abs() < LEAST_NEW_SHARE) {
        return Err(Unfit::Dependent(at));
    }
    let projected = qr.q().transpose() * observed;
    let inverse = r
        .solve_upper_triangular(&DMatrix::identity(columns, columns))
        .ok_or(Unfit::Dependent(columns - 1))?;
    let of_scaled = &inverse * projected;
    let residuals = observed - &scaled * &of_scaled;
    let covariance = &inverse * inverse.transpose();
    Ok(Fit {
        coefficients: DVector::from_fn(columns, |at, _| of_scaled[at] / lengths[at]),
        unscaled_covariance: DMatrix::from_fn(columns, columns, |a, b| {
            covariance[(a, b)] / (lengths[a] * lengths[b])
        }),
        residuals,
        degrees_of_freedom: rows - columns,
    })
}

impl Fit {
    /// The variance of the errors.
    pub fn variance(&self) -> f64 {
        self.residuals.norm_squared() / self.degrees_of_freedom as f64
    }

    /// The standard error of a coefficient.
    pub fn standard_error(&self, column: usize) -> f64 {
        (self.variance() * self.unscaled_covariance[(column, column)]).sqrt()
    }

    /// The correlation of each residual with the one before.
    pub fn autocorrelation(&self) -> f64 {
        let all = self.residuals.norm_squared();
        let pairs = self.residuals.as_slice().windows(2).map(|it| it[0] * it[1]);
        if all > 0.0 { pairs.sum::<f64>() / all } else { 0.0 }
    }

    /// The variance of the difference between the model's sum over `count` new observations, whose rows of the design add up
    /// to `sums`, and what will be observed.
    pub fn variance_of_sum(&self, sums: &DVector<f64>, count: usize) -> f64 {
        let of_model = (sums.transpose() * &self.unscaled_covariance * sums)[(0, 0)];
        self.variance() * (of_model + count as f64)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_exact_line_is_found(
            intercept in -1e4..1e4f64,
            slope in -50.0..50.0f64,
            xs in proptest::collection::vec(0.0..1e6f64, 5..40),
        ) {
            let spread = xs.iter().copied().fold(f64::MIN, f64::max) - xs.iter().copied().fold(f64::MAX, f64::min);
            prop_assume!(spread > 1.0);
            let design = DMatrix::from_fn(xs.len(), 2, |row, column| if column == 0 { 1.0 } else { xs[row] });
            let observed = DVector::from_iterator(xs.len(), xs.iter().map(|x| intercept + slope * x));
            let found = fit(&design, &observed).unwrap();
            let size = 1.0 + observed.amax();
            prop_assert!(found.residuals.amax() < 1e-8 * size);
            prop_assert!((found.coefficients[1] - slope).abs() * spread < 1e-7 * size);
        }

        #[test]
        fn residuals_are_orthogonal_to_every_column(
            values in proptest::collection::vec((0.0..1e5f64, 0.0..1e3f64, -1e3..1e3f64), 6..40),
        ) {
            let design = DMatrix::from_fn(values.len(), 3, |row, column| match column {
                0 => 1.0,
                1 => values[row].0,
                _ => values[row].1,
            });
            let observed = DVector::from_iterator(values.len(), values.iter().map(|it| it.2));
            if let Ok(found) = fit(&design, &observed) {
                for column in design.column_iter() {
                    let bound = 1e-8 * (1.0 + column.norm() * observed.norm());
                    prop_assert!(column.dot(&found.residuals).abs() < bound);
                }
            }
        }
    }

    #[test]
    fn a_column_that_others_explain_is_named() {
        let design =
            DMatrix::from_fn(8, 3, |row, column| [1.0, row as f64, 3.0 + 2.0 * row as f64][column]);
        let observed = DVector::from_fn(8, |row, _| row as f64);
        assert_eq!(fit(&design, &observed), Err(Unfit::Dependent(2)));
        let short = DMatrix::from_element(2, 2, 1.0);
        assert_eq!(fit(&short, &DVector::from_element(2, 1.0)), Err(Unfit::TooFewObservations));
    }
}
