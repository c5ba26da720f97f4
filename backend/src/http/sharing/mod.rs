//! What a unit may know of its readers, and whom it lets read: who looked at its data, and its shares.

pub mod looks;
pub mod shares;

use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;

fn unit_id(state: &AppState, code: &str) -> ApiResult<i32> {
    let unit = state.store.registry().unit_by_code(code).map(|it| it.unit_id);
    unit.ok_or_else(|| ApiError::missing("用能单位", "unit", code))
}
