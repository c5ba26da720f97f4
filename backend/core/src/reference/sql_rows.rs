//! Dictionary rows in the form of the store's `dim_` tables.

use jiff::civil::Date;
use nengce_shared::basis::Basis;

use super::{Dictionaries, FactorEntry};

/// One row of `dim_factor`.
#[derive(Debug, Clone, PartialEq)]
pub struct FactorSpan {
    /// The four digits of the energy type.
    pub energy_type: String,
    /// The basis of the factor.
    pub basis: Basis,
    /// The first day of the span.
    pub valid_from: Date,
    /// The last day of the span, included; `None` while in force.
    pub valid_to: Option<Date>,
    /// kgce per unit of quantity.
    pub kgce_per_unit: f64,
    /// `default` for a calorific value, `equivalent` for one of the year's generation rate.
    pub source: &'static str,
}

impl Dictionaries {
    /// The spans of factors on both bases. A type without equivalent values uses its calorific values on both.
    pub fn factor_spans(&self) -> Vec<FactorSpan> {
        let mut spans = Vec::new();
        for kind in &self.energy_types {
            for basis in [Basis::Calorific, Basis::Equivalent] {
                let own: Vec<_> = self.factors_of(&kind.code, basis).collect();
                let (rows, source) = match (own.is_empty(), basis) {
                    (false, Basis::Equivalent) => (own, "equivalent"),
                    (true, Basis::Equivalent) => {
                        (self.factors_of(&kind.code, Basis::Calorific).collect(), "default")
                    }
                    _ => (own, "default"),
                };
                spans.extend(rows.into_iter().map(|it| FactorSpan {
                    energy_type: it.energy_type.clone(),
                    basis,
                    valid_from: it.valid_from,
                    valid_to: it.valid_to,
                    kgce_per_unit: it.kgce_per_unit,
                    source,
                }));
            }
        }
        spans
    }

    fn factors_of<'a>(
        &'a self,
        code: &'a str,
        basis: Basis,
    ) -> impl Iterator<Item = &'a FactorEntry> {
        self.factors.iter().filter(move |it| it.energy_type == code && it.basis == basis)
    }
}
