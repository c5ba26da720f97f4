//! Quantities with units as people write them: one table of units, one reader, one check of dimensions. A unit that is
//! not recognised must be stated by a person and never counts as 1.

mod column;
mod heading;
mod table;
#[cfg(test)]
mod tests;

pub use column::{ColumnItem, dictionary_unit, in_title, of_column};
pub use heading::{Heading, plain_name};
pub use table::{Dimension, Unit, UnitUnknown};

use crate::wire::lang::Lang;

/// The reason why a value in one unit cannot be converted into another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unconvertible {
    /// No unit is named anywhere.
    Missing {
        /// The unit that is needed.
        to: String,
    },
    /// The unit is not in the table.
    Unknown {
        /// As it is written.
        unit: String,
        /// The unit that is needed.
        to: String,
    },
    /// Tonnes of steam or cubic metres of gas become energy only with a stated factor.
    Dimension {
        /// As it is written.
        unit: String,
        /// The unit that is needed.
        to: String,
    },
}

impl Unconvertible {
    /// The sentence for a person who maps a column.
    pub fn reason(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Missing { to }, Lang::Zh) => {
                format!("没有写单位；请说明单位或给出换算到 {to} 的乘数")
            }
            (Self::Missing { to }, Lang::En) => {
                format!("no unit is named; state it, or a multiplier into {to}")
            }
            (Self::Unknown { unit, to }, Lang::Zh) => {
                format!("单位「{unit}」不认识；请改写单位或给出换算到 {to} 的乘数")
            }
            (Self::Unknown { unit, to }, Lang::En) => {
                format!("the unit '{unit}' is not known; write another, or a multiplier into {to}")
            }
            (Self::Dimension { unit, to }, Lang::Zh) => {
                format!("「{unit}」与 {to} 量纲不同；请给出换算到 {to} 的乘数（如热值、焓、密度）")
            }
            (Self::Dimension { unit, to }, Lang::En) => format!(
                "'{unit}' and {to} are of different dimensions; give a multiplier into {to} (calorific value, enthalpy, density)"
            ),
        }
    }
}

/// The factor from a value in `unit` to a value in `to`.
///
/// ```
/// use nengce_shared::quantity::factor;
/// assert_eq!(factor(Some("MWh"), "10^4 kWh"), Ok(0.1));
/// assert!(factor(Some("t"), "GJ").is_err());
/// ```
///
/// # Errors
/// No unit, an unknown one, or one of another dimension.
pub fn factor(unit: Option<&str>, to: &str) -> Result<f64, Unconvertible> {
    let to = to.to_owned();
    let Some(unit) = unit.map(str::trim).filter(|it| !it.is_empty()) else {
        return Err(Unconvertible::Missing { to });
    };
    let unknown = |to: String| Unconvertible::Unknown { unit: unit.to_owned(), to };
    let (Ok(from), Ok(into)) = (Unit::parse(unit), Unit::parse(&to)) else {
        return Err(unknown(to));
    };
    from.into_unit(into).ok_or_else(|| Unconvertible::Dimension { unit: unit.to_owned(), to })
}
