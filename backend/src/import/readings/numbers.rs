//! Numbers in the cells of a file, and their bounds.

use nengce_messages::{Bounds, echo};
use nengce_shared::cell::{self, NumberProblem};
use nengce_shared::problem::ProblemCode;

use crate::import::cell_problem::CellProblem;

/// The value of a cell; an empty cell is a problem of its own.
pub(super) fn number(
    text: &str,
    column: &str,
    comma_may_be_decimal: bool,
) -> Result<f64, CellProblem> {
    let refuse = |code, zh: &str, en: &str| {
        CellProblem::new(
            column,
            code,
            format!("「{}」{zh}", echo(text)),
            format!("'{}'{en}", echo(text)),
        )
    };
    match cell::number_in(text, comma_may_be_decimal) {
        Ok(Some(it)) if it.percent => {
            Err(refuse(ProblemCode::ImportValueUnreadable, "是百分数", " is a percentage"))
        }
        Ok(Some(it)) => Ok(it.value),
        Ok(None) => Err(refuse(ProblemCode::ImportValueMissing, "", "")),
        Err(NumberProblem::CommaAmbiguous) => Err(refuse(
            ProblemCode::ImportValueUnreadable,
            "逗号是千分位还是小数点不明",
            ": is the comma decimal? write a point",
        )),
        Err(NumberProblem::Unreadable) => Err(refuse(ProblemCode::ImportValueUnreadable, "", "")),
    }
}

/// The value, if it is finite and not absurdly large.
pub(super) fn bounded(
    value: f64,
    text: &str,
    column: &str,
    bounds: &Bounds,
) -> Result<f64, CellProblem> {
    let refuse = |code| {
        let said = echo(text);
        CellProblem::new(column, code, format!("「{said}」"), format!("'{said}'"))
    };
    if !value.is_finite() {
        return Err(refuse(ProblemCode::EntryValueNotFinite));
    }
    if value.abs() > bounds.value_abs_max {
        return Err(refuse(ProblemCode::EntryValueAbsurd));
    }
    Ok(value)
}
