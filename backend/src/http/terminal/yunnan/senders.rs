//! Identifies the sender of one of Yunnan's messages by its credit code, and verifies its access key or its encrypted
//! password.

use axum::extract::Request;
use axum::http::HeaderMap;
use axum::response::Response;
use nengce_messages::fields::text_of;
use nengce_messages::profile::yunnan;
use nengce_messages::{Problem, stamp};
use nengce_shared::credit_code::CreditCode;
use nengce_shared::problem::ProblemCode;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::http::access::auth::bearer;
use crate::http::state::AppState;
use crate::http::terminal::registration::applicant::Client;
use crate::http::terminal::sender::{self, Sender};
use crate::http::terminal::{answer, small_message};
use crate::network::Network;
use crate::store::registry::credentials::Kind;
use crate::store::registry::old_secret::Generation;

/// Reads a message that names its enterprise without a proof. The rate is limited by address, so that a stranger who
/// knows the credit code cannot block the enterprise.
pub(super) async fn named(
    state: &AppState,
    request: Request,
) -> Result<(crate::http::terminal::Message, CreditCode), Response> {
    let client = state.proxies.client(request.extensions(), request.headers());
    let message = small_message(state, request).await.map_err(|it| answer::refused(&it))?;
    let Some(code) = text_of(&message, &["enterpriseCode"]) else {
        return Err(missing("enterpriseCode"));
    };
    let code = crate::http::terminal::credit_code(&code).map_err(|it| answer::refused(&it))?;
    let now = stamp::seconds(state.clock.now());
    let limit = state.config.max_requests_per_device_per_minute;
    let from = format!("{} {:?}", code.as_str(), client.ip.map(Network::of_client));
    match state.rates.take(&from, now, limit) {
        Ok(()) => Ok((message, code)),
        Err(wait) => Err(answer::later(ProblemCode::RateLimited, wait)),
    }
}

/// Reads a message with a valid access key of the enterprise that it names.
pub(super) async fn holder(
    state: &AppState,
    request: Request,
) -> Result<(crate::http::terminal::Message, Sender, CreditCode), Response> {
    let client = Client::of(state, &request);
    let invalid =
        || answer::refused(&Problem::new("Authorization", ProblemCode::AccessKeyInvalid, ""));
    let (enterprise, generation) = holder_of(state, request.headers()).ok_or_else(invalid)?;
    let message = small_message(state, request).await.map_err(|it| answer::refused(&it))?;
    let named = match text_of(&message, &["enterpriseCode"]) {
        Some(text) => {
            crate::http::terminal::credit_code(&text).map_err(|it| answer::refused(&it))?
        }
        None => return Err(missing("enterpriseCode")),
    };
    if named.as_str() != enterprise {
        return Err(invalid());
    }
    let device_id = {
        let registry = state.store.registry();
        let known = registry.registrations.get(&enterprise);
        known.map(|it| it.device_of(generation).to_owned())
    };
    let device_id = device_id.ok_or_else(invalid)?;
    let sender = sender::check(state, &device_id, Some(&named), &client)?;
    Ok((message, sender, named))
}

pub(super) fn holder_of(state: &AppState, headers: &HeaderMap) -> Option<(String, Generation)> {
    let hash = digest(bearer(headers)?);
    let registry = state.store.registry();
    let now = state.clock.now();
    let (holder, generation) = registry.credentials.holder(&hash, now)?;
    if generation == Generation::Old {
        registry.registrations.get(holder)?.accepted_old(now)?;
    }
    Some((holder.to_owned(), generation))
}

/// The digest of the password that a message carries encrypted, and the generation of the working key that opens it. Of two
/// keys that open it, the one whose password is known counts.
#[expect(
    clippy::result_large_err,
    reason = "the refusal is the answer itself, made once per refused message"
)]
pub(super) fn password(
    state: &AppState,
    code: &CreditCode,
    message: &Map<String, Value>,
) -> Result<(String, Generation), Response> {
    let encrypted = text_of(message, &["password"]).ok_or_else(|| missing("password"))?;
    let now = state.clock.now();
    let registry = state.store.registry();
    let known = registry.registrations.get(code.as_str());
    let is_overlapping = known.is_some_and(|it| it.accepted_old(now).is_some());
    let get = |kind: Kind, generation| registry.credentials.get(code.as_str(), kind.of(generation));
    if get(Kind::WorkingKey, Generation::Current).is_none() {
        return Err(wrong("secretKey"));
    }
    let generations = [Generation::Current, Generation::Old];
    let opened = generations.into_iter().take(if is_overlapping { 2 } else { 1 });
    let opened = opened.filter_map(|generation| {
        let key = get(Kind::WorkingKey, generation)?;
        let password = yunnan::decrypt_password(key, code.as_str(), &encrypted)?;
        Some((digest(&format!("{code}:{password}")), generation))
    });
    let opened: Vec<(String, Generation)> = opened.collect();
    let is_known = |it: &&(String, Generation)| get(Kind::Password, it.1) == Some(it.0.as_str());
    let found = opened.iter().find(is_known).or(opened.first()).cloned();
    found.ok_or_else(|| {
        answer::refused(&Problem::new("password", ProblemCode::EntryDecryptionFailed, ""))
    })
}

pub(super) fn digest(text: &str) -> String {
    const_hex::encode(Sha256::digest(text.as_bytes()))
}

pub(super) fn kept(state: &AppState, code: &CreditCode, kind: Kind) -> Option<String> {
    let registry = state.store.registry();
    registry.credentials.get(code.as_str(), kind).map(str::to_owned)
}

pub(super) fn missing(field: &'static str) -> Response {
    answer::refused(&Problem::new(field, ProblemCode::EntryFieldMissing, field))
}

pub(super) fn wrong(field: &'static str) -> Response {
    answer::refused(&Problem::new(field, ProblemCode::CredentialWrong, ""))
}
