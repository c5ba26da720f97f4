//! The terminal protocol (NECC-NHJC-04, later GB/T 37947): one file per message.

pub mod answer;
mod body;
pub mod budget;
mod claim;
pub mod config;
pub mod download;
pub mod energy;
mod establish;
pub mod metering;
pub mod proof;
pub mod register;
mod registration;
mod sender;
pub mod shandong;
pub mod version;
mod visitor;
pub mod yunnan;

use axum::extract::Request;
use axum::response::Response;
use nengce_core::ingest::Defect;
use nengce_core::ingest::envelope::not_json;
use nengce_core::ingest::fields::text_of;
use nengce_shared::credit_code::CreditCode;
use nengce_shared::problem::ProblemCode;
use serde_json::{Map, Value};

use super::state::AppState;
use sender::Sender;
use visitor::Client;

/// A small message as a tree.
async fn tree(state: &AppState, request: Request) -> Result<Map<String, Value>, Defect> {
    let (body, _held) = body::read(request, state).await?;
    match serde_json::from_slice(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&body)) {
        Ok(Value::Object(it)) => Ok(it),
        Ok(_) => Err(Defect::new("body", ProblemCode::BodyNotJson, "")
            .hint("应为 JSON 对象", "it must be an object")),
        Err(error) => Err(not_json(&error)),
    }
}

/// A tree with its sender; `Err` is the refusal.
async fn from_sender(
    state: &AppState,
    request: Request,
) -> Result<(Map<String, Value>, Sender), Response> {
    let client = Client::of(state, &request);
    let message = tree(state, request)
        .await
        .map_err(|it| answer::refused(&it))?;
    let device_id = text_of(&message, &["deviceId"]).ok_or_else(|| {
        answer::refused(&Defect::new(
            "deviceId",
            ProblemCode::EntryFieldMissing,
            "deviceId",
        ))
    })?;
    let enterprise = match text_of(&message, &["enterpriseCode"]) {
        Some(text) => Some(credit_code(&text).map_err(|it| answer::refused(&it))?),
        None => None,
    };
    let sender = sender::check(state, &device_id, enterprise.as_ref(), &client)?;
    Ok((message, sender))
}

fn credit_code(text: &str) -> Result<CreditCode, Defect> {
    CreditCode::parse(text).map_err(|error| {
        Defect::new("enterpriseCode", ProblemCode::EntryCreditCodeInvalid, text)
            .hint(error.reason_zh(), error.to_string())
    })
}
