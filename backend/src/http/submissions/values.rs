//! Values typed by hand, to fill a gap or to replace what is wrong.

use axum::Json;
use axum::extract::{Path, State};
use nengce_shared::api::submission::{SubmissionRow, ValuesRequest};
use nengce_shared::submission::{SubmissionKind, SubmissionState};

use super::list::keep;
use super::turn::turn_of_unit;
use super::{line, receipt, typed};
use crate::http::access::reader::Reader;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;

/// Values of days or months of the unit's own items, stored as typed by hand (`inputType` 5) with the reason. They are held
/// against the unit's own history, and the receipt says what was noticed.
#[utoipa::path(post, path = "/api/v1/units/{code}/values", tag = "submissions", params(("code" = String, Path)), request_body = ValuesRequest,
    responses((status = 200, body = SubmissionRow), (status = 400), (status = 404)))]
pub async fn post_values(
    State(state): State<AppState>,
    reader: Reader,
    Path(code): Path<String>,
    JsonBody(request): JsonBody<ValuesRequest>,
) -> ApiResult<Json<SubmissionRow>> {
    let unit = state.store.registry().unit_by_code(&code).map(|it| it.unit_id);
    let unit = unit.ok_or_else(|| ApiError::missing("用能单位", "unit", &code))?;
    let reason = line("reason", &request.reason, false)?;
    let _turn = turn_of_unit(&state, &reader, unit).await?;
    let (readings, notes) = typed::check(&state, unit, &request.values).await?;
    let mut receipt = receipt::new(&state, &code, request.values, notes);
    let waits = receipt::needs_confirmation(&state, &reader);
    let mut upload_id = None;
    if !waits {
        let stored = typed::commit(&state, unit, readings, &reader.name).await?;
        receipt::count(&mut receipt, &stored);
        upload_id = Some(stored.upload_id);
    }
    let kind = SubmissionKind::Values;
    let standing = if waits { SubmissionState::ToConfirm } else { SubmissionState::Done };
    keep(&state, &reader, unit, (kind, standing, upload_id), reason, receipt).await
}
