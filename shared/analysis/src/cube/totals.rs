//! What a group of cells adds up to. Quantities of two energy types, and outputs of two products, are not added.

use super::table::Factor;
use nengce_shared::basis::Basis;

/// Which kind a sum is of: quantities of two kinds cannot be added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Of {
    #[default]
    None,
    One(u32),
    Many,
}

impl Of {
    fn and(self, kind: u32) -> Self {
        match self {
            Self::None => Self::One(kind),
            Self::One(it) if it == kind => self,
            _ => Self::Many,
        }
    }
}

/// What a group adds up to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Totals {
    pub received: u64,
    pub expected: u64,
    /// Cells with a quantity.
    pub figures: u64,
    quantity: f64,
    quantity_of: Of,
    tce: [f64; 2],
    tce_figures: [u64; 2],
    value_added: f64,
    value_figures: u64,
    output: f64,
    output_of: Of,
}

impl Totals {
    pub(super) fn energy(&mut self, kind: u32, quantity: f64, factor: Factor, figures: u32) {
        self.figures += u64::from(figures);
        self.quantity += quantity;
        self.quantity_of = self.quantity_of.and(kind);
        for (side, kgce) in factor.kgce.into_iter().enumerate() {
            if let Some(kgce) = kgce {
                self.tce[side] += nengce_shared::factor::tce(quantity, kgce);
                self.tce_figures[side] += u64::from(figures);
            }
        }
    }

    pub(super) fn economy(&mut self, kind: u32, amount: f64, figures: u32) {
        match kind.checked_sub(1) {
            None => {
                self.value_added += amount;
                self.value_figures += u64::from(figures);
            }
            Some(product) => {
                self.output += amount;
                self.output_of = self.output_of.and(product);
            }
        }
    }

    /// Nothing came and nothing was due.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// In the unit of the one energy type it is of.
    pub fn quantity(&self) -> Option<f64> {
        matches!(self.quantity_of, Of::One(_)).then_some(self.quantity)
    }

    /// The energy type that the quantity is of.
    pub fn energy_type(&self) -> Option<usize> {
        match self.quantity_of {
            Of::One(it) => Some(it as usize),
            _ => None,
        }
    }

    pub fn tce(&self, basis: Basis) -> Option<f64> {
        let side = side(basis);
        (self.tce_figures[side] > 0).then_some(self.tce[side])
    }

    /// In 10^4 yuan.
    pub fn value_added(&self) -> Option<f64> {
        (self.value_figures > 0).then_some(self.value_added)
    }

    /// In the unit of the one product it is of.
    pub fn output(&self) -> Option<f64> {
        matches!(self.output_of, Of::One(_)).then_some(self.output)
    }

    /// The product that the output is of.
    pub fn product(&self) -> Option<usize> {
        match self.output_of {
            Of::One(it) => Some(it as usize),
            _ => None,
        }
    }
}

/// The place of a basis in pairs of both.
fn side(basis: Basis) -> usize {
    usize::from(basis == Basis::Equivalent)
}
