//! `POST /uploadMeteringData` (centerMeteringDataURL): the unit's instruments; a meter sent again replaces itself.

use axum::extract::{Request, State};
use axum::response::Response;
use nengce_messages::metering;
use serde_json::json;

use super::answer::{self, PartlyRejected};
use super::config;
use crate::http::state::AppState;
use crate::store::change::unit_changes;
use crate::store::commit::batch::Batch;

/// Good meters are stored, each bad one is answered.
#[utoipa::path(post, path = "/uploadMeteringData", tag = "terminal", request_body = inline(serde_json::Value),
    responses((status = 200, description = "responseCode \"0\"; \"1\" with errors[] for refused meters")))]
pub async fn upload_metering_data(State(state): State<AppState>, request: Request) -> Response {
    let (message, sender) = match super::from_sender(&state, request).await {
        Ok(it) => it,
        Err(refusal) => return refusal,
    };
    let (meters, rejected) = match metering::read(
        &message,
        state.config.rejected_limits(),
        state.config.max_meter_bytes,
    ) {
        Ok(it) => it,
        Err(problem) => return answer::refused(&problem),
    };
    let rejected_count = rejected.count();
    let entries = u32::try_from(meters.len()).unwrap_or(u32::MAX).saturating_add(rejected_count);
    let now = state.clock.now();
    let unit_id = sender.unit.unit_id;
    let (device_id, kept) =
        (sender.device_id.clone(), serde_json::to_string(&*message).unwrap_or_default());
    if let Err(problem) = config::check_size(&state, &sender, 0, &kept) {
        return answer::refused(&problem);
    }
    let done = state
        .store
        .write(move |write| {
            unit_changes::take_meters(write, unit_id, &device_id, (&meters, &kept), now)
        })
        .await;
    if let Err(error) = done {
        return answer::failed(&error);
    }
    let batch = Batch {
        unit_id,
        sent_by: sender.device_id,
        kind: "metering",
        received_at: now,
        entries,
        readings: Vec::new(),
        rejected: rejected.kept.clone(),
        rejected_more: rejected.more,
    };
    match state.store.ingest(batch).await {
        Err(error) => answer::failed(&error),
        Ok(_) if rejected_count == 0 => answer::success(json!({})),
        Ok(receipt) => {
            let partly = PartlyRejected {
                entries,
                rejected: rejected_count,
                first: &rejected.kept,
                kept: receipt.rejected_kept,
                not_counted: 0,
            };
            answer::partly_rejected(&partly, &state.config)
        }
    }
}
