//! `POST /uploadConfigData` (centerInfoURL): the unit's profile, processes and data items.

use axum::extract::{Request, State};
use axum::response::Response;
use nengce_messages::Problem;
use nengce_messages::config::{self, UnitConfig};
use nengce_messages::identity;
use nengce_shared::problem::ProblemCode;
use serde_json::{Map, Value, json};

use super::answer::{self, PartlyRejected};
use super::sender::Sender;
use crate::http::access::below_platform::BelowPlatform;
use crate::http::state::AppState;
use crate::store::change::config_message::{ConfigOutcome, Incoming};
use crate::store::change::unit_changes;
use crate::store::commit::batch::Batch;
use crate::store::registry::DeviceState;

/// Replaces the stored configuration; refused items are answered one by one. What would make another unit of an
/// approved one waits for an operator: the success says so in `hint` and names the fields in `waiting`.
#[utoipa::path(post, path = "/uploadConfigData", tag = "terminal", request_body = inline(serde_json::Value),
    responses((status = 200, description = "responseCode \"0\"; \"1\" with errors[] for refused items")))]
pub async fn upload_config_data(State(state): State<AppState>, request: Request) -> Response {
    let below = BelowPlatform::of_request(&state, request.headers(), request.extensions()).await;
    let (message, sender) = match super::from_sender(&state, request).await {
        Ok(it) => it,
        Err(refusal) => return refusal,
    };
    match store(&state, &message, sender, below).await {
        Ok(taken) => answer::success(hint(&taken)),
        Err(refusal) => refusal,
    }
}

/// The fields of a success that name the changes which wait for an operator or were refused by one.
pub(super) fn hint(taken: &ConfigOutcome) -> Value {
    let names = |fields: &[&str]| {
        let zh = |it: &&str| identity::attribute_of(it).map_or("", |it| it.zh);
        fields.iter().map(zh).collect::<Vec<_>>().join("、")
    };
    let mut said = Vec::new();
    if taken.with_device {
        said.push("终端尚未批准，配置待批准后生效".to_owned());
    }
    if !taken.waiting.is_empty() {
        said.push(format!("{}的变更待节能中心确认", names(&taken.waiting)));
    }
    if !taken.refused.is_empty() {
        said.push(format!("{}的变更未获节能中心同意", names(&taken.refused)));
    }
    if said.is_empty() {
        return json!({});
    }
    json!({"hint": said.join("；"), "waiting": taken.waiting})
}

/// Stores the configuration of the sender; a platform below decides on changes of its own units within its regions.
pub(super) async fn store(
    state: &AppState,
    message: &Map<String, Value>,
    sender: Sender,
    below: Option<BelowPlatform>,
) -> Result<ConfigOutcome, Response> {
    let (config, rejected) = config::read(
        message,
        &sender.unit.enterprise_code,
        &*state.dictionaries(),
        state.config.rejected_limits(),
    )
    .map_err(|it| answer::refused(&it))?;
    if config == UnitConfig::default() && rejected.count() == 0 {
        let nothing = Problem::new("enterprise", ProblemCode::BodyDataMissing, "");
        return Err(answer::refused(&nothing));
    }
    let items = config.items.as_ref().map_or(0, Vec::len);
    let text = serde_json::to_string(message).unwrap_or_default();
    check_size(state, &sender, items, &text).map_err(|it| answer::refused(&it))?;
    let rejected_count = rejected.count();
    let entries = u32::try_from(items).unwrap_or(u32::MAX).saturating_add(rejected_count);
    let now = state.clock.now();
    let unit_id = sender.unit.unit_id;
    let stays = |it: &BelowPlatform| {
        config.identity.get(identity::REGION).is_none_or(|region| it.covers(region))
    };
    let below = below.filter(stays).map(|it| it.token);
    let incoming = Incoming {
        unit_id,
        below,
        device_id: sender.device_id.clone(),
        address: sender.address.map(|it| it.to_string()),
        config,
        message: text,
    };
    let taken = state
        .store
        .write(move |write| unit_changes::take(write, incoming, now))
        .await
        .map_err(|error| answer::failed(&error))?;
    let batch = Batch {
        unit_id,
        sent_by: sender.device_id,
        kind: "config",
        received_at: now,
        entries,
        readings: Vec::new(),
        rejected: rejected.kept.clone(),
        rejected_more: rejected.more,
    };
    match state.store.ingest(batch).await {
        Err(error) => Err(answer::failed(&error)),
        Ok(_) if rejected_count == 0 => Ok(taken),
        Ok(receipt) => {
            let partly = PartlyRejected {
                entries,
                rejected: rejected_count,
                first: &rejected.kept,
                kept: receipt.rejected_kept,
                not_counted: 0,
            };
            Err(answer::partly_rejected(&partly, &state.config))
        }
    }
}

/// Whether a configuration is small enough to be kept whole. The limit is lower for a device that is not approved.
pub(super) fn check_size(
    state: &AppState,
    sender: &Sender,
    items: usize,
    text: &str,
) -> Result<(), Problem> {
    let most = state.config.max_config_items;
    if items > most {
        let code = ProblemCode::TooManyItems;
        return Err(Problem::new("collectItemConfig", code, items.to_string())
            .hint(format!("上限 {most} 条"), format!("at most {most} entries")));
    }
    let approved = state
        .store
        .registry()
        .device(&sender.device_id)
        .is_some_and(|it| it.state == DeviceState::Approved);
    let most = match approved {
        true => state.config.max_small_body_bytes,
        false => state.config.max_pending_config_bytes,
    };
    if text.len() <= most {
        return Ok(());
    }
    let code = ProblemCode::BodyTooLarge;
    Err(Problem::new("enterprise", code, text.len().to_string())
        .hint(format!("上限 {most} 字节"), format!("at most {most} bytes")))
}
