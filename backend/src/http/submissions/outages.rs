//! Reports of outages: missing uploads of their days are excused for the working days of repair.

use axum::Json;
use axum::extract::{Path, State};
use jiff::civil::Date;
use nengce_core::quality::timeliness::repaired_by;
use nengce_messages::stamp;
use nengce_shared::api::submission::{OutageRequest, SubmissionRow};
use nengce_shared::submission::{SubmissionKind, SubmissionState};

use super::list::keep;
use super::turn::turn_of_unit;
use super::{line, receipt};
use crate::http::access::reader::Reader;
use crate::http::content::json_body::JsonBody;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;

/// Days of an outage at most.
const MOST_DAYS: i32 = 92;

/// A unit reports that its terminal is or was out of order. Findings of missing uploads of these days are excused for three
/// working days from the first day on.
#[utoipa::path(post, path = "/api/v1/units/{code}/outages", tag = "submissions", params(("code" = String, Path)), request_body = OutageRequest,
    responses((status = 200, body = SubmissionRow), (status = 400), (status = 404)))]
pub async fn post_outage(
    State(state): State<AppState>,
    reader: Reader,
    Path(code): Path<String>,
    JsonBody(request): JsonBody<OutageRequest>,
) -> ApiResult<Json<SubmissionRow>> {
    let unit = state.store.registry().unit_by_code(&code).map(|it| it.unit_id);
    let unit = unit.ok_or_else(|| ApiError::missing("用能单位", "unit", &code))?;
    let reason = line("reason", &request.reason, false)?;
    let day = |field: &str, text: &str| {
        text.parse::<Date>().map_err(|_| ApiError::parameter(field, "应为 YYYY-MM-DD / YYYY-MM-DD"))
    };
    let (from, to) = (day("from", &request.from)?, day("to", &request.to)?);
    if !(0..MOST_DAYS).contains(&(to - from).get_days()) {
        let words = format!(
            "应在起日之后 {MOST_DAYS} 天以内 / from the first day on, within {MOST_DAYS} days"
        );
        return Err(ApiError::parameter("to", words));
    }
    if from > state.clock.today() {
        return Err(ApiError::parameter("from", "起日不能在今天之后 / not after today"));
    }
    let _turn = turn_of_unit(&state, &reader, unit).await?;
    let calendar = &state.dictionaries().working_days;
    let excused = repaired_by(stamp::day_number(from), calendar).ok();
    let mut receipt = receipt::new(&state, &code, Vec::new(), Vec::new());
    receipt.from = Some(from.to_string());
    receipt.to = Some(to.to_string());
    receipt.excused_until = excused.map(|it| it.to_string());
    let standing = (SubmissionKind::Outage, SubmissionState::Done, None);
    keep(&state, &reader, unit, standing, reason, receipt).await
}
