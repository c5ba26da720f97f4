//! Receives Yunnan's messages: working key, application, access key, and the messages that carry the access key. Handlers
//! answer in the national shape, and `reshape` converts every answer to the province's shape.

mod senders;

use axum::Json;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use jiff::ToSpan;
use nengce_messages::fields::{first, text_of};
use nengce_messages::message::Message;
use nengce_messages::profile::yunnan;
use nengce_messages::rejected_entries::RejectedEntries;
use nengce_shared::credit_code::CreditCode;
use nengce_shared::problem::ProblemCode;
use serde_json::{Map, Value, json};

use crate::http::state::AppState;
use crate::http::terminal::registration::admission::{Application, admit};
use crate::http::terminal::registration::applicant::Applicant;
use crate::http::terminal::registration::claim::claim_of;
use crate::http::terminal::registration::establish::device_of_application;
use crate::http::terminal::registration::register::{
    asks_new_secret, check_region, credential, random_id,
};
use crate::http::terminal::{answer, config, download, energy, sender};
use crate::store::registry::credentials::Kind;
use senders::{digest, holder, kept, missing, named, password, wrong};

/// `POST /enterpriseInfo/rwk`: a working key for the first caller; told again to whoever shows it, the `dataIndex`, a
/// one-time code or another proof.
#[utoipa::path(post, path = "/enterpriseInfo/rwk", tag = "terminal: yunnan", request_body = inline(serde_json::Value),
    responses((status = 200, description = "data.secretKey; responseCode 200, 403 where the enterprise has a terminal and nothing proves that this is it")))]
pub async fn request_working_key(State(state): State<AppState>, request: Request) -> Response {
    let (applicant, request) = Applicant::of(&state, request).await;
    let (message, enterprise) = match named(&state, request).await {
        Ok(it) => it,
        Err(refusal) => return refusal,
    };
    let secrets = ["secretKey", "dataIndex", "deviceId"];
    let application = Application {
        enterprise,
        region: None,
        secrets: secrets.into_iter().filter_map(|it| text_of(&message, &[it])).collect(),
        code: text_of(&message, &["registrationCode"]),
        asks_new_secret: asks_new_secret(&message),
    };
    match admit(&state, &applicant, application).await {
        Ok(standing) => answer::success(json!({"secretKey": standing.key})),
        Err(refusal) => refusal,
    }
}

/// `POST /enterpriseInfo/apply`: the unit and its password; the same application again is answered alike.
#[utoipa::path(post, path = "/enterpriseInfo/apply", tag = "terminal: yunnan", request_body = inline(serde_json::Value),
    responses((status = 200, description = "data.dataIndex; responseCode 200")))]
pub async fn apply(State(state): State<AppState>, request: Request) -> Response {
    let (applicant, request) = Applicant::of(&state, request).await;
    match named(&state, request).await {
        Ok((message, code)) => enter(&state, &applicant, message, code, false).await,
        Err(refusal) => refusal,
    }
}

/// `POST /enterpriseInfo/update`: the same with the `dataIndex` of the application; the password may be a new one.
#[utoipa::path(post, path = "/enterpriseInfo/update", tag = "terminal: yunnan", request_body = inline(serde_json::Value),
    responses((status = 200, description = "data.dataIndex; responseCode 200")))]
pub async fn update(State(state): State<AppState>, request: Request) -> Response {
    let (applicant, request) = Applicant::of(&state, request).await;
    match named(&state, request).await {
        Ok((message, code)) => enter(&state, &applicant, message, code, true).await,
        Err(refusal) => refusal,
    }
}

async fn enter(
    state: &AppState,
    applicant: &Applicant,
    message: crate::http::terminal::Message,
    code: CreditCode,
    is_update: bool,
) -> Response {
    let registration = {
        let registry = state.store.registry();
        registry.registrations.get(code.as_str()).cloned()
    };
    let region = text_of(&message, &["regionCode", "region"]);
    let Some(registration) = registration else {
        return wrong("secretKey");
    };
    // The enterprise is registered by another province's profile, so an operator decides.
    if registration.from.profile != state.profile.name {
        let region = region.filter(|it| check_region(state, "regionCode", it).is_ok());
        return claim_of(state, applicant, &code, region).await;
    }
    let (password, generation) = match password(state, &code, &message) {
        Ok(it) => it,
        Err(refusal) => return refusal,
    };
    let known = kept(state, &code, Kind::Password.of(generation));
    let index = text_of(&message, &["dataIndex"]);
    let standing = Some(registration.device_of(generation).to_owned());
    let standing = standing.filter(|it| !it.is_empty());
    if is_update && (index.is_none() || index != standing) {
        return wrong("dataIndex");
    }
    if !is_update && known.as_ref().is_some_and(|it| *it != password) {
        return wrong("password");
    }
    let Some(region) = region else {
        return missing("regionCode");
    };
    if let Err(problem) = check_region(state, "regionCode", &region) {
        return answer::refused(&problem);
    }
    let device_id = match standing {
        Some(it) => it,
        None => match device_of_application(state, code.to_string(), region).await {
            Ok(Some(it)) => it,
            Ok(None) => return wrong("secretKey"),
            Err(error) => return answer::failed(&error),
        },
    };
    if known.as_ref() != Some(&password) {
        let done =
            credential(state, code.to_string(), Kind::Password.of(generation), password, None)
                .await;
        if let Err(error) = done {
            return answer::failed(&error);
        }
    }
    let sender = match sender::check(state, &device_id, Some(&code), &applicant.client) {
        Ok(it) => it,
        Err(refusal) => return refusal,
    };
    let taken = match config::store(state, &application(&message, &code), sender, None).await {
        Ok(it) => it,
        Err(refusal) => return refusal,
    };
    let mut told = config::hint(&taken);
    told["dataIndex"] = json!(device_id);
    answer::success(told)
}

/// Converts an application to the national configuration message, without the picture of the licence and the password.
fn application(message: &Map<String, Value>, code: &CreditCode) -> Map<String, Value> {
    let mut enterprise: Map<String, Value> = message
        .iter()
        .filter(|(name, _)| !["password", "license", "enterpriseCode"].contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    enterprise.insert("code".to_owned(), json!(code.as_str()));
    if let Some(name) = first(message, &["cmpName", "name"]) {
        enterprise.insert("name".to_owned(), name.clone());
    }
    Map::from_iter([
        ("enterpriseCode".to_owned(), json!(code.as_str())),
        ("enterprise".to_owned(), Value::Object(enterprise)),
    ])
}

/// `POST /requestAK`: an access key for the password; it replaces the one before.
#[utoipa::path(post, path = "/requestAK", tag = "terminal: yunnan", request_body = inline(serde_json::Value),
    responses((status = 200, description = "data.token, akValidAt, akExpiresIn, enterpriseUploadTime, platformURL")))]
pub async fn request_access_key(State(state): State<AppState>, request: Request) -> Response {
    let (message, code) = match named(&state, request).await {
        Ok(it) => it,
        Err(refusal) => return refusal,
    };
    let (password, generation) = match password(&state, &code, &message) {
        Ok(it) => it,
        Err(refusal) => return refusal,
    };
    if kept(&state, &code, Kind::Password.of(generation)).is_none_or(|it| it != password) {
        return wrong("password");
    }
    let upload_time = {
        let registry = state.store.registry();
        registry
            .registrations
            .get(code.as_str())
            .and_then(|it| registry.device(&it.device_id))
            .map(|it| it.upload_time.clone())
    };
    let token = format!("{}{}", random_id(), random_id());
    let now = state.clock.now();
    let until = now.saturating_add(i64::from(state.config.access_key_minutes).minutes());
    let hash = digest(&token);
    let kind = Kind::AccessKey.of(generation);
    let done = credential(&state, code.to_string(), kind, hash, Some(until)).await;
    if let Err(error) = done {
        return answer::failed(&error);
    }
    let stamp = |at: jiff::civil::DateTime| at.strftime("%Y-%m-%d %H:%M:%S 000").to_string();
    answer::success(json!({
        "token": token,
        "akValidAt": stamp(now),
        "akExpiresIn": stamp(until),
        "enterpriseUploadTime": upload_time,
        "platformURL": &*state.public_address,
    }))
}

/// `POST /checkVersion`
#[utoipa::path(post, path = "/checkVersion", tag = "terminal: yunnan", request_body = inline(serde_json::Value),
    responses((status = 200, description = "data.regVersion, dicVersion; responseCode 401 for a key that is not valid")), security(("access_key" = [])))]
pub async fn check_version(State(state): State<AppState>, request: Request) -> Response {
    match holder(&state, request).await {
        Ok((_, sender, _)) => answer::success(json!({
            "regVersion": sender.registration_version(),
            "dicVersion": state.dictionaries().dic_version(),
            "loadPlatformDataURL": format!("{}/dataDownload", state.public_address),
            "modifyDescription": "",
        })),
        Err(refusal) => refusal,
    }
}

/// `POST /platformAccessURL`
#[utoipa::path(post, path = "/platformAccessURL", tag = "terminal: yunnan", request_body = inline(serde_json::Value),
    responses((status = 200, description = "data.infoUrl, dataUrl")), security(("access_key" = [])))]
pub async fn platform_access_url(State(state): State<AppState>, request: Request) -> Response {
    match holder(&state, request).await {
        Ok(_) => answer::success(json!({
            "infoUrl": format!("{}/enterpriseInfo/update", state.public_address),
            "dataUrl": format!("{}/dataEnterpriseEnergy", state.public_address),
        })),
        Err(refusal) => refusal,
    }
}

/// `POST /dataDownload`: the dictionaries.
#[utoipa::path(post, path = "/dataDownload", tag = "terminal: yunnan", request_body = inline(serde_json::Value),
    responses((status = 200, description = "data.dicVersion and the dictionaries")), security(("access_key" = [])))]
pub async fn data_download(State(state): State<AppState>, request: Request) -> Response {
    match holder(&state, request).await {
        Ok((message, sender, _)) => {
            download::base_data(&state, &message, Some(&sender.device_id)).await
        }
        Err(refusal) => refusal,
    }
}

/// `POST /dataDownload/public`: the dictionaries before there is an access key.
#[utoipa::path(post, path = "/dataDownload/public", tag = "terminal: yunnan", request_body = inline(serde_json::Value),
    responses((status = 200, description = "data.dicVersion and the dictionaries")))]
pub async fn public_data_download(State(state): State<AppState>, request: Request) -> Response {
    match named(&state, request).await {
        Ok((message, _)) => download::base_data(&state, &message, None).await,
        Err(refusal) => refusal,
    }
}

/// `POST /dataEnterpriseEnergy`: one record.
#[utoipa::path(post, path = "/dataEnterpriseEnergy", tag = "terminal: yunnan", request_body = inline(serde_json::Value),
    responses((status = 200, description = "responseCode 200 once durable; 400 with data.errors")), security(("access_key" = [])))]
pub async fn upload_record(State(state): State<AppState>, request: Request) -> Response {
    let received_at = state.clock.now();
    let (message, sender, code) = match holder(&state, request).await {
        Ok(it) => it,
        Err(refusal) => return refusal,
    };
    let bounds = state.bounds();
    let (mut readings, mut rejected) = (Vec::new(), RejectedEntries::new(bounds.rejected_limits));
    match yunnan::record(&message, &bounds) {
        Ok(it) => readings.push(it),
        Err(problem) => {
            let text = || serde_json::to_string(&*message).unwrap_or_default();
            rejected.add_made(0, problem, text);
        }
    }
    let message = Message {
        device_id: sender.device_id.clone(),
        enterprise_code: code,
        entries: 1,
        readings,
        rejected: rejected.kept,
        rejected_more: rejected.more,
    };
    energy::store(&state, sender, message, received_at).await
}

/// Converts every answer to the province's shape. Failures of the transport keep their HTTP status.
pub async fn reshape(response: Response) -> Response {
    let code = response.extensions().get::<ProblemCode>().copied();
    let (mut parts, body) = response.into_parts();
    let national = to_bytes(body, usize::MAX)
        .await
        .ok()
        .and_then(|it| serde_json::from_slice::<Map<String, Value>>(&it).ok())
        .unwrap_or_default();
    let shaped = Json(yunnan::answer(national, code)).into_response();
    parts.headers.remove(axum::http::header::CONTENT_LENGTH);
    Response::from_parts(parts, shaped.into_body())
}
