//! The terminal protocol (NECC-NHJC-04, later GB/T 37947): one file per message.

pub mod answer;
mod body;
mod charset;
pub mod config;
pub mod download;
pub mod energy;
pub mod metering;
pub mod registration;
mod sender;
pub mod shandong;
pub mod unknown_paths;
pub mod version;
pub mod yunnan;

use std::ops::Deref;

use axum::extract::Request;
use axum::response::Response;
use nengce_core::ingest::fields::text_of;
use nengce_core::ingest::{Defect, text, tree};
use nengce_shared::credit_code::CreditCode;
use nengce_shared::problem::ProblemCode;
use serde_json::{Map, Value};

use crate::http::state::AppState;
use crate::http::state::message_budget::MemoryPermit;
use body::Size;
use registration::applicant::Client;
use sender::Sender;

/// Times a small body's limit that its tree may weigh in memory.
const TREE: usize = 16;

/// A small message as a tree; its share of the budget is given back when it goes.
pub struct Message {
    object: Map<String, Value>,
    _held: MemoryPermit,
}

impl Deref for Message {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Self::Target {
        &self.object
    }
}

/// Reads a small message; what it weighs as a tree is counted against the budget too.
async fn tree(state: &AppState, request: Request) -> Result<Message, Defect> {
    let (body, mut held) = body::read(request, state, Size::Small).await?;
    let most = state.config.max_small_body_bytes * TREE;
    let text = text::utf8(text::trimmed(&body))?;
    let read = tree::read(text, most).or_else(|defect| {
        // A bare NaN of one field is that field's matter.
        let mended = text::mended(text);
        let again = mended.is_changed().then(|| tree::read(&mended.text, most).ok());
        again.flatten().ok_or(defect)
    })?;
    state.message_budget.take(&mut held, read.weight)?;
    Ok(Message { object: read.object, _held: held })
}

/// A tree with its sender; `Err` is the refusal.
async fn from_sender(state: &AppState, request: Request) -> Result<(Message, Sender), Response> {
    let client = Client::of(state, &request);
    let message = tree(state, request).await.map_err(|it| answer::refused(&it))?;
    let device_id = text_of(&message, &["deviceId"]).ok_or_else(|| {
        answer::refused(&Defect::new("deviceId", ProblemCode::EntryFieldMissing, "deviceId"))
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
