//! Money and plans of a unit: its tariffs, what its energy cost, and its own plan. All of it is the unit's own, and is read
//! by whoever reads its submissions.

mod demand;
pub mod figures;
pub mod plan_file;
pub mod plans;
mod products;
pub mod shifts;
mod spans;
pub mod tariff_file;
pub mod tariffs;

use nengce_shared::api::account::WrongCell;
use nengce_shared::lang::Lang;
use nengce_shared::problem::{FieldProblem, Problem, ProblemCode};

use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::state::AppState;

/// The id of a unit by its credit code.
fn unit_id(state: &AppState, code: &str) -> ApiResult<i32> {
    let unit = state.store.registry().unit_by_code(code).map(|it| it.unit_id);
    unit.ok_or_else(|| ApiError::missing("用能单位", "unit", code))
}

/// The year that is asked for, else the one of yesterday.
fn year(state: &AppState, params: &Params) -> ApiResult<i16> {
    let years = 2000..=2100;
    let read = |it: &str| it.parse().ok().filter(|it| years.contains(it));
    let today = state.clock.today();
    let default = today.yesterday().unwrap_or(today).year();
    Ok(params.one_of("year", &["2000 – 2100"], read)?.unwrap_or(default))
}

/// Whether nothing is to be stored.
fn dry_run(params: &Params) -> ApiResult<bool> {
    let flag = |it: &str| it.parse::<bool>().ok();
    Ok(params.one_of("dry_run", &["true", "false"], flag)?.unwrap_or(false))
}

/// The refusal of a file with wrong cells.
fn refused(errors: Vec<WrongCell>) -> ApiError {
    let code = ProblemCode::ImportValueUnreadable;
    let count = errors.len();
    let detail =
        format!("{count} 处有误，未保存任何一行 / {count} cells are wrong; nothing was stored");
    let field =
        |it: WrongCell| FieldProblem::new(code, it.reason).at_row(it.row).in_field(it.field);
    let errors = errors.into_iter().map(field).collect();
    Problem::new(code, Lang::Zh).with_detail(detail).with_errors(errors).into()
}
