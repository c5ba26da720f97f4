//! `/api/v1/units/{code}/shifts`: when the shifts of a unit begin, so that its weekly profile can be read by shift.

use axum::Json;
use axum::extract::{Path, State};
use nengce_shared::api::shifts::{Shift, ShiftPlan, ShiftRequest};
use serde_json::json;

use super::unit_id;
use crate::http::access::reader::Reader;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::http::submissions::turn::turn_of_unit;
use crate::store::audit::scope::ChangeNote;
use crate::store::costs::shifts;

const MOST_SHIFTS: usize = 8;
const MOST_NAME_CHARS: usize = 20;

/// The shifts of a unit.
#[utoipa::path(get, path = "/api/v1/units/{code}/shifts", tag = "costs", params(("code" = String, Path)),
    responses((status = 200, body = ShiftPlan), (status = 404)))]
pub async fn get_shifts(
    State(state): State<AppState>,
    Path(code): Path<String>,
) -> ApiResult<Json<ShiftPlan>> {
    let unit = unit_id(&state, &code)?;
    Ok(Json(state.store.read(move |conn| shifts::of_unit(conn, unit)).await?))
}

/// Keeps the shifts of a unit, in the order of a day; those before them stay in the store.
#[utoipa::path(put, path = "/api/v1/units/{code}/shifts", tag = "costs", params(("code" = String, Path)), request_body = ShiftRequest,
    responses((status = 200, body = ShiftPlan), (status = 400), (status = 404)))]
pub async fn put_shifts(
    State(state): State<AppState>,
    reader: Reader,
    Path(code): Path<String>,
    JsonBody(request): JsonBody<ShiftRequest>,
) -> ApiResult<Json<ShiftPlan>> {
    let unit = unit_id(&state, &code)?;
    let wanted = checked(request.shifts)?;
    let _turn = turn_of_unit(&state, &reader, unit).await?;
    let (by, now) = (reader.name.to_string(), state.clock.now());
    let kept = state.store.write(move |write| {
        let before = shifts::of_unit(write.conn, unit)?.shifts;
        shifts::insert(write.conn, unit, &wanted, &by, now)?;
        write.note_change(ChangeNote {
            before: Some(json!({ "shifts": before })),
            ..ChangeNote::after(json!({ "shifts": wanted }))
        });
        shifts::of_unit(write.conn, unit)
    });
    Ok(Json(kept.await?))
}

/// The shifts by their hours, when each has a name and an hour of its own.
fn checked(mut shifts: Vec<Shift>) -> ApiResult<Vec<Shift>> {
    if shifts.len() > MOST_SHIFTS {
        let reason = format!("最多 {MOST_SHIFTS} 个班次 / at most {MOST_SHIFTS} shifts");
        return Err(ApiError::parameter("shifts", reason));
    }
    for (at, it) in shifts.iter_mut().enumerate() {
        it.name = it.name.trim().to_owned();
        let refuse = |field: &str, reason: &str| {
            Err(ApiError::parameter(&format!("shifts[{at}].{field}"), reason.to_owned()))
        };
        if it.name.is_empty() || it.name.chars().count() > MOST_NAME_CHARS {
            return refuse("name", "应为 1 至 20 个字 / must have 1 to 20 characters");
        }
        if it.from_hour > 23 {
            return refuse("from_hour", "应为 0 至 23 / must be 0 to 23");
        }
    }
    shifts.sort_by_key(|it| it.from_hour);
    if let Some(at) = shifts.windows(2).position(|it| it[0].from_hour == it[1].from_hour) {
        let hour = shifts[at].from_hour;
        let reason = format!("两个班次都从 {hour} 时开始 / two shifts begin at {hour} o'clock");
        return Err(ApiError::parameter(&format!("shifts[{}].from_hour", at + 1), reason));
    }
    Ok(shifts)
}
