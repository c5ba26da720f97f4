//! `POST /downloadBaseData` sends the dictionaries, one or all; `POST /downloadConfigData` sends the unit's stored
//! configuration.

use axum::extract::{Request, State};
use axum::response::Response;
use nengce_messages::Problem;
use nengce_messages::fields::text_of;
use nengce_shared::problem::ProblemCode;
use serde_json::{Map, Value, json};

use super::answer;
use crate::http::state::AppState;
use crate::store::queries::terminal;

/// `itemIndex` (or `index`) names one dictionary; without it all come. `"format": "csv"` asks for the text of each file.
#[utoipa::path(post, path = "/downloadBaseData", tag = "terminal", request_body = inline(serde_json::Value),
    responses((status = 200, description = "dicVersion and data")))]
pub async fn download_base_data(State(state): State<AppState>, request: Request) -> Response {
    let (message, sender) = match super::from_sender(&state, request).await {
        Ok(it) => it,
        Err(refusal) => return refusal,
    };
    base_data(&state, &message, Some(&sender.device_id)).await
}

/// The dictionaries that a message asks for; a device that is known is noted to have them.
pub(super) async fn base_data(
    state: &AppState,
    message: &Map<String, Value>,
    device_id: Option<&str>,
) -> Response {
    let index = text_of(message, &["itemIndex", "index", "dicIndex"]);
    let dictionaries = state.dictionaries();
    let wants_files = text_of(message, &["format"]).as_deref() == Some("csv");
    let data = match wants_files {
        true => dictionaries.base_data_files(index.as_deref()),
        false => dictionaries.base_data(index.as_deref()),
    };
    match data {
        Some(data) => {
            if let Some(device_id) = device_id {
                note(state, device_id, dictionaries.dic_version()).await;
            }
            answer::success(json!({"dicVersion": dictionaries.dic_version(), "data": data}))
        }
        None => answer::refused(
            &Problem::new("itemIndex", ProblemCode::ParameterInvalid, index.unwrap_or_default())
                .hint("没有这个字典", "there is no such dictionary"),
        ),
    }
}

/// Notes what the operator may look up. A terminal gets its dictionaries even where that could not be stored.
async fn note(state: &AppState, device_id: &str, dic_version: &str) {
    let (device_id, dic_version) = (device_id.to_owned(), dic_version.to_owned());
    let now = state.clock.now();
    let noted = state
        .store
        .write(move |write| write.note_dictionaries(&device_id, &dic_version, now))
        .await;
    if let Err(error) = noted {
        tracing::warn!(%error, "which dictionaries a terminal downloaded is not noted");
    }
}

/// The configuration as it was uploaded last.
#[utoipa::path(post, path = "/downloadConfigData", tag = "terminal", request_body = inline(serde_json::Value),
    responses((status = 200, description = "the unit's stored configuration and uploadTime")))]
pub async fn download_config_data(State(state): State<AppState>, request: Request) -> Response {
    let (_, sender) = match super::from_sender(&state, request).await {
        Ok(it) => it,
        Err(refusal) => return refusal,
    };
    let unit_id = sender.unit.unit_id;
    match state.store.read(move |conn| Ok(terminal::stored_config(conn, unit_id)?)).await {
        Ok(stored) => {
            let mut body = stored
                .and_then(|it| serde_json::from_str::<Value>(&it).ok())
                .unwrap_or_else(|| json!({}));
            body["deviceId"] = json!(sender.device_id);
            body["enterpriseCode"] = json!(sender.unit.enterprise_code);
            body["uploadTime"] = json!(sender.upload_time);
            answer::success(body)
        }
        Err(error) => answer::failed(&error),
    }
}
