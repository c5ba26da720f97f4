//! `POST /uploadConfigData` (centerInfoURL): the unit's profile, processes and data items.

use axum::extract::{Request, State};
use axum::response::Response;
use nengce_core::ingest::Defect;
use nengce_core::ingest::config::{self, UnitConfig};
use nengce_shared::energy_level::EnergyLevel;
use nengce_shared::problem::ProblemCode;
use nengce_shared::unit_class::UnitClass;
use serde_json::{Map, Value, json};

use super::answer;
use super::sender::Sender;
use crate::http::state::AppState;
use crate::store::batch::Batch;
use crate::store::queries::terminal::{self, StoredConfig};

/// Replaces the stored configuration; refused items are answered one by one.
#[utoipa::path(post, path = "/uploadConfigData", tag = "terminal", request_body = inline(serde_json::Value),
    responses((status = 200, description = "responseCode \"0\"; \"1\" with errors[] for refused items")))]
pub async fn upload_config_data(State(state): State<AppState>, request: Request) -> Response {
    let (message, sender) = match super::from_sender(&state, request).await {
        Ok(it) => it,
        Err(refusal) => return refusal,
    };
    keep(&state, message, sender).await
}

/// Keeps what a configuration message says of its sender.
pub(super) async fn keep(
    state: &AppState,
    message: Map<String, Value>,
    sender: Sender,
) -> Response {
    let (config, rejected) = config::read(&message);
    if config == UnitConfig::default() && rejected.is_empty() {
        return answer::refused(&Defect::new("enterprise", ProblemCode::BodyDataMissing, ""));
    }
    let entries = config.items.as_ref().map_or(0, Vec::len) + rejected.len();
    let entries = u32::try_from(entries).unwrap_or(u32::MAX);
    let now = state.clock.now();
    let mut unit = sender.unit;
    for (field, new) in [
        (&mut unit.name, &config.name),
        (&mut unit.region_code, &config.region_code),
        (&mut unit.industry_code, &config.industry_code),
    ] {
        if let Some(new) = new {
            field.clone_from(new);
        }
    }
    if let Some(class) = config.energy_level.and_then(class_of) {
        class.as_str().clone_into(&mut unit.class);
    }
    let stored = StoredConfig {
        unit_id: unit.unit_id,
        energy_level: config.energy_level,
        energy_conversion: config.energy_conversion,
        profile: config.profile,
        config: Value::Object(message).to_string(),
        items: config.items,
    };
    let unit_id = unit.unit_id;
    let done = state
        .store
        .write(move |write| {
            write.put_unit(unit, now)?;
            terminal::store_config(write.conn, &stored)?;
            Ok(())
        })
        .await;
    if let Err(error) = done {
        return answer::failed(&error);
    }
    let batch = Batch {
        unit_id,
        sent_by: sender.device_id,
        kind: "config",
        received_at: now,
        entries,
        readings: Vec::new(),
        rejected: rejected.clone(),
    };
    match state.store.ingest(batch).await {
        Err(error) => answer::failed(&error),
        Ok(_) if rejected.is_empty() => answer::success(json!({})),
        Ok(_) => answer::partly(&rejected, entries),
    }
}

/// energyConsumeLevel 6 is ≥ 3 million tce, 5 is ≥ 500,000 tce; the levels' bounds are those of the classes.
fn class_of(level: u8) -> Option<UnitClass> {
    Some(match EnergyLevel::from_code(level.into())?.code() {
        6 => UnitClass::Hundred,
        5 => UnitClass::Thousand,
        _ => UnitClass::TenThousand,
    })
}
