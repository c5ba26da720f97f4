//! `POST /register` gives an enterprise its device. A terminal that registers again with a proof gets the same device.

use axum::extract::{Request, State};
use axum::response::Response;
use jiff::civil::DateTime;
use nengce_messages::fields::text_of;
use nengce_messages::profile::Proof;
use nengce_messages::{Problem, checks};
use nengce_shared::problem::ProblemCode;
use serde_json::{Map, Value, json};

pub use super::establish::random_id;

use super::admission::{Application, admit};
use super::applicant::Applicant;
use crate::http::state::AppState;
use crate::http::terminal::answer;
use crate::store::registry::credentials::{Credential, Kind};

/// Answers with the device, the addresses of the other messages, and when to upload.
#[utoipa::path(post, path = "/register", tag = "terminal", request_body = inline(serde_json::Value),
    params(("x-registration-code" = Option<String>, Header, description = "a one-time code, as the field registrationCode")),
    responses((status = 200, description = "deviceId, URLs and uploadTime; responseCode \"1\" with errors on refusal: terminal_in_place where the enterprise has a terminal and nothing proves that this is it"),
              (status = 429, description = "too many new registrations; Retry-After")))]
pub async fn register(State(state): State<AppState>, request: Request) -> Response {
    let (applicant, request) = Applicant::of(&state, request).await;
    let message = match crate::http::terminal::small_message(&state, request).await {
        Ok(it) => it,
        Err(problem) => return answer::refused(&problem),
    };
    let missing =
        |field| answer::refused(&Problem::new(field, ProblemCode::EntryFieldMissing, field));
    let Some(code) = text_of(&message, &["enterpriseCode"]) else {
        return missing("enterpriseCode");
    };
    let enterprise = match crate::http::terminal::credit_code(&code) {
        Ok(it) => it,
        Err(problem) => return answer::refused(&problem),
    };
    let Some(region) = text_of(&message, &["region", "regionCode"]) else {
        return missing("region");
    };
    if let Err(problem) = check_region(&state, "region", &region) {
        return answer::refused(&problem);
    }
    let secrets = ["deviceId", "secretKey"];
    let application = Application {
        enterprise,
        region: Some(region),
        secrets: secrets.into_iter().filter_map(|it| text_of(&message, &[it])).collect(),
        code: text_of(&message, &["registrationCode"]),
        asks_new_secret: asks_new_secret(&message),
    };
    let standing = match admit(&state, &applicant, application).await {
        Ok(it) => it,
        Err(refusal) => return refusal,
    };
    let at = |path: &str| format!("{}{path}", state.public_address);
    let mut told = json!({
        "deviceId": standing.device_id,
        "loadConfigURL": at("/downloadConfigData"),
        "loadDicVersionURL": at("/versionCheck"),
        "centerInfoURL": at("/uploadConfigData"),
        "centerDataURL": at("/uploadEnergyData"),
        "centerMeteringDataURL": at("/uploadMeteringData"),
        "centerInfoDownloadURL": at("/downloadConfigData"),
        "centerDataDownloadURL": at("/downloadBaseData"),
        "downloadBaseDataURL": at("/downloadBaseData"),
        "uploadTime": standing.upload_time,
    });
    if let Some(key) = standing.key.filter(|_| state.profile.proof == Proof::SecretKey) {
        told["secretKey"] = json!(key);
    }
    answer::success(told)
}

/// Whether a registration asks for a new secret by `"newSecret": true`.
pub fn asks_new_secret(message: &Map<String, Value>) -> bool {
    text_of(message, &["newSecret"]).is_some_and(|it| ["true", "1"].contains(&it.as_str()))
}

/// Checks that the region is a known code of GB/T 2260.
pub fn check_region(state: &AppState, field: &'static str, region: &str) -> Result<(), Problem> {
    checks::region(&*state.dictionaries(), field, region)
}

/// Writes one credential.
pub async fn credential(
    state: &AppState,
    code: String,
    kind: Kind,
    value: String,
    expires_at: Option<DateTime>,
) -> crate::store::Result<String> {
    let now = state.clock.now();
    state
        .store
        .write(move |write| {
            let it = Credential { enterprise_code: code, kind, value: value.clone(), expires_at };
            write.put_credential(it, now)?;
            Ok(value)
        })
        .await
}
