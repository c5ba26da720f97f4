//! Shandong's data upload: deviceId and enterpriseCode in the clear name the sender, whose key decrypts the entries.

use axum::extract::{Request, State};
use axum::response::Response;
use nengce_messages::profile::shandong;
use nengce_messages::profile::sm4::Key;
use nengce_messages::{Problem, raw_message};
use nengce_shared::problem::ProblemCode;

use super::body::Size;
use super::registration::applicant::Client;
use super::{answer, body, energy, sender};
use crate::http::state::AppState;
use crate::store::registry::credentials::Kind;

/// Entries whose every attribute is SM4/ECB/PKCS7, hexadecimal; the other messages below the prefix are the national ones.
#[utoipa::path(post, path = "/uploadEnergyData", tag = "terminal: shandong", request_body = inline(serde_json::Value),
    responses((status = 200, description = "responseCode \"0\" once durable; \"1\" with errors[] otherwise")))]
pub async fn upload_sealed_data(State(state): State<AppState>, request: Request) -> Response {
    let received_at = state.clock.now();
    let client = Client::of(&state, &request);
    let (bytes, _held) = match body::read(request, &state, Size::Data).await {
        Ok(it) => it,
        Err(problem) => return answer::refused(&problem),
    };
    metrics::counter!("nengce_upload_bytes_total").increment(bytes.len() as u64);
    let opening = state.clone();
    let decrypted = tokio::task::spawn_blocking(move || {
        let bounds = opening.bounds();
        let raw_message = raw_message::read(&bytes, bounds.max_entries)
            .map_err(|it| Box::new(answer::refused(&it)))?;
        let enterprise = &raw_message.enterprise_code;
        let sender = sender::check(&opening, &raw_message.device_id, Some(enterprise), &client)
            .map_err(Box::new)?;
        let key = opening
            .store
            .registry()
            .credentials
            .get(enterprise.as_str(), Kind::SecretKey.of(sender.generation))
            .and_then(Key::from_hex);
        let key = key.ok_or_else(|| {
            Box::new(answer::refused(
                &Problem::new("deviceId", ProblemCode::EntryDeviceUnknown, "").hint(
                    "先调用 /register 取得 secretKey",
                    "call /register for a secretKey first",
                ),
            ))
        })?;
        Ok((sender, shandong::read(&raw_message, &key, &bounds)))
    })
    .await
    .unwrap_or_else(|_| {
        let problem = Problem::new("body", ProblemCode::Internal, "");
        Err(Box::new(answer::refused(&problem)))
    });
    match decrypted {
        Ok((sender, message)) => energy::store(&state, sender, message, received_at).await,
        Err(refusal) => *refusal,
    }
}
