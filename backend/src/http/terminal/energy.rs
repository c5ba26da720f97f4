//! `POST /uploadEnergyData` (centerDataURL): collected data. The success answer is given only after the readings are on
//! disk.

use std::collections::BTreeSet;

use axum::extract::{Request, State};
use axum::response::Response;
use jiff::civil::DateTime;
use nengce_messages::message::{self, Message};
use nengce_messages::{Problem, Rejected};
use nengce_shared::problem::ProblemCode;

use super::answer::PartlyRejected;
use super::body::Size;
use super::registration::applicant::Client;
use super::sender::Sender;
use super::{answer, body, sender};
use crate::fail_point;
use crate::http::state::AppState;
use crate::http::yearly_values::{self, ItemYear};
use crate::store::commit::batch::Batch;

/// A smaller body is parsed on the thread of its request, which takes a millisecond at most; a larger one is parsed on
/// the blocking pool.
const SMALL_BODY_BYTES: usize = 256 << 10;

/// Every good entry is stored, each bad one is answered with its index, field and reason.
#[utoipa::path(post, path = "/uploadEnergyData", tag = "terminal", request_body = inline(serde_json::Value),
    responses((status = 200, description = "responseCode \"0\" once durable; \"1\" with errors[] otherwise"),
              (status = 408, description = "the body came too slowly; nothing stored; Retry-After"),
              (status = 413, description = "over a size limit; Retry-After"), (status = 415, description = "unknown Content-Encoding"),
              (status = 429, description = "too many requests; Retry-After"),
              (status = 503, description = "queue full, or the store is reopening; nothing stored; Retry-After"),
              (status = 507, description = "the disk is full; nothing stored")))]
pub async fn upload_energy_data(State(state): State<AppState>, request: Request) -> Response {
    let received_at = state.clock.now();
    let client = Client::of(&state, &request);
    let (bytes, _held) = match body::read(request, &state, Size::Data).await {
        Ok(it) => it,
        Err(problem) => return answer::refused(&problem),
    };
    metrics::counter!("nengce_upload_bytes_total").increment(bytes.len() as u64);
    fail_point::hit("request:read");
    let (bounds, profile) = (state.bounds(), state.profile);
    let message = if bytes.len() <= SMALL_BODY_BYTES {
        message::read(&bytes, profile, &bounds)
    } else {
        tokio::task::spawn_blocking(move || message::read(&bytes, profile, &bounds))
            .await
            .unwrap_or_else(|_| Err(Problem::new("body", ProblemCode::Internal, "")))
    };
    let message = match message {
        Ok(it) => it,
        Err(problem) => return answer::refused(&problem),
    };
    let enterprise = Some(&message.enterprise_code);
    match sender::check(&state, &message.device_id, enterprise, &client) {
        Ok(sender) => store(&state, sender, message, received_at).await,
        Err(refusal) => refusal,
    }
}

/// Stores the entries of a message of any profile, then answers.
pub(super) async fn store(
    state: &AppState,
    sender: Sender,
    message: Message,
    received_at: DateTime,
) -> Response {
    let rejected_count = count(&message.rejected, message.rejected_more);
    metrics::counter!("nengce_entries_rejected_total").increment(rejected_count.into());
    let rejected = message.rejected.clone();
    let unit_id = sender.unit.unit_id;
    let years = yearly_values::years(unit_id, &message.readings);
    let batch = Batch {
        unit_id,
        sent_by: sender.device_id,
        kind: "energy",
        received_at,
        entries: message.entries,
        readings: message.readings,
        rejected: message.rejected,
        rejected_more: message.rejected_more,
    };
    let receipt = match state.store.ingest(batch).await {
        Err(error) => return answer::failed(&error),
        Ok(it) => it,
    };
    let not_counted = if receipt.counted { not_counted(state, years).await } else { 0 };
    if rejected_count == 0 {
        return answer::stored(not_counted);
    }
    let partly = PartlyRejected {
        entries: message.entries,
        rejected: rejected_count,
        first: &rejected,
        kept: receipt.rejected_kept,
        not_counted,
    };
    answer::partly_rejected(&partly, &state.config)
}

/// The number of yearly values that are stored but that no figure counts. A failure of this look-up does not undo the commit.
async fn not_counted(state: &AppState, years: Vec<ItemYear>) -> usize {
    match yearly_values::not_counted(&state.store, years, BTreeSet::new()).await {
        Ok(it) => it.len(),
        Err(error) => {
            tracing::debug!(%error, "it could not be looked up which yearly values count");
            0
        }
    }
}

/// How many entries were refused.
pub(super) fn count(kept: &[Rejected], more: u32) -> u32 {
    u32::try_from(kept.len()).unwrap_or(u32::MAX).saturating_add(more)
}
