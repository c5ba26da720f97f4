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

use axum::body::Bytes;
use nengce_core::reference::Dictionaries;
use nengce_shared::api::account::WrongCell;
use nengce_shared::api::common::Named;
use nengce_shared::lang::Lang;
use nengce_shared::problem::{FieldProblem, Problem, ProblemCode};

use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::state::AppState;
use crate::import::limits::Limits;
use crate::import::sheet::{Choice, Sheet};

/// Bytes that a workbook may unpack to.
const MOST_UNPACKED: usize = 16 << 20;

/// The id of a unit by its credit code.
pub(super) fn unit_id(state: &AppState, code: &str) -> ApiResult<i32> {
    let unit = state.store.registry().unit_by_code(code).map(|it| it.unit_id);
    unit.ok_or_else(|| ApiError::missing("用能单位", "unit", code))
}

/// The name of an energy type.
pub fn energy_name(known: &Dictionaries, code: &str) -> Named {
    let found = known.energy_type(code);
    let name = |of: fn(&nengce_core::reference::EnergyType) -> &String| {
        found.map_or_else(|| code.to_owned(), |it| of(it).clone())
    };
    Named { code: code.to_owned(), zh: name(|it| &it.name_zh), en: name(|it| &it.name_en) }
}

/// The year that is asked for, else the one of yesterday.
fn year(state: &AppState, params: &Params) -> ApiResult<i16> {
    let years = 2000..=2100;
    let read = |it: &str| it.parse().ok().filter(|it| years.contains(it));
    let today = state.clock.today();
    let default = today.yesterday().unwrap_or(today).year();
    Ok(params.one_of("year", &["2000 – 2100"], read)?.unwrap_or(default))
}

/// The table of a file that a person sent.
async fn sheet(state: &AppState, body: Bytes) -> ApiResult<Sheet> {
    let rows = state.config.max_tariff_rows;
    let limits = Limits { rows, unpacked_bytes: MOST_UNPACKED, ..Limits::default() };
    let read = move || Sheet::read_as(&body, &Choice::default(), &limits);
    Ok(tokio::task::spawn_blocking(read).await.map_err(ApiError::internal)??)
}

/// Whether nothing is to be stored.
fn dry_run(params: &Params) -> ApiResult<bool> {
    let flag = |it: &str| it.parse::<bool>().ok();
    Ok(params.one_of("dry_run", &["true", "false"], flag)?.unwrap_or(false))
}

/// Where one of the names of a column stands.
pub(super) fn column(sheet: &Sheet, names: &[&str]) -> Result<usize, ApiError> {
    let found = names.iter().map(|it| sheet.column(it));
    let mut failed = None;
    for it in found {
        match it {
            Ok(at) => return Ok(at),
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    Err(failed.map_or_else(|| ApiError::parameter("file", "column"), ApiError::from))
}

/// A cell that is wrong, with what it holds.
pub(super) fn wrong_cell(row: u32, field: &str, found: &str, zh: &str, en: &str) -> WrongCell {
    let found = nengce_core::ingest::echo(found);
    WrongCell {
        row, field: field.to_owned(), reason: format!("「{found}」{zh} / '{found}' {en}")
    }
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
